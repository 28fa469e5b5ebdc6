"""The key of an account in a ledger that several desks share: opened, made by the first, or asked for."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import suppress

from clientimport.errors import CredentialsRefused, UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.push.ledger.desk_key import DeskKey, home_desk_key, make_home_desk_key
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.who import who
from clientimport.settings.config_file import load_settings
from clientimport.settings.folders import ensure_folder, folders
from clientimport.settings.secrets import connection_secret


def shared_account_key(ledger: Ledger, account: str, secret: str) -> bytes:
    """Return the key of an account.

    Raises UsageError where neither this home nor the connection's secret opens it: then this desk has asked, and the
    message names the command with which another one admits it.
    """
    keys, moment = ledger.account_keys, ledger.clock.timestamp()
    of_home, of_secret = home_desk_key(folders().desk_key), DeskKey.from_secret(secret, account)
    ours = [of_secret, *([of_home] if of_home else [])]
    key = keys.open(account, ours)
    if key is None:
        of_home = of_home or _make_desk_key()
        ours = [of_secret, of_home]
        key = keys.make(account, ours, who(), moment) or keys.open(account, ours)
    if key is None:
        desk = keys.ask(account, of_secret.public, who(), moment)
        raise UsageError("ledger.not_admitted", desk=shlex.quote(desk))
    keys.add(account, key, [of_secret, of_home or _make_desk_key()], who(), moment)
    return key


def admit_desk(ledger: Ledger, name: str) -> tuple[str, ...]:
    """Wrap the keys of the accounts that a desk asked for, and return their names.

    Raises UsageError for a desk that did not ask, and where this home itself is in none of them.
    """
    if not ledger.is_shared:
        raise UsageError("desk.not_shared")
    desks = ledger.account_keys.desks()
    waiting = [desk for desk in desks if desk.wrapped is None]
    asked = [desk for desk in waiting if desk.name == name]
    if not asked:
        names = tuple(dict.fromkeys(desk.name for desk in waiting))
        if any(desk.name == name for desk in desks):
            raise UsageError("desk.is_in", desk=name)
        raise UsageError("desk.unknown", desk=name, meant=did_you_mean(name, names), known=", ".join(names) or "–")
    for desk in asked:
        key = ledger.account_keys.open(desk.account, own_keys(desk.account))
        if key is None:
            raise UsageError("desk.not_in", desk=name, account=ledger.account_label(desk.account))
        ledger.account_keys.admit(desk, key, who())
    return tuple(desk.account for desk in asked)


def own_keys(account: str) -> Iterator[DeskKey]:
    """Yield the keys of this home, and of the secrets of its connections to an account."""
    of_home = home_key()
    if of_home is not None:
        yield of_home
    for connection in load_settings(folders().config).connections.values():
        if account.startswith(f"{connection.address} {connection.platform} "):
            with suppress(CredentialsRefused):
                yield DeskKey.from_secret(connection_secret(connection.name, None), account)


def home_key(*, make: bool = False) -> DeskKey | None:
    """Return the key of this home; None where there is none and none is to be made."""
    return home_desk_key(folders().desk_key) or (_make_desk_key() if make else None)


def _make_desk_key() -> DeskKey:
    return make_home_desk_key(ensure_folder(folders().state) / folders().desk_key.name)
