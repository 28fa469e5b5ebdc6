"""What a failed call to a PostgreSQL server means for who gave the command: wait, sign in, or ask for rights."""

from __future__ import annotations

import re

from clientimport.errors import ClientImportError, CredentialsRefused, PlatformUnreachable, SettingsUnusable
from clientimport.model.postgres_url import PostgresUrl

_QUOTES = "\"'«»„“”"
"""Around a name, in the languages that a server speaks."""
_LIBRARY = re.compile(r"^connection (failed|is bad): |\s*[.:]$")
"""What psycopg puts before libpq's own words, and what ends them: they go on within a sentence of ours."""


def postgres_failure(url: PostgresUrl, error: Exception) -> ClientImportError:
    """Return why a ledger cannot go on, without a password."""
    from psycopg import errors

    facts = {"file": url.shown, "reason": url.without_secrets(_reason(error))}
    match error:
        case errors.InsufficientPrivilege():
            return SettingsUnusable("ledger.rights", **facts)
        case errors.DuplicateTable():
            return SettingsUnusable("ledger.other_tables", **facts)
        case errors.UndefinedTable() | errors.UndefinedColumn():
            return SettingsUnusable("ledger.damaged", **facts)
        case errors.OperationalError():
            return _not_let_in(error, facts) or PlatformUnreachable("io", **facts, server="")
        case _:
            return PlatformUnreachable("io", **facts, server="")


def _reason(error: Exception) -> str:
    """Return what the server or the library says, in one line."""
    from psycopg import Error

    text = (isinstance(error, Error) and error.diag.message_primary) or str(error)
    lines = dict.fromkeys(" ".join(line.split()) for line in text.strip().splitlines())
    return _LIBRARY.sub("", "; ".join(lines)) or type(error).__name__


def _not_let_in(error: Exception, facts: dict[str, str]) -> ClientImportError | None:
    """Return that the server answered and does not let us in; None for a server or a line that failed.

    libpq gives no code for it, and the words are in the server's language; but it names whom, or what, it refuses.
    """
    connection = getattr(error, "pgconn", None)
    if connection is None:  # it was no attempt to connect
        return None
    if connection.needs_password:
        return CredentialsRefused("ledger.no_password", **facts)
    answer = facts["reason"].rpartition("failed: ")[2]
    if _names(answer, connection.user):
        return CredentialsRefused("ledger.not_let_in", **facts)
    return SettingsUnusable("ledger.no_database", **facts) if _names(answer, connection.db) else None


def _names(answer: str, name: bytes | None) -> bool:
    r"""Return whether a name stands in quotation marks in an answer.

    >>> _names('FATAL: role "an" does not exist', b"an"), _names("FATAL: too many connections", b"an")
    (True, False)
    """
    quoted = re.escape((name or b"").decode(errors="replace"))
    return bool(name) and re.search(rf"[{_QUOTES}]\s*{quoted}\s*[{_QUOTES}]", answer) is not None
