"""Account keys: in a ledger that desks share, clients are known under one key for each account, made once.

It is wrapped for every desk that is in, with the desk's own key. Another desk leaves its public half and waits until
one that is in wraps it for that one, too.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clientimport.push.ledger.database import Database
from clientimport.push.ledger.desk_key import LENGTH, DeskKey, code, wrap
from clientimport.push.ledger.key_records import fingerprint

_DESKS = "SELECT account, public_key, name, wrapped, since, admitted_by FROM desk"
_ADD = """INSERT INTO desk VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account, public_key)
    DO UPDATE SET wrapped = excluded.wrapped, admitted_by = excluded.admitted_by"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk and an account; it is in when the account's key is wrapped for it."""

    account: str
    public: str
    name: str
    """Who gave the command there, and the code of its public half: `an@desk-3:4f2a91c05b7d1e33`."""
    wrapped: str | None
    since: str
    admitted_by: str | None


def desk_name(who: str, public: str) -> str:
    """Return what a desk is called when it asks to be admitted; the code stands for its key, which nobody can fake."""
    return f"{who}:{code(public)}"


class AccountKeys:
    """The keys of the accounts of a shared ledger."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, account: str, keys: Iterable[DeskKey]) -> bytes | None:
        """Return the key of an account where it is wrapped for one of these, else None."""
        ours = {key.public: key for key in keys}
        expected = self._fingerprint(account)
        for desk in self.desks(account):
            key = ours[desk.public].unwrap(desk.wrapped, account) if desk.wrapped and desk.public in ours else None
            if key is not None and fingerprint(key) == expected:
                return key
        return None

    def make(
        self, account: str, desks: Sequence[DeskKey], who: str, moment: str, key: bytes | None = None
    ) -> bytes | None:
        """Give an account a key, a new one unless it is given, and return it; None where it has one already."""
        made = key or secrets.token_bytes(LENGTH)
        with self._database:
            is_first = self._fingerprint(account) is None
            if is_first:
                self._database.write("INSERT INTO account_key VALUES (?, ?)", account, fingerprint(made))
                self._wrap(account, made, desks, who, moment)
        self._database.commit()
        return made if is_first else None

    def take(self, account: str, key: bytes, desks: Sequence[DeskKey], who: str, moment: str) -> None:
        """Give an account the key that its clients are known under where they come from, within a `with`."""
        self._database.write("INSERT INTO account_key VALUES (?, ?)", account, fingerprint(key))
        self._wrap(account, key, desks, who, moment)

    def add(self, account: str, key: bytes, desks: Sequence[DeskKey], who: str, moment: str) -> None:
        """Wrap the key of an account for other keys of a desk that is in."""
        known = {desk.public for desk in self.desks(account) if desk.wrapped}
        new = [desk for desk in desks if desk.public not in known]
        if new:
            with self._database:
                self._wrap(account, key, new, who, moment)
            self._database.commit()

    def _wrap(self, account: str, key: bytes, desks: Iterable[DeskKey], who: str, moment: str) -> None:
        for public in (desk.public for desk in desks):
            values = (account, public, desk_name(who, public), wrap(key, public, account), moment, who)
            self._database.write(_ADD, *values)

    def ask(self, account: str, public: str, who: str, moment: str) -> str:
        """Leave the public half of a desk that is not in, and return what the desk is called."""
        with self._database:
            statement = "INSERT INTO desk VALUES (?, ?, ?, NULL, ?, NULL) ON CONFLICT (account, public_key) DO NOTHING"
            self._database.write(statement, account, public, desk_name(who, public), moment)
        self._database.commit()
        return next(desk.name for desk in self.desks(account) if desk.public == public)

    def admit(self, desk: Desk, key: bytes, who: str) -> None:
        """Wrap the key of an account for a desk that asked."""
        with self._database:
            statement = "UPDATE desk SET wrapped = ?, admitted_by = ? WHERE account = ? AND public_key = ?"
            self._database.write(statement, wrap(key, desk.public, desk.account), who, desk.account, desk.public)
        self._database.commit()

    def desks(self, account: str | None = None) -> tuple[Desk, ...]:
        """Return the desks of an account, or of all, the first to come first."""
        if account is None:
            rows = self._database.read(f"{_DESKS} ORDER BY since, public_key")
        else:
            rows = self._database.read(f"{_DESKS} WHERE account = ? ORDER BY since, public_key", account)
        return tuple(Desk(*row) for row in rows)

    def _fingerprint(self, account: str) -> str | None:
        rows = self._database.read("SELECT fingerprint FROM account_key WHERE account = ?", account)
        return str(rows[0][0]) if rows else None
