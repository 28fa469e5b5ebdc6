"""Twins: columns that may be the same field and say the same of every client are one ("BE" and "Belgium", too)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.matching.candidate import ColumnEvidence
from clientimport.matching.context_words import NAMES
from clientimport.matching.header_meaning import HeaderMeaning
from clientimport.matching.value_patterns import WEAK_PATTERNS
from clientimport.model.field_type import ParsedValue
from clientimport.model.normalize import normalize
from clientimport.schema.fields import canonical_fields

_FIRST = 2000
"""Rows that are compared first."""
_PAIRS = 200
"""Different pairs of texts that are compared; more of them are no other spelling of the same."""
_FULLER = 1.2
"""Times as many filled cells, from which on a column goes before one with a plainer header (chosen, not measured)."""
_SLIPS = 0.05
"""Of these rows: so few that say something else are slips of the pen, and leave a doubt (chosen, not measured)."""
_MOSTLY = 0.9
"""Of the rows where both hold something: in a long list some cells of either cannot be read (chosen, not measured)."""


def merge_equal_columns(columns: Sequence[ColumnEvidence], country: str) -> tuple[list[ColumnEvidence], frozenset[int]]:
    """Return the columns without those that repeat another one, and the positions of these.

    Kept is the one that is much fuller, else the one whose header is plainest, else the left one; it means what the
    plainer of the headers says.
    """
    filled = [one for one in columns if one.sample.values and not one.meaning.foreign]
    kept = {one.index: one for one in columns}
    for one, other in _pairs(sorted(filled, key=_plainness)):
        share = agreement(one, other, country) if {one.index, other.index} <= kept.keys() else 0.0
        if share:
            fuller = other.sample.filled > _FULLER * one.sample.filled
            best, rest = (other, one) if fuller else (one, other)
            plainer = kept[one.index].meaning
            kept[best.index] = replace(best, meaning=replace(plainer, doubtful=plainer.doubtful or share < 1))
            del kept[rest.index]
    return list(kept.values()), frozenset(one.index for one in columns if one.index not in kept)


def _pairs(columns: Sequence[ColumnEvidence]) -> Iterator[tuple[ColumnEvidence, ColumnEvidence]]:
    """Yield the pairs that share a meaning, the plainer one first."""
    for at, one in enumerate(columns):
        for other in columns[at + 1 :]:
            if _mean_the_same(one.meaning, other.meaning):
                yield one, other


def _mean_the_same(one: HeaderMeaning, other: HeaderMeaning) -> bool:
    """Tell whether two headers may mean the same field; a bare "Naam" beside "Familienaam" is the client's."""
    shared = set(one.fields).intersection(other.fields)
    names = any(len(set(meaning.fields).intersection(NAMES)) > 1 for meaning in (one, other))
    return one.ordinal == other.ordinal and bool(shared) and (not names or "legal_name" in shared)


def _plainness(one: ColumnEvidence) -> tuple[bool, int, int, int]:
    meaning = one.meaning
    return meaning.doubtful, -meaning.strength, len(meaning.fields), one.index


def agreement(one: ColumnEvidence, other: ColumnEvidence, country: str) -> float:
    """Return the share of the rows that say the same, of those where both hold something; 0 where they are no twins."""
    mine, theirs = one.column.values, other.column.values
    if len(_differing(mine[:_FIRST], theirs[:_FIRST])) > _PAIRS:
        return 0.0  # what most pairs of a long list are
    filled = int(pc.sum(pc.and_(pc.is_valid(mine), pc.is_valid(theirs)).cast(pa.int64())).as_py() or 0)
    differing = _differing(mine, theirs)
    if not filled or len(differing) > _PAIRS:
        return 0.0
    shared = [field for field in one.meaning.fields if field in other.meaning.fields]
    verdicts = Counter[bool | None]()
    for (text, alike), count in differing.items():
        verdicts[_same(text, alike, shared, country)] += count
    unread, unequal = verdicts[None] / filled, verdicts[False] / filled
    return 1 - unequal if unread + unequal <= 1 - _MOSTLY and unequal <= _SLIPS else 0.0


def _differing(mine: pa.StringArray, theirs: pa.StringArray) -> Counter[tuple[str, str]]:
    """Return how often each pair of unlike texts stands there, without the rows where either is empty."""
    unlike: pa.BooleanArray = pc.not_equal(mine, theirs)
    pairs = zip(mine.filter(unlike).to_pylist(), theirs.filter(unlike).to_pylist(), strict=True)
    return Counter((str(text), str(alike)) for text, alike in pairs)


def _same(text: str, other: str, fields: Sequence[str], country: str) -> bool | None:
    """Tell whether two cells mean the same; None when one of them cannot be read."""
    if normalize(text) == normalize(other):
        return True
    unsure = False
    for field in fields:
        if field in WEAK_PATTERNS:
            continue
        read = [canonical_fields()[field].type.parse(one, country) for one in (text, other)]
        values = [one.value if isinstance(one, ParsedValue) else None for one in read]
        if None not in values and values[0] == values[1]:
            return True
        unsure = unsure or None in values
    return None if unsure else False
