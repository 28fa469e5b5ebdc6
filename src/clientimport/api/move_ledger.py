"""The move of this home's ledger into a database that several desks share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clientimport.api.open_ledger import open_home_ledger
from clientimport.api.shared_key import home_key, own_keys
from clientimport.errors import SettingsUnusable, UsageError
from clientimport.model.postgres_url import parse_postgres_url
from clientimport.push.ledger.desk_key import DeskKey
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.ledger_key import ledger_key
from clientimport.push.ledger.ledger_move import LedgerMove
from clientimport.settings.config_file import load_settings, write_ledger_url
from clientimport.settings.folders import folders
from clientimport.settings.ledger_settings import address_with_password, shared_ledger_url


@dataclass(frozen=True, slots=True)
class MovedLedger:
    """Where the ledger is now, how many runs it holds, and its head hash."""

    url: str
    runs: int
    head_hash: str


def move_home_ledger(written: str) -> MovedLedger:
    """Move the ledger of this home to an address, and let the settings name it.

    Raises UsageError for an address with a password, which other programs of this computer could read.
    """
    url = parse_postgres_url(written)
    if url.password is not None:
        raise UsageError("ledger.password_on_command_line")
    with open_home_ledger() as source, Ledger(address_with_password(url.url)) as target:
        place = source.moved_to()
        if place is not None:
            raise SettingsUnusable("ledger.moved", file=source.name, url=place, config=folders().config)
        home_key(make=True)
        key = ledger_key(source, folders().ledger_key)
        head_hash = LedgerMove(source, target, key, url.url, _desk_keys).carry_out()
        runs = len(target.runs())
    config = folders().config
    used = shared_ledger_url(load_settings(config).ledger)
    if used is None or used.url != address_with_password(url.url).url:
        write_ledger_url(config, url.url)
    return MovedLedger(url.shown, runs, head_hash)


def _desk_keys(account: str) -> Sequence[DeskKey]:
    return list(own_keys(account))
