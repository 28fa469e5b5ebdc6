"""Secrets of connections and passwords of files: from the environment, the keyring or the person, never from a file."""

from __future__ import annotations

import os
from collections.abc import Callable

from clientimport.errors import CredentialsRefused, SettingsUnusable
from clientimport.storage import system_keyring


def secret_variable(name: str) -> str:
    """Return the environment variable for the secret of the connection `name`.

    >>> secret_variable("office"), secret_variable("büro-2")
    ('CLIENTIMPORT_OFFICE_SECRET', 'CLIENTIMPORT_B_RO_2_SECRET')
    """
    plain = "".join(c.upper() if c.isascii() and c.isalnum() else "_" for c in name)
    return f"CLIENTIMPORT_{plain}_SECRET"


def connection_secret(name: str, ask: Callable[[], str] | None) -> str:
    """Return the secret of connection `name`: environment, else keyring, else what `ask` returns.

    Raises CredentialsRefused when none of them has it.
    """
    value = os.environ.get(secret_variable(name)) or system_keyring.get(name)
    if not value and ask is not None:
        value = ask()
    if not value:
        raise CredentialsRefused("credentials.missing", name=name, variable=secret_variable(name))
    return str(value)


def file_password(name: str) -> str:
    """Return the file password that the environment variable `name` holds. Raises SettingsUnusable."""
    value = os.environ.get(name)
    if not value:
        raise SettingsUnusable("settings.no_variable", variable=name)
    return value
