"""Assignment: each column to at most one field and each field from one column, decided jointly; ties are left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clientimport.matching.candidate import Candidate

MARGIN = 3
"""Two ways to assign with fewer points between them are equally good, and neither is taken (chosen, not measured)."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """The candidates that were taken, and those that were not."""

    chosen: tuple[Candidate, ...]
    tied: tuple[Candidate, ...]
    """Candidates that another one equals: neither is taken."""
    outscored: tuple[Candidate, ...]
    """Candidates whose column or field went to a better one."""


def assign(candidates: Iterable[Candidate]) -> Assignment:
    """Return the assignment with the highest total; a candidate stands only if every other way is clearly worse."""
    chosen, tied, outscored = list[Candidate](), list[Candidate](), list[Candidate]()
    for group in _components(list(candidates)):
        total = _highest_total(group)
        for candidate in group:
            without = _highest_total([other for other in group if other != candidate])
            alone = _highest_total([other for other in group if not _exclude(candidate, other)]) + candidate.score
            if alone <= total - MARGIN:
                outscored.append(candidate)
            elif total - without >= MARGIN:
                chosen.append(candidate)
            else:
                tied.append(candidate)
    return Assignment(tuple(chosen), tuple(tied), tuple(outscored))


def _exclude(candidate: Candidate, other: Candidate) -> bool:
    return candidate.column.index == other.column.index or candidate.field == other.field


def _highest_total(candidates: list[Candidate]) -> int:
    """Return the highest total of scores, by columns, over the sets of fields used so far (as bits)."""
    bits = {
        field: 1 << position for position, field in enumerate(sorted({candidate.field for candidate in candidates}))
    }
    columns: dict[int, list[tuple[int, int]]] = {}
    for candidate in candidates:
        columns.setdefault(candidate.column.index, []).append((bits[candidate.field], candidate.score))
    totals = {0: 0}
    for options in columns.values():
        after = dict(totals)  # the column may stay without a field
        for used, total in totals.items():
            for bit, score in options:
                if not used & bit:
                    after[used | bit] = max(after.get(used | bit, 0), total + score)
        totals = after
    return max(totals.values())


def _components(candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """Yield groups that share neither a column nor a field with each other."""
    parents: dict[int | str, int | str] = {}

    def root(node: int | str) -> int | str:
        while parents.setdefault(node, node) != node:
            node = parents[node]
        return node

    for candidate in candidates:
        parents[root(candidate.column.index)] = root(candidate.field)
    groups: dict[int | str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(root(candidate.field), []).append(candidate)
    yield from groups.values()
