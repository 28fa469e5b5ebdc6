"""The history of an account's clients: when this program added each of them and sent its mails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class ConfirmedOperation:
    """A creation or a mail that the platform confirmed."""

    kind: str
    client_id: str
    moment: datetime
    mails_before: int | None = None
    """Of a mail: how many the platform had counted before it."""


@dataclass(frozen=True, slots=True)
class ClientHistory:
    """When one client was added and mailed from here; moments in UTC."""

    added: datetime | None = None
    mails: tuple[datetime, ...] = ()
    """The earliest first."""
    counted_mails: int = 0
    """How many mails the platform counted with the last one of these, as far as it told."""

    def last_mail(self, counted: int | None) -> datetime | None:
        """Return when a client had its last mail, where the platform counts so many; None where that is not known.

        More than there were with ours: somebody else mailed it since, on a day that is not known.

        >>> reminded = ClientHistory(mails=(datetime(2026, 11, 1),), counted_mails=1)
        >>> reminded.last_mail(1), reminded.last_mail(None), reminded.last_mail(2)
        (datetime.datetime(2026, 11, 1, 0, 0), datetime.datetime(2026, 11, 1, 0, 0), None)
        """
        is_ours = counted is None or counted <= max(self.counted_mails, len(self.mails))
        return self.mails[-1] if self.mails and is_ours else None

    def mailed_before(self, days: int, now: datetime, counted: int | None) -> bool:
        """Return whether its last mail went out at least so many days ago, each of 24 hours.

        >>> week = ClientHistory(mails=(datetime(2026, 11, 1), datetime(2026, 11, 22)))
        >>> [week.mailed_before(days, datetime(2026, 11, 29), 2) for days in (7, 8)]
        [True, False]
        """
        last = self.last_mail(counted)
        return last is not None and now - last >= timedelta(days=days)


NO_HISTORY = ClientHistory()


def client_histories(operations: Iterable[ConfirmedOperation], *, creating_mails: bool) -> Mapping[str, ClientHistory]:
    """Return the history of each client by its id on the platform.

    `operations` come the earliest first; where `creating_mails`, a creation is a mail too.
    """
    added: dict[str, datetime] = {}
    mails: dict[str, list[ConfirmedOperation]] = {}
    for operation in operations:
        if operation.kind == "create":
            added.setdefault(operation.client_id, operation.moment)
        if operation.kind == "invite" or creating_mails:
            mails.setdefault(operation.client_id, []).append(operation)
    return {client_id: _history(added.get(client_id), mails.get(client_id, [])) for client_id in {**added, **mails}}


def _history(added: datetime | None, mails: list[ConfirmedOperation]) -> ClientHistory:
    counted = (mail.mails_before + 1 for mail in mails if mail.mails_before is not None)
    return ClientHistory(added, tuple(sorted(mail.moment for mail in mails)), max(counted, default=0))
