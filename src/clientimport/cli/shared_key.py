"""The key of an account in a ledger that several desks share: opened, made by the first, or asked for."""

from __future__ import annotations

import shlex

from clientimport.settings.folders import ensure_folder, folders
from clientimport.errors import UsageError
from clientimport.push.ledger.desk_key import DeskKey, home_desk_key, make_home_desk_key
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.who import who


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


def _make_desk_key() -> DeskKey:
    return make_home_desk_key(ensure_folder(folders().state) / folders().desk_key.name)
