"""Row accounting: where each row of a run went, so that the counts add up to the rows of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clientimport.push.run_result import RowState, RunRow


@dataclass(frozen=True, slots=True)
class RowAccount:
    """Every row of a run once: by the state that its client reached, or as a further row of the same client."""

    rows: int
    states: Mapping[RowState, int]
    """Of the first row of each client."""
    first_rows: Mapping[int, int | None]
    """Of each further row the first row of its client; None where the ledger does not know any more which it is."""

    @property
    def counts_differ(self) -> bool:
        """Whether rows and clients are not the same number, so that counts of clients do not add up to the rows."""
        return bool(self.first_rows)


def account_for_rows(rows: Sequence[RunRow]) -> RowAccount:
    """Return where each row went.

    >>> from clientimport.push.run_result import RowResult
    >>> done = RowResult(RowState.CREATED, "7")
    >>> wrong = RunRow(4, RowResult(RowState.INVALID))
    >>> account = account_for_rows([RunRow(2, done), RunRow(3, done, first=False), wrong])
    >>> account.rows, dict(account.first_rows), sum(account.states.values())
    (3, {3: 2}, 2)
    """
    numbered = [row for row in rows if row.row is not None]
    first = {_client(row): row.row for row in reversed(numbered) if row.first}
    return RowAccount(
        len(numbered),
        Counter(row.result.state for row in numbered if row.first),
        {row.row: first.get(_client(row)) for row in numbered if not row.first and row.row is not None},
    )


def _client(row: RunRow) -> tuple[str | None, ...]:
    """Return what the rows of one client have in common: its id there, else what they were called and when."""
    return (row.result.client_id,) if row.result.client_id else (None, row.name, row.email, row.reached_at)
