"""Where the ledger is: in the home, or in a database that several desks share; its password is in no file of ours."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clientimport.errors import SettingsUnusable
from clientimport.model.did_you_mean import did_you_mean
from clientimport.storage import system_keyring

if TYPE_CHECKING:
    from clientimport.model.postgres_url import PostgresUrl

LEDGER_VARIABLE = "CLIENTIMPORT_LEDGER"
IN_KEYRING = "ledger:password"
"""The password's name in the keyring; no connection's name has a colon."""
_KEYS = ("url", "approve")
_LOCAL = ("", "localhost", "127.0.0.1", "::1")
_DECIDES_ENCRYPTION = {"sslmode": "PGSSLMODE", "service": "PGSERVICE"}
"""Settings of libpq by which somebody has decided whether a connection is encrypted, and their variables.

https://www.postgresql.org/docs/current/libpq-envars.html
"""


@dataclass(frozen=True, slots=True)
class LedgerSettings:
    """What config.toml says of the ledger."""

    url: str | None = None
    approve: bool = False
    """Whether a push needs a plan that a second person approved."""


def parse_ledger_settings(entry: Any, config: Path) -> LedgerSettings:
    """Return what stands under [ledger]. Raises SettingsUnusable."""
    if not isinstance(entry, Mapping):
        raise SettingsUnusable("settings.not_text", file=config, key="ledger")
    for key in entry:
        if key not in _KEYS:
            raise SettingsUnusable(
                "settings.unknown_key", file=config, key=f"ledger.{key}", meant=did_you_mean(key, _KEYS)
            )
    url, approve = entry.get("url"), entry.get("approve", False)
    if url is not None and (not isinstance(url, str) or not url):
        raise SettingsUnusable("settings.not_text", file=config, key="ledger.url")
    if not isinstance(approve, bool):
        raise SettingsUnusable("settings.not_yes_or_no", file=config, key="ledger.approve")
    if url is not None:
        from clientimport.model.postgres_url import parse_postgres_url

        if parse_postgres_url(url).password is not None:
            raise SettingsUnusable("ledger.password_in_file", file=config)
    return LedgerSettings(url, approve)


def is_shared(settings: LedgerSettings) -> bool:
    """Return whether the ledger is in a database that several desks share."""
    return bool(os.environ.get(LEDGER_VARIABLE) or settings.url)


def shared_ledger_url(settings: LedgerSettings) -> PostgresUrl | None:
    """Return where the shared ledger is, by the environment, else by the file; None without one.

    The password is the environment's, else the keyring's; without one libpq looks into .pgpass.
    """
    written = os.environ.get(LEDGER_VARIABLE) or settings.url
    return None if written is None else address_with_password(written)


def address_with_password(written: str) -> PostgresUrl:
    """Return the address that was written, with the keyring's password, and encrypted. Raises SettingsUnusable."""
    from clientimport.model.postgres_url import parse_postgres_url

    url = _encrypted(parse_postgres_url(written))
    if url.password is not None or os.environ.get("PGPASSWORD"):
        return url
    return url.with_password(system_keyring.get(IN_KEYRING))


def _encrypted(url: PostgresUrl) -> PostgresUrl:
    """Return an address that asks for encryption where the connection leaves this computer and nobody decided."""
    is_decided = any(name in url.given or os.environ.get(variable) for name, variable in _DECIDES_ENCRYPTION.items())
    host = url.host or os.environ.get("PGHOSTADDR") or os.environ.get("PGHOST") or ""
    is_local = host in _LOCAL or host.startswith("/")
    return url if is_decided or is_local else url.with_setting("sslmode", "require")
