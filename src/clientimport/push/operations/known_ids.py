"""Known ids: the ids of a platform's clients before a run, and those that its creations were answered with.

An answer to a creation that names one of them is no creation, even if it is a yes: the platform wrote over a
client that was there, or did something else.
"""

from __future__ import annotations

from collections.abc import Iterable

from clientimport.connectors.client_identity import id_key
from clientimport.push.plan.plan import Plan


class KnownIds:
    """The ids of the snapshot, and those that the run was given so far with the row of each."""

    def __init__(self, before: Iterable[str]) -> None:
        self._before = frozenset(map(id_key, before))
        self._given: dict[str, int] = {}

    @classmethod
    def from_plan(cls, plan: Plan) -> KnownIds:
        """Return the ids of every client that the platform had when `plan` was made."""
        groups = (plan.new, plan.existing, plan.only_on_platform, plan.invalid, plan.excluded)
        return cls(entry.remote.client_id for group in groups for entry in group if entry.remote is not None)

    def existed_before(self, client_id: str) -> bool:
        """Return whether the platform had a client of this id before the run.

        >>> KnownIds(["A5"]).existed_before(" a5")
        True
        """
        return id_key(client_id) in self._before

    def claim(self, client_id: str, row: int) -> bool:
        """Return whether an id is this row's alone; the first row that comes with it has it.

        >>> taken = KnownIds([])
        >>> taken.claim("5", 2), taken.claim("5", 2), taken.claim(" 5", 3)
        (True, True, False)
        """
        return self._given.setdefault(id_key(client_id), row) == row
