"""What can go wrong with the world (not with the data): one exception per exit code, its words in messages/.

    ClientImportError            exit  code (examples)
    ├── UsageError                2    options that do not go together, an unknown name
    ├── FileUnreadable            2    file.not_found, file.damaged, file.password
    ├── SchemaUnusable            2    schema.unknown_key, schema.unknown_name
    ├── SettingsUnusable          2    connection.unknown, profile.unknown, settings.damaged
    ├── ColumnsMissing            2    mapping.required_missing, mapping.needs_decision
    ├── PlatformUnreachable       3    locked, rate_limited, platform_down, timeout, io, proxy, not_the_api, answer_lost
    └── CredentialsRefused        4    credentials.missing, .refused, .forbidden, .no_space, ledger.no_password, ledger.not_let_in

Problems in the data are values, never exceptions: see `finding.py`.
"""  # noqa: E501 -- a line for each exception, which tests read

from __future__ import annotations

import errno
import re
from typing import ClassVar

_SYSTEM = {
    "ENOENT": "system.not_found",
    "EACCES": "system.no_permission",
    "EPERM": "system.no_permission",
    "EISDIR": "system.is_folder",
    "ENOTDIR": "system.is_no_folder",
    "EEXIST": "system.exists",
    "ENOSPC": "system.disk_full",
    "EDQUOT": "system.disk_full",
    "EFBIG": "system.too_big",
    "EROFS": "system.read_only",
    "EBUSY": "system.in_use",
    "ETXTBSY": "system.in_use",
    "EAGAIN": "system.in_use",
    "EMFILE": "system.too_many_open",
    "ENFILE": "system.too_many_open",
    "ENAMETOOLONG": "system.name_too_long",
    "EIO": "system.disk_fault",
    "EPIPE": "system.nobody_reads",
    "EADDRINUSE": "system.port_in_use",
    "ELOOP": "system.links_in_a_circle",
}
"""By the name of the error number, for not every system has each."""
_DATABASE = {
    "SQLITE_NOTADB": "database.is_none",
    "SQLITE_CORRUPT": "database.damaged",
    "SQLITE_FULL": "system.disk_full",
    "SQLITE_READONLY": "system.read_only",
    "SQLITE_BUSY": "system.in_use",
    "SQLITE_LOCKED": "system.in_use",
    "SQLITE_CANTOPEN": "database.cannot_open",
    "SQLITE_IOERR": "system.disk_fault",
}
"""By the first two words of the name: https://www.sqlite.org/rescode.html."""
_ARCHIVE = {
    "zipfile.BadZipFile": "zip.damaged",
    "zlib.error": "zip.damaged",
    "builtins.EOFError": "zip.damaged",
    "_csv.Error": "table.unreadable",
}
"""By exception of the modules that read zips and the tables in them."""
_COLUMNS = re.compile(r"Expected (?P<expected>\d+) columns, got (?P<columns>\d+)")
_NO_COLUMN = re.compile(r"Column '(?P<column>[^']+)' in include_columns does not exist")


class ClientImportError(Exception):
    """A reason to stop. `code` finds the sentence in messages/<language>/errors.toml, `facts` fill its placeholders.

    An exception as the fact `reason` becomes a code too, with words in every language.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = {name: str(value) for name, value in facts.items()}
        if isinstance(reason := facts.get("reason"), BaseException):
            self.facts |= reason_facts(reason)
        self.sentence = ""
        """What it says to a programmer, in English, where it leaves the Python API."""

    def __str__(self) -> str:
        """Return the sentence where there is one, else the code and its facts; people read the one in messages/.

        >>> str(FileUnreadable("file.not_found", file="clients.xlsx"))
        "file.not_found (file='clients.xlsx')"
        """
        return self.sentence or f"{self.code} ({', '.join(f'{name}={value!r}' for name, value in self.facts.items())})"


class UsageError(ClientImportError):
    """The command line asks for something that does not exist or does not go together."""


class FileUnreadable(ClientImportError):
    """A file of the user cannot be read or written."""


class SchemaUnusable(ClientImportError):
    """A schema file holds an unknown name or key, or lacks one."""


class SettingsUnusable(ClientImportError):
    """A connection, profile or configuration file is unknown or cannot be used."""


class ColumnsMissing(ClientImportError):
    """A required field has no column, or a column needs a person's decision."""


class PlatformUnreachable(ClientImportError):
    """The platform, the ledger or its lock could not be reached: the same command resumes later."""

    exit_code = 3


class CredentialsRefused(ClientImportError):
    """Credentials are missing, wrong, or let the app see nothing."""

    exit_code = 4


def reason_facts(error: BaseException) -> dict[str, str]:
    r"""Return the code of a reason as the fact `reason`, with what its sentence names; unknown ones keep their words.

    >>> reason_facts(FileNotFoundError(errno.ENOENT, "No such file or directory"))
    {'reason': 'system.not_found'}
    >>> reason_facts(ValueError("what a library says\nat length"))
    {'reason': 'other', 'detail': 'what a library says'}
    """
    if code := getattr(error, "reason_code", ""):
        return {"reason": code}
    if isinstance(error, OSError) and (code := _SYSTEM.get(_error_name(error))):
        return {"reason": code}
    if code := _DATABASE.get("_".join(str(getattr(error, "sqlite_errorname", "")).split("_")[:2])):
        return {"reason": code}
    if isinstance(error, UnicodeDecodeError):
        return {"reason": "text.not_utf8"}
    if (line := getattr(error, "lineno", None)) is not None:  # JSON and TOML say where
        return {"reason": "text.not_as_expected", "line": str(line), "column": str(getattr(error, "colno", ""))}
    return _archive_facts(error) or {"reason": "other", "detail": str(error).partition("\n")[0]}


def _error_name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "").removeprefix("WSA")


def _archive_facts(error: BaseException) -> dict[str, str]:
    """Return why a zip or a table in it cannot be read."""
    kind = type(error)
    if kind.__module__.startswith("pyarrow"):
        if found := _COLUMNS.search(str(error)):
            return {"reason": "table.columns", **found.groupdict()}
        if found := _NO_COLUMN.search(str(error)):
            return {"reason": "table.no_column", **found.groupdict()}
        return {"reason": "table.unreadable"}
    code = _ARCHIVE.get(f"{kind.__module__}.{kind.__name__}")
    return {"reason": code} if code else {}
