"""Parsing a column: each value becomes canonical, each repair and problem keeps its position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import Positions, true_positions
from clientimport.model.field_type import FieldType, ParsedValue
from clientimport.model.finding import Issue


@dataclass(frozen=True, slots=True)
class ParsedColumn:
    """What a column of text holds, by position in the column."""

    values: pa.StringArray
    """Canonical; null where the cell is empty, says that there is nothing, or was stopped by a problem."""
    repairs: Mapping[str, Positions]
    """Code of the repair -> positions; the value before is in the column that was read, after it in `values`."""
    problems: tuple[tuple[int, Issue], ...]
    """In order of position; a position may have several."""


def parse_column(type_: FieldType, values: pa.StringArray, country: str | pa.StringArray) -> ParsedColumn:
    """Return what `values` hold, each read as in the country of its row (ISO alpha-2; null or empty when unknown).

    Plain values are accepted by the column; the others are parsed once per distinct value and country.
    """
    countries = country if isinstance(country, str) else cast("pa.StringArray", country.fill_null(""))
    values, spelt, positions = _read_spellings(
        type_, values, countries, np.flatnonzero(_needs_parsing(type_, values, countries))
    )
    texts = _texts_at(values, positions)
    places = [countries] * len(texts) if isinstance(countries, str) else _texts_at(countries, positions)
    pairs = list(zip(texts, places, strict=True))
    outcomes = {pair: type_.parse(*pair) for pair in set(pairs)}
    placed = [(position, outcomes[pair]) for position, pair in zip(positions.tolist(), pairs, strict=True)]
    coded = ((position, outcome.repair) for position, outcome in placed if isinstance(outcome, ParsedValue))
    return ParsedColumn(
        _replace_at(values, positions, pa.array([_value(outcome) for _, outcome in placed], pa.string())),
        _together(spelt, positions_by_code(coded)),
        tuple((position, problem) for position, result in placed for problem in _problems(result)),
    )


def _read_spellings(
    type_: FieldType, values: pa.StringArray, countries: str | pa.StringArray, positions: Positions
) -> tuple[pa.StringArray, list[tuple[str, Positions]], Positions]:
    """Return the values with what is written in a common way read, where that was, and the positions that are left."""
    spelt: list[tuple[str, Positions]] = []
    for spelling in getattr(type_, "common_spellings", ()):
        texts = values.take(pa.array(positions, pa.int64()))
        matching = true_positions(pc.match_substring_regex(texts, spelling.expression))
        for country, places in _by_country(countries, positions[matching]):
            if not spelling.countries or country in spelling.countries:
                read = spelling.rewrite(values.take(pa.array(places, pa.int64())))
                right = type_.is_canonical(read, country)
                here = places[true_positions(right)]
                values = _replace_at(values, here, read.filter(right))
                positions = np.setdiff1d(positions, here, assume_unique=True)
                spelt.append((spelling.code, here))
    return values, spelt, positions


def _by_country(countries: str | pa.StringArray, positions: Positions) -> Iterator[tuple[str, Positions]]:
    """Yield these positions by the country of their row."""
    if isinstance(countries, str):
        yield countries, positions
        return
    here = countries.take(pa.array(positions, pa.int64()))
    for country in map(str, here.unique().to_pylist()):
        yield country, positions[true_positions(pc.equal(here, pa.scalar(country)))]


def _together(spelt: Iterable[tuple[str, Positions]], parsed: Mapping[str, Positions]) -> dict[str, Positions]:
    """Return the positions of each code, in order."""
    by_code: dict[str, list[Positions]] = {}
    for code, positions in (*spelt, *parsed.items()):
        if len(positions):
            by_code.setdefault(code, []).append(positions)
    return {code: np.sort(np.concatenate(places)) for code, places in by_code.items()}


def positions_by_code(coded: Iterable[tuple[int, str | None]]) -> dict[str, Positions]:
    """Return the positions of each code, in order.

    >>> positions_by_code([(4, "text.spaces"), (5, None), (1, "text.spaces")])
    {'text.spaces': array([1, 4])}
    """
    by_code: dict[str, list[int]] = {}
    for position, code in coded:
        if code:
            by_code.setdefault(code, []).append(position)
    return {code: np.sort(np.array(positions, np.int64)) for code, positions in by_code.items()}


def _needs_parsing(
    type_: FieldType, values: pa.StringArray, countries: str | pa.StringArray
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if isinstance(countries, str):
        return _is_not_canonical(type_, values, countries)
    distinct = [str(value) for value in countries.unique().to_pylist()]
    if len(distinct) == 1:
        return _is_not_canonical(type_, values, distinct[0])
    needed = np.zeros(len(values), dtype=bool)
    for country in distinct:
        here = np.flatnonzero(pc.equal(countries, pa.scalar(country)))
        needed[here] = _is_not_canonical(type_, values.take(pa.array(here, pa.int64())), country)
    return needed


def _is_not_canonical(
    type_: FieldType, values: pa.StringArray, country: str
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    plain = type_.is_canonical(values, country).fill_null(True)  # an empty cell needs no parsing
    return np.array(np.logical_not(plain.to_numpy(zero_copy_only=False)))


def _texts_at(values: pa.StringArray, positions: Positions) -> list[str]:
    return [str(value) for value in values.take(pa.array(positions, pa.int64())).to_pylist()]


def _value(outcome: ParsedValue | Issue) -> str | None:
    return outcome.value if isinstance(outcome, ParsedValue) else None


def _problems(outcome: ParsedValue | Issue) -> Iterator[Issue]:
    if isinstance(outcome, Issue):
        yield outcome
    else:
        yield from outcome.notes


def _replace_at(values: pa.StringArray, positions: Positions, new: pa.StringArray) -> pa.StringArray:
    mask = np.zeros(len(values), dtype=bool)
    mask[positions] = True
    replaced: pa.StringArray = pc.replace_with_mask(values, pa.array(mask, pa.bool_()), new)
    return replaced
