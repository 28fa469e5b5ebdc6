"""What can go wrong with the world (not with the data): one exception per exit code, its words in messages/.

    ClientImportError            exit  code (examples)
    ├── UsageError                2    options that do not go together, an unknown name
    ├── FileUnreadable            2    file.not_found, file.damaged, file.password
    ├── SchemaUnusable            2    schema.unknown_key, schema.unknown_name
    ├── SettingsUnusable          2    connection.unknown, profile.unknown, settings.damaged
    ├── ColumnsMissing            2    mapping.required_missing, mapping.needs_decision
    ├── PlatformUnreachable       3    locked, rate_limited, platform_down, not_the_api, io, timeout
    └── CredentialsRefused        4    credentials.missing, credentials.refused, credentials.no_space

Problems in the data are values, never exceptions: see `finding.py`.
"""

from __future__ import annotations

from typing import ClassVar


class ClientImportError(Exception):
    """A reason to stop. `code` finds the sentence in messages/<language>/errors.toml, `facts` fill its placeholders."""

    exit_code: ClassVar[int] = 2

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = {name: str(value) for name, value in facts.items()}
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
