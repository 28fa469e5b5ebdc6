"""A plan on screen: four groups, what differs, and whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from clientimport.cli.screen import Screen, table

if TYPE_CHECKING:
    from clientimport.planning.plan import Entry, Plan


def plan_data(plan: Plan, screen: Screen) -> dict[str, object]:
    """Return what JSON says about a plan."""
    from clientimport.planning.plan_file import digest, groups

    return {"groups": groups(plan, screen.shown), "digest": digest(plan)}


def plan_text(plan: Plan, heading: str, screen: Screen) -> str:
    """Return the plan as text: each group with its count and clients; those only on the platform are counted."""
    words = screen.words
    parts = [heading, ""]
    for name in ("new", "existing", "invalid"):
        entries: tuple[Entry, ...] = getattr(plan, name)
        parts.append(words.count(f"plan.{name}", len(entries)))
        if entries:
            parts += [table(_headings(name, screen), (_row(entry, screen) for entry in entries)), ""]
    parts.append(words.count("plan.only_on_platform", len(plan.only_on_platform)))
    return "\n".join(parts)


def _headings(group: str, screen: Screen) -> list[str]:
    last = {"new": "fields", "existing": "differences", "invalid": "reasons"}[group]
    return [screen.words.say(f"plan.{key}") for key in ("row", "client", last)]


def _row(entry: Entry, screen: Screen) -> tuple[str, str, str]:
    row = str(entry.client.row) if entry.client else ""
    return row, entry.name, "; ".join((*_differences(entry, screen), *_findings(entry, screen)))


def _differences(entry: Entry, screen: Screen) -> Iterator[str]:
    for one in entry.differences:
        ours, theirs = screen.shown(one.field, one.ours), screen.shown(one.field, one.theirs)
        yield f"{screen.words.label(one.field)}: {theirs or '–'} ≠ {ours}"


def _findings(entry: Entry, screen: Screen) -> Iterator[str]:
    from clientimport.texts.sentences import message

    for finding in entry.findings:
        yield message(screen.words, finding, show_personal_data=not screen.masks)
