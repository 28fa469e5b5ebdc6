"""Echoes: columns that say of every client what another says, in other words ("BE" and "Belgium")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from clientimport.matching.candidate import ColumnEvidence
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.fields import canonical_fields

_TOLD_IN_WORDS = ("country", "language")
_PAIRS = 200
_MOSTLY = 0.9
"""Of the rows: in a long list some cells of either column cannot be read (chosen, not measured)."""


def equivalent_columns(columns: Iterable[ColumnEvidence], country: str) -> frozenset[int]:
    """Return the columns that repeat an earlier one in other words, and so bring nothing of their own."""
    filled = [one for one in columns if one.sample.values]
    repeated = set[int]()
    for field in _TOLD_IN_WORDS:
        meant = [one for one in filled if field in one.meaning.fields]
        for at, one in enumerate(meant):
            earlier = (other for other in meant[:at] if other.index not in repeated)
            if any(_say_the_same(one, other, field, country) for other in earlier):
                repeated.add(one.index)
    return frozenset(repeated)


def _say_the_same(one: ColumnEvidence, other: ColumnEvidence, field: str, country: str) -> bool:
    """Tell whether both are read the same on every row where they can be; a gap in the later one says nothing else."""
    pairs = Counter(zip(one.column.values.to_pylist(), other.column.values.to_pylist(), strict=True))
    told = {(mine, theirs or ""): count for (mine, theirs), count in pairs.items() if mine}
    read = canonical_fields()[field].type.parse
    if not 0 < len(told) <= _PAIRS:
        return False
    same = 0
    for (mine, theirs), count in told.items():
        ours, others = (_value(read(text, country)) for text in (mine, theirs))
        if ours and (not theirs or (others and ours != others)):
            return False  # it says more, or something else
        same += count if ours and others else 0
    return same >= _MOSTLY * sum(told.values())


def _value(parsed: ParsedValue | Issue) -> str | None:
    return parsed.value if isinstance(parsed, ParsedValue) else None
