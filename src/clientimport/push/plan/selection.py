"""A selection: the part of a plan that a push takes (`--only`, `--skip`), by group or by row."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.push.plan.plan import Plan, PlanEntry

GROUPS = ("new", "existing")
_ROWS = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")


@dataclass(frozen=True, slots=True)
class RowSelection:
    """One option's worth: groups and ranges of rows, of which a client needs one."""

    option: str
    groups: frozenset[str]
    rows: tuple[range, ...]

    def matches(self, entry: PlanEntry, group: str) -> bool:
        """Return whether a client is among them; all rows of a client go together."""
        return group in self.groups or any(row in part for part in self.rows for row in _rows(entry))


def parse_selection(option: str, text: str) -> RowSelection:
    """Return what `5,7-9` or `new` asks for. Raises UsageError.

    >>> parse_selection("--only", "new, 5,7-9")
    RowSelection(option='--only', groups=frozenset({'new'}), rows=(range(5, 6), range(7, 10)))
    """
    groups, rows = set(), []
    for part in (item.strip().casefold() for item in text.split(",")):
        numbers = _ROWS.fullmatch(part)
        if part in GROUPS:
            groups.add(part)
        elif numbers and int(numbers[1]) <= int(numbers[2] or numbers[1]):
            rows.append(range(int(numbers[1]), int(numbers[2] or numbers[1]) + 1))
        else:
            raise UsageError("push.bad_selection", option=option, value=part, meant=did_you_mean(part, GROUPS))
    return RowSelection(option, frozenset(groups), tuple(rows))


def select_clients(plan: Plan, only: Sequence[str], skip: Sequence[str]) -> Plan:
    """Return the plan with the other clients left out: those that miss one of `only`, or are in one of `skip`.

    Rows with an error are still reported unless they are left out. Raises UsageError for a row without a client.
    """
    wanted, unwanted = (
        [parse_selection(name, text) for text in texts] for name, texts in (("--only", only), ("--skip", skip))
    )
    if not (wanted or unwanted):
        return plan
    _require_rows(plan, (*wanted, *unwanted))

    def is_selected(entry: PlanEntry, group: str) -> bool:
        return all(selection.matches(entry, group) for selection in wanted) and not any(
            selection.matches(entry, group) for selection in unwanted
        )

    def is_reported(entry: PlanEntry) -> bool:
        by_row = (selection for selection in wanted if selection.rows)
        return all(selection.groups or selection.matches(entry, "") for selection in by_row) and not any(
            selection.matches(entry, "") for selection in unwanted
        )

    going: dict[str, list[PlanEntry]] = {group: [] for group in GROUPS}
    left: list[PlanEntry] = []
    for group, entries in (("new", plan.new), ("existing", plan.existing)):
        for entry in entries:
            (going[group] if is_selected(entry, group) else left).append(entry)
    invalid = tuple(filter(is_reported, plan.invalid))
    return dataclasses.replace(
        plan, new=tuple(going["new"]), existing=tuple(going["existing"]), invalid=invalid, excluded=tuple(left)
    )


def _require_rows(plan: Plan, selections: Iterable[RowSelection]) -> None:
    rows = {row for group in (plan.new, plan.existing, plan.invalid) for entry in group for row in _rows(entry)}
    for selection in selections:
        for part in selection.rows:
            if rows.isdisjoint(part):
                shown = str(part.start) if len(part) == 1 else f"{part.start}-{part.stop - 1}"
                raise UsageError("push.no_such_row", option=selection.option, value=shown)


def _rows(entry: PlanEntry) -> tuple[int, ...]:
    return entry.client.rows if entry.client is not None else ()
