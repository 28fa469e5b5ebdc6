"""Assignment: each column to at most one field and each field from one column, decided jointly; ties are left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clientimport.matching.candidate import Candidate

MARGIN = 3
"""Two ways to assign that differ by less than this are equally good, and then nobody knows."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What was decided, and what was not."""

    chosen: tuple[Candidate, ...]
    tied: tuple[Candidate, ...]
    """Candidates that another one equals: neither is taken."""
    outscored: tuple[Candidate, ...]
    """Candidates whose column or field went to a better one."""


def assign(candidates: Iterable[Candidate]) -> Assignment:
    """Return the assignment with the highest total; a candidate stands only if every other way is clearly worse."""
    chosen, tied, lost = list[Candidate](), list[Candidate](), list[Candidate]()
    for group in _components(list(candidates)):
        total = _best(group)
        for one in group:
            without = _best([other for other in group if other != one])
            alone = _best([other for other in group if not _exclude(one, other)]) + one.score
            if alone <= total - MARGIN:
                lost.append(one)
            elif total - without >= MARGIN:
                chosen.append(one)
            else:
                tied.append(one)
    return Assignment(tuple(chosen), tuple(tied), tuple(lost))


def _exclude(one: Candidate, other: Candidate) -> bool:
    return one.column.index == other.column.index or one.field == other.field


def _best(candidates: list[Candidate]) -> int:
    """Return the highest total of scores, by columns, over the sets of fields used so far (as bits)."""
    bits = {field: 1 << at for at, field in enumerate(sorted({one.field for one in candidates}))}
    columns: dict[int, list[tuple[int, int]]] = {}
    for one in candidates:
        columns.setdefault(one.column.index, []).append((bits[one.field], one.score))
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

    for one in candidates:
        parents[root(one.column.index)] = root(one.field)
    groups: dict[int | str, list[Candidate]] = {}
    for one in candidates:
        groups.setdefault(root(one.field), []).append(one)
    yield from groups.values()
