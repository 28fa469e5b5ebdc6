"""Twins: columns that may be the same field and say the same of every client are one ("BE" and "Belgium", too)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.folding import folded
from clientimport.mapping.candidate import Observed
from clientimport.mapping.shape import OPEN
from clientimport.types.interface import Parsed
from clientimport.vocabulary import vocabulary

_PAIRS = 200
"""Different pairs of texts that are compared; more of them are no other spelling of the same."""
_FULLER = 1.2
"""Times as many filled cells, from which on a column is taken before one with a plainer header (chosen, not measured)."""
_MOSTLY = 0.9
"""Of the rows where both hold something: in a long list some cells of either cannot be read (chosen, not measured)."""


def twins(columns: Sequence[Observed], country: str) -> Mapping[int, int]:
    """Return for each column that repeats another one the position of that one, which says it best.

    That is the one that is much fuller, else the one whose header is plainest, else the left one.
    """
    filled = [one for one in columns if one.sample.values and not one.meaning.foreign]
    found: dict[int, int] = {}
    for one, other in _pairs(sorted(filled, key=_plainness)):
        if one.index not in found and other.index not in found and _are_twins(one, other, country):
            best, rest = (other, one) if other.sample.filled > _FULLER * one.sample.filled else (one, other)
            found[rest.index] = best.index
    return found


def _pairs(columns: Sequence[Observed]) -> Iterator[tuple[Observed, Observed]]:
    """Yield the pairs that share a meaning, the plainer one first."""
    for at, one in enumerate(columns):
        for other in columns[at + 1 :]:
            if set(one.meaning.fields).intersection(other.meaning.fields) and one.meaning.ordinal == other.meaning.ordinal:
                yield one, other


def _plainness(one: Observed) -> tuple[bool, int, int, int]:
    meaning = one.meaning
    return meaning.doubtful, -meaning.how, len(meaning.fields), one.index


def _are_twins(one: Observed, other: Observed, country: str) -> bool:
    """Tell whether both say the same on every row where they can be read; only gaps make them differ."""
    mine, theirs = one.column.values, other.column.values
    both = pc.and_(pc.is_valid(mine), pc.is_valid(theirs))
    filled = pc.sum(both).as_py() or 0
    if not filled:
        return False
    unlike = pc.fill_null(pc.and_(both, pc.not_equal(mine, theirs)), pa.scalar(value=False))
    differing = _counted(pc.filter(mine, unlike), pc.filter(theirs, unlike))
    if len(differing) > _PAIRS:
        return False
    shared = [field for field in one.meaning.fields if field in other.meaning.fields]
    same = filled - sum(differing.values())
    for (text, alike), count in differing.items():
        verdict = _same(text, alike, shared, country)
        if verdict is False:
            return False
        same += count if verdict else 0
    return same >= _MOSTLY * filled


def _counted(mine: pa.StringArray, theirs: pa.StringArray) -> Counter[tuple[str, str]]:
    """Return how often each pair of texts stands there; of a long column no more than is needed to tell them apart."""
    return Counter(zip(_texts(mine), _texts(theirs), strict=True))


def _texts(values: pa.StringArray) -> Iterable[str]:
    return values.to_pylist()


def _same(text: str, other: str, fields: Sequence[str], country: str) -> bool | None:
    """Tell whether two cells mean the same; None when one of them cannot be read."""
    if folded(text) == folded(other):
        return True
    unsure = False
    for field in fields:
        if field in OPEN:
            continue
        read = [vocabulary()[field].type.parse(one, country) for one in (text, other)]
        values = [one.value if isinstance(one, Parsed) else None for one in read]
        if None not in values and values[0] == values[1]:
            return True
        unsure = unsure or None in values
    return None if unsure else False
