"""The tables of an account's state, from what the platform has, a file beside it, and what the ledger remembers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from clientimport.model.client import STRONG_IDENTIFIERS, Client, display_name
from clientimport.model.remote import RemoteClient
from clientimport.push.ledger.client_history import NO_HISTORY, ClientHistory
from clientimport.push.plan.client_matching import ClientIndex
from clientimport.reports.account.account_state import CLIENT_COLUMNS, DIFFERENCE_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

    from clientimport.model.finding import Finding
    from clientimport.push.plan.plan import Plan, PlanEntry

_DAYS = ("added", "first_mail", "last_mail")


@dataclass(frozen=True, slots=True)
class AccountTables:
    """The tables of AccountState."""

    rows: int
    clients: pd.DataFrame
    differences: pd.DataFrame
    only_on_platform: pd.DataFrame


@dataclass(frozen=True, slots=True)
class ClientTables:
    """Makes tables of clients: when each was added and mailed is the ledger's, by its id on the platform."""

    histories: Mapping[str, ClientHistory]
    now: datetime

    def of_account(self, clients: Iterable[RemoteClient]) -> AccountTables:
        """Return the tables of a whole account, beside no file."""
        table = self._table(self._record(None, client) for client in clients)
        return AccountTables(0, table, _frame([], DIFFERENCE_COLUMNS), self._table(()))

    def of_file(self, plan: Plan, clients: Sequence[RemoteClient]) -> AccountTables:
        """Return the tables of the clients of a file; a row with an error may be about a client that is there."""
        entries = [*plan.new, *plan.existing, *plan.invalid]
        index = ClientIndex(clients)
        paired = sorted(_paired(entries, index), key=lambda pair: pair[0].client.row if pair[0].client else 0)
        met = {remote.client_id for _, remote in paired if remote is not None}
        others = (client for client in clients if client.client_id not in met)
        return AccountTables(
            sum(len(entry.client.rows) for entry in entries if entry.client is not None),
            self._table(
                self._record(entry.client, remote, entry.findings if entry.has_errors else ())
                for entry, remote in paired
            ),
            _frame(list(_differences(paired)), DIFFERENCE_COLUMNS),
            self._table(self._record(None, client) for client in others),
        )

    def _record(
        self, client: Client | None, remote: RemoteClient | None, problems: tuple[Finding, ...] = ()
    ) -> dict[str, Any]:
        fields = {**(remote.fields if remote else {}), **(client.fields if client else {})}
        history = self.histories.get(remote.client_id, NO_HISTORY) if remote else NO_HISTORY
        number_field = next((kind for kind in STRONG_IDENTIFIERS if fields.get(kind)), "")
        mails = (remote.invitations if remote and remote.invitations is not None else None) or len(history.mails)
        last = history.last_mail(remote.invitations if remote else None)
        return {
            "row": client.row if client else None,
            "client_id": remote.client_id if remote else "",
            "name": display_name(fields),
            "number_field": number_field,
            "number": fields.get(number_field, ""),
            "email": (remote.fields if remote else fields).get("contact_email", "") or fields.get("contact_email", ""),
            "status": remote.status if remote else "",
            "added": _local_day(history.added),
            "first_mail": _local_day(history.mails[0] if history.mails else None),
            "last_mail": _local_day(last),
            "mails": mails,
            "mailed": bool(mails) or (remote is not None and remote.status == "invited"),
            "days": None if last is None else max((self.now - last).days, 0),
            "problems": problems,
        }

    def _table(self, records: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        import pandas as pd

        table = _frame(list(records), CLIENT_COLUMNS)
        days = {name: pd.to_datetime(table[name]).astype("datetime64[s]") for name in _DAYS}
        return table.assign(
            **days,
            row=table["row"].astype("Int64"),
            days=table["days"].astype("Int64"),
            mails=table["mails"].astype("Int64"),
            mailed=table["mailed"].astype("bool"),
        )


def _frame(records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({name: pd.Series([record[name] for record in records], dtype=object) for name in columns})


def _paired(entries: Iterable[PlanEntry], index: ClientIndex) -> Iterator[tuple[PlanEntry, RemoteClient | None]]:
    """Yield each client of the file with what the platform has of it."""
    for entry in entries:
        remote = entry.remote
        if remote is None and entry.has_errors:
            candidates = index.match(entry.fields).clients
            remote = candidates[0] if len(candidates) == 1 else None
        yield entry, remote


def _differences(paired: Iterable[tuple[PlanEntry, RemoteClient | None]]) -> Iterator[dict[str, Any]]:
    for entry, remote in paired:
        for difference in entry.differences:
            yield {
                "row": entry.client.row if entry.client else None,
                "client_id": remote.client_id if remote else "",
                "name": entry.name,
                "field": difference.field,
                "ours": difference.ours,
                "theirs": difference.theirs,
            }


def _local_day(moment: datetime | None) -> datetime | None:
    """Return the midnight at which the day of a moment begins, where this computer is, without a zone."""
    return moment.astimezone().replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None) if moment else None
