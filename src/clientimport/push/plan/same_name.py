"""Clients of one name: those that the platform has under the name of a new client, with any legal form."""

from __future__ import annotations

from clientimport.push.plan.plan import Plan, PlanEntry
from clientimport.schema.checks.legal_form import strip_legal_form


def clients_of_same_name(entry: PlanEntry, plan: Plan) -> tuple[PlanEntry, ...]:
    """Return the clients of the platform that are called as this new one is."""
    name = strip_legal_form(entry.name)
    others = (*plan.existing, *plan.only_on_platform)
    return tuple(other for other in others if name and other.remote and strip_legal_form(_theirs(other)) == name)


def _theirs(entry: PlanEntry) -> str:
    return PlanEntry(None, entry.remote).name
