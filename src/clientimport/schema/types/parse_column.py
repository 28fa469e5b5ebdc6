"""Parsing a column: each value becomes canonical, each repair and problem keeps its position."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import FieldType, ParsedValue
from clientimport.model.finding import Issue


@dataclass(frozen=True, slots=True)
class ParsedColumn:
    """What a column of text holds, by position in the column."""

    values: pa.StringArray
    """Canonical; null where the cell is empty, says that there is nothing, or was stopped by a problem."""
    repairs: Mapping[int, str]
    """Position -> the code of the repair; the value before is in the column that was read, after it in `values`."""
    problems: tuple[tuple[int, Issue], ...]
    """In order of position; a position may have several."""


def parse_column(type_: FieldType, values: pa.StringArray, country: str | pa.StringArray) -> ParsedColumn:
    """Return what `values` hold, each read as in the country of its row (ISO alpha-2; null or empty when unknown).

    Plain values are accepted by the column; the others are parsed once per distinct value and country.
    """
    countries = country if isinstance(country, str) else cast("pa.StringArray", country.fill_null(""))
    positions = np.flatnonzero(_needs_parsing(type_, values, countries))
    texts = _texts_at(values, positions)
    places = [countries] * len(texts) if isinstance(countries, str) else _texts_at(countries, positions)
    pairs = list(zip(texts, places, strict=True))
    outcomes = {pair: type_.parse(*pair) for pair in set(pairs)}
    placed = [(position, outcomes[pair]) for position, pair in zip(positions.tolist(), pairs, strict=True)]
    return ParsedColumn(
        _replace_at(values, positions, [_value(outcome) for _, outcome in placed]),
        {position: result.repair for position, result in placed if isinstance(result, ParsedValue) and result.repair},
        tuple((position, problem) for position, result in placed for problem in _problems(result)),
    )


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


def _texts_at(values: pa.StringArray, positions: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[str]:
    return [str(value) for value in values.take(pa.array(positions, pa.int64())).to_pylist()]


def _value(outcome: ParsedValue | Issue) -> str | None:
    return outcome.value if isinstance(outcome, ParsedValue) else None


def _problems(outcome: ParsedValue | Issue) -> Iterator[Issue]:
    if isinstance(outcome, Issue):
        yield outcome
    else:
        yield from outcome.notes


def _replace_at(
    values: pa.StringArray, positions: np.ndarray[tuple[int], np.dtype[np.int64]], new: list[str | None]
) -> pa.StringArray:
    mask = np.zeros(len(values), dtype=bool)
    mask[positions] = True
    replaced: pa.StringArray = pc.replace_with_mask(values, pa.array(mask, pa.bool_()), pa.array(new, pa.string()))
    return replaced
