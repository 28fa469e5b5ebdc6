"""Findings: many at once, those of one kind kept as columns until one of them is asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import TypeVar, overload

import numpy as np
import pyarrow as pa

from clientimport.model.columns import Positions
from clientimport.model.finding import Finding, Severity

T = TypeVar("T")

_AT_ONCE = 1 << 13
"""How many findings are made together; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class FindingColumn:
    """FindingSequence of one code in one column of the file, each in another row."""

    code: str
    severity: Severity
    rows: Positions
    """The spreadsheet's row numbers."""
    values: pa.StringArray
    """As typed."""
    column: str | None = None
    field: str | None = None
    header: str | None = None
    suggestions: pa.StringArray | None = None
    facts: Mapping[str, pa.StringArray] = dataclasses.field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many findings it holds."""
        return len(self.rows)

    def __iter__(self) -> Iterator[Finding]:
        """Make the findings."""
        facts = zip(*(texts.to_pylist() for texts in self.facts.values()), strict=True) if self.facts else repeat(())
        suggestions = self.suggestions.to_pylist() if self.suggestions is not None else repeat(None)
        about = (self.code, self.severity)
        for row, value, suggestion, told in zip(self.rows.tolist(), self.values.to_pylist(), suggestions, facts):  # noqa: B905 -- some repeat
            known = dict(zip(self.facts, told, strict=True))
            yield Finding(*about, row, self.column, self.field, self.header, value, suggestion, known)

    def take(self, indices: Positions) -> FindingColumn:
        """Return those at these indices."""
        chosen = pa.array(indices, pa.int64())
        return dataclasses.replace(
            self,
            rows=self.rows[indices],
            values=self.values.take(chosen),
            suggestions=None if self.suggestions is None else self.suggestions.take(chosen),
            facts={name: texts.take(chosen) for name, texts in self.facts.items()},
        )


Noticed = Finding | FindingColumn
"""One finding, or a column of them."""
FindingGroup = FindingColumn | tuple[Finding, ...]
"""Several findings: of one kind as a column, or of any kind."""


class FindingSequence(Sequence[Finding]):
    """A sequence of findings, of which those in columns are made when they are asked for.

    >>> column = FindingColumn("text.spaces", Severity.REPAIR, np.array([2, 9]), pa.array([" a", " b"]), "A")
    >>> findings = FindingSequence([Finding("iban.shared", Severity.WARNING, 4, "B"), column]).sorted()
    >>> len(findings), [finding.row for finding in findings], findings[-1].value
    (3, [2, 4, 9], ' b')
    """

    __slots__ = ("_order", "_starts", "groups")

    def __init__(self, groups: Iterable[FindingGroup | Noticed], order: Positions | None = None) -> None:
        """Take findings and groups of them; `order` are indices into all of them, one after the other."""
        self.groups = tuple(_grouped(groups))
        self._starts = np.cumsum([0, *map(len, self.groups)])
        self._order = np.arange(self._starts[-1]) if order is None else order

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self._order)

    def __iter__(self) -> Iterator[Finding]:
        """Make the findings, some at a time."""
        return chain.from_iterable(in_places(parts) for parts in self.parts())

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """Return one of them, or several."""
        chosen = self._order[index] if isinstance(index, slice) else self._order[[index]]
        made = tuple(FindingSequence(self.groups, chosen))
        return made if isinstance(index, slice) else made[0]

    def __eq__(self, other: object) -> bool:
        """Return whether the other sequence has the same findings."""
        return tuple(self) == tuple(other) if isinstance(other, FindingSequence | tuple) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def parts(self) -> Iterator[list[tuple[FindingGroup, Positions]]]:
        """Yield some thousand findings at a time, by group, each group with the places of its findings among them."""
        for start in range(0, len(self._order), _AT_ONCE):
            wanted = self._order[start : start + _AT_ONCE]
            numbers = np.searchsorted(self._starts, wanted, side="right") - 1
            yield [
                (_taken(self.groups[number], wanted[places] - self._starts[number]), places)
                for number in np.unique(numbers).tolist()
                if len(places := np.flatnonzero(numbers == number))
            ]

    @property
    def noticed(self) -> list[Noticed]:
        """The findings, and the columns of them, one after the other."""
        return [item for group in self.groups for item in (group if isinstance(group, tuple) else (group,))]

    def sorted(self) -> FindingSequence:
        """Return those about the table first, then by row and column."""
        kinds = [kind for group in self.groups for kind in _kinds(group)]
        rank = {kind: number for number, kind in enumerate(sorted(set(kinds)))}
        counts = [count for group in self.groups for count in _counts(group)]
        ranks = np.repeat(np.array([rank[kind] for kind in kinds], np.int64), counts)
        rows = np.concatenate([np.array([], np.int64), *map(group_rows, self.groups)])
        return FindingSequence(self.groups, np.lexsort((ranks, rows)))

    def with_severity(self, *severities: Severity) -> FindingSequence:
        """Return those of these severities."""
        kept = np.concatenate([np.array([], bool), *(_have(group, severities) for group in self.groups)])
        groups = (_with_severity(group, severities) for group in self.groups)
        return FindingSequence(groups, (np.cumsum(kept) - 1)[self._order[kept[self._order]]])


def with_severity(findings: Iterable[Finding], *severities: Severity) -> Sequence[Finding]:
    """Return the findings of these severities, without making the others."""
    if isinstance(findings, FindingSequence):
        return findings.with_severity(*severities)
    return [finding for finding in findings if finding.severity in severities]


def in_columns(findings: Iterable[Noticed], least: int = _AT_ONCE >> 4) -> list[Noticed]:
    """Return the findings with those of one kind in one column as a column, where they are at least so many."""
    items = list(findings)
    by_kind: dict[tuple[object, ...], list[Finding]] = {}
    for item in items:
        if isinstance(item, Finding) and item.row is not None and item.sheet is None:
            about = (item.code, item.severity, item.column, item.field, item.header, *item.facts)
            by_kind.setdefault(about, []).append(item)
    many = [kind for kind in by_kind.values() if len(kind) >= least]
    moved = {id(finding) for kind in many for finding in kind}
    return [*(item for item in items if id(item) not in moved), *map(_as_column, many)]


def _as_column(findings: Sequence[Finding]) -> FindingColumn:
    """Return findings of one kind in one column as a column."""

    def texts(values: Iterable[str | None]) -> pa.StringArray:
        return pa.array(values, pa.string())

    first = findings[0]
    return FindingColumn(
        first.code,
        first.severity,
        np.array([finding.row for finding in findings], np.int64),
        texts(finding.value for finding in findings),
        column=first.column,
        field=first.field,
        header=first.header,
        suggestions=texts(finding.suggestion for finding in findings),
        facts={name: texts(finding.facts[name] for finding in findings) for name in first.facts},
    )


def finding_groups(findings: Sequence[Finding]) -> tuple[FindingGroup, ...]:
    """Return the findings in any order, those of one kind in one column together."""
    return findings.groups if isinstance(findings, FindingSequence) else (tuple(findings),)


def group_rows(group: FindingGroup) -> Positions:
    """Return the row of each finding, 0 for those about the table."""
    if isinstance(group, FindingColumn):
        return group.rows
    return np.array([finding.row or 0 for finding in group], np.int64)


def in_places(parts: Iterable[tuple[Iterable[T], Positions]]) -> list[T]:
    """Return the items of all parts, each in its place.

    >>> in_places([("ac", np.array([0, 2])), ("b", np.array([1]))])
    ['a', 'b', 'c']
    """
    placed = {place: item for items, places in parts for place, item in zip(places.tolist(), items, strict=True)}
    return [placed[place] for place in range(len(placed))]


def _grouped(groups: Iterable[FindingGroup | Noticed]) -> Iterator[FindingGroup]:
    """Yield groups; findings that follow each other become one."""
    singles: list[Finding] = []
    for group in groups:
        if isinstance(group, Finding):
            singles.append(group)
            continue
        if singles:
            yield tuple(singles)
            singles = []
        yield group
    yield tuple(singles)


def _taken(group: FindingGroup, indices: Positions) -> FindingGroup:
    if isinstance(group, FindingColumn):
        return group.take(indices)
    return tuple(group[index] for index in indices.tolist())


def _kinds(group: FindingGroup) -> Iterator[tuple[int, str, str]]:
    """Yield what findings are sorted by within a row."""
    for about in (group,) if isinstance(group, FindingColumn) else group:
        yield len(about.column or ""), about.column or "", about.code


def _counts(group: FindingGroup) -> Sequence[int]:
    return (len(group),) if isinstance(group, FindingColumn) else (1,) * len(group)


def _with_severity(group: FindingGroup, severities: Sequence[Severity]) -> FindingGroup:
    if isinstance(group, FindingColumn):
        return group if group.severity in severities else ()
    return tuple(finding for finding in group if finding.severity in severities)


def _have(group: FindingGroup, severities: Sequence[Severity]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if isinstance(group, FindingColumn):
        return np.full(len(group), group.severity in severities)
    return np.array([finding.severity in severities for finding in group], bool)
