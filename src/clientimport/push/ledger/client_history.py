"""The history of an account's clients: when this program added each of them and sent its mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class ClientHistory:
    """When one client was added and mailed from here; moments in UTC."""

    added: datetime | None = None
    mails: tuple[datetime, ...] = ()
    """The earliest first."""

    @property
    def last_mail(self) -> datetime | None:
        """When its last mail went out; None where none went out from here."""
        return self.mails[-1] if self.mails else None

    def mailed_before(self, days: int, now: datetime) -> bool:
        """Return whether its last mail went out at least so many days ago, each of 24 hours.

        >>> week = ClientHistory(mails=(datetime(2026, 11, 1), datetime(2026, 11, 22)))
        >>> week.mailed_before(7, datetime(2026, 11, 29)), week.mailed_before(8, datetime(2026, 11, 29))
        (True, False)
        """
        return self.last_mail is not None and now - self.last_mail >= timedelta(days=days)


NO_HISTORY = ClientHistory()


def client_histories(
    operations: Iterable[tuple[str, str, str]], *, creating_mails: bool
) -> Mapping[str, ClientHistory]:
    """Return the history of each client by its id on the platform.

    `operations` are the kind, client id and moment of each one that the platform confirmed, the earliest first; where
    `creating_mails`, a creation is a mail too.
    """
    added: dict[str, datetime] = {}
    mails: dict[str, list[datetime]] = {}
    for kind, client_id, moment in operations:
        at = datetime.fromisoformat(moment)
        if kind == "create":
            added.setdefault(client_id, at)
        if kind == "invite" or creating_mails:
            mails.setdefault(client_id, []).append(at)
    return {
        client_id: ClientHistory(added.get(client_id), tuple(sorted(mails.get(client_id, ()))))
        for client_id in {**added, **mails}
    }
