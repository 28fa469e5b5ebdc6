"""Approvals: who made a plan, and which second person approved it; sealed as everything that was written down."""

from __future__ import annotations

from dataclasses import dataclass

from clientimport.push.ledger.database import Database


@dataclass(frozen=True, slots=True)
class Approval:
    """A plan that was kept, known by its digest."""

    digest: str
    planned_by: str
    planned_at: str
    approved_by: str | None = None
    approved_at: str | None = None


class Approvals:
    """The plans of a ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, digest: str) -> Approval | None:
        """Return what is known of a plan; None of one that was kept where nobody asked for approval."""
        statement = "SELECT id, planned_by, planned, approved_by, approved FROM approval WHERE id = ?"
        return next((Approval(*row) for row in self._database.read(statement, digest)), None)

    def add_plan(self, digest: str, who: str, moment: str) -> None:
        """Remember who made a plan; the first, where it was made twice."""
        with self._database:
            statement = "INSERT INTO approval (id, planned_by, planned) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING"
            self._database.write(statement, digest, who, moment)
            self._database.mark_written("approval", digest)
        self._database.commit()

    def approve(self, digest: str, who: str, moment: str) -> None:
        """Remember who approved a plan."""
        with self._database:
            statement = "UPDATE approval SET approved_by = ?, approved = ? WHERE id = ?"
            self._database.write(statement, who, moment, digest)
            self._database.mark_written("approval", digest)
        self._database.commit()
