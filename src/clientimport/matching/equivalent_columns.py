"""Equivalent columns: columns of one meaning whose values say the same of every client ("BE" and "Belgium", too)."""

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

_FIRST_ROWS = 2000
"""Rows that are compared first (chosen, not measured)."""
_MOST_PAIRS = 200
"""Pairs of different texts, at most; more of them are not spellings of the same values (chosen, not measured)."""
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
    filled = [column for column in columns if column.sample.values and not column.meaning.foreign]
    kept = {column.index: column for column in columns}
    for plainer, other in _pairs(sorted(filled, key=_plainness)):
        share = agreement(plainer, other, country) if {plainer.index, other.index} <= kept.keys() else 0.0
        if share:
            fuller = other.sample.filled > _FULLER * plainer.sample.filled
            best, repeated = (other, plainer) if fuller else (plainer, other)
            meaning = kept[plainer.index].meaning
            kept[best.index] = replace(best, meaning=replace(meaning, doubtful=meaning.doubtful or share < 1))
            del kept[repeated.index]
    return list(kept.values()), frozenset(column.index for column in columns if column.index not in kept)


def _pairs(columns: Sequence[ColumnEvidence]) -> Iterator[tuple[ColumnEvidence, ColumnEvidence]]:
    """Yield the pairs that share a meaning, the plainer one first."""
    for position, column in enumerate(columns):
        for other in columns[position + 1 :]:
            if _mean_the_same(column.meaning, other.meaning):
                yield column, other


def _mean_the_same(first: HeaderMeaning, second: HeaderMeaning) -> bool:
    """Return whether two headers may mean the same field; a bare "Naam" beside "Familienaam" is the client's."""
    shared = set(first.fields).intersection(second.fields)
    names = any(len(set(meaning.fields).intersection(NAMES)) > 1 for meaning in (first, second))
    return first.ordinal == second.ordinal and bool(shared) and (not names or "legal_name" in shared)


def _plainness(column: ColumnEvidence) -> tuple[bool, int, int, int]:
    meaning = column.meaning
    return meaning.doubtful, -meaning.strength, len(meaning.fields), column.index


def agreement(first: ColumnEvidence, second: ColumnEvidence, country: str) -> float:
    """Return the share of the rows that say the same, of those where both hold something; 0 where too few do."""
    mine, theirs = first.column.values, second.column.values
    if len(_differing(mine[:_FIRST_ROWS], theirs[:_FIRST_ROWS])) > _MOST_PAIRS:
        return 0.0  # what most pairs of a long list are
    filled = int(pc.sum(pc.and_(pc.is_valid(mine), pc.is_valid(theirs)).cast(pa.int64())).as_py() or 0)
    differing = _differing(mine, theirs)
    if not filled or len(differing) > _MOST_PAIRS:
        return 0.0
    shared = [field for field in first.meaning.fields if field in second.meaning.fields]
    verdicts = Counter[bool | None]()
    for (text, alike), count in differing.items():
        verdicts[_have_same_meaning(text, alike, shared, country)] += count
    unread, unequal = verdicts[None] / filled, verdicts[False] / filled
    return 1 - unequal if unread + unequal <= 1 - _MOSTLY and unequal <= _SLIPS else 0.0


def _differing(mine: pa.StringArray, theirs: pa.StringArray) -> Counter[tuple[str, str]]:
    """Return how often each pair of different texts occurs, without the rows where either is empty."""
    unlike: pa.BooleanArray = pc.not_equal(mine, theirs)
    pairs = zip(mine.filter(unlike).to_pylist(), theirs.filter(unlike).to_pylist(), strict=True)
    return Counter((str(text), str(alike)) for text, alike in pairs)


def _have_same_meaning(text: str, other: str, fields: Sequence[str], country: str) -> bool | None:
    """Return whether two cells mean the same; None when one of them cannot be read."""
    if normalize(text) == normalize(other):
        return True
    unsure = False
    for field in fields:
        if field in WEAK_PATTERNS:
            continue
        parsed = [canonical_fields()[field].type.parse(cell, country) for cell in (text, other)]
        values = [result.value if isinstance(result, ParsedValue) else None for result in parsed]
        if None not in values and values[0] == values[1]:
            return True
        unsure = unsure or None in values
    return None if unsure else False
