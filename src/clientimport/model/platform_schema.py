"""A schema: what a client looks like on one platform, loaded from schemas/<id>.toml by schema/loader.py."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from clientimport.model.field_type import FieldType
from clientimport.model.finding import Issue, Severity
from clientimport.model.records import Records

Check = Callable[[Records], Iterator[Issue]]
"""A rule over rows and tables, with its parameters already bound."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of a schema."""

    name: str
    check: Check
    source: str
    severity: Severity | None = None
    """Overrides the severity that schemas/_findings.toml gives."""


@dataclass(frozen=True, slots=True)
class PlatformColumn:
    """One column of the platform's own upload file."""

    field: str
    type: FieldType
    headers: Mapping[str, str]
    """By language; a platform with one set of headers has one entry."""
    example: str
    source: str
    """The URL of the page that states this column's rule."""
    required: bool = False
    also: tuple[str, ...] = ()
    """Other header texts of the platform's own templates (older or bilingual ones)."""
    words: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    """Canonical value -> language -> the platform's own word for it in a file (`yes` -> `nl` -> `Ja`)."""
    takes: tuple[str, ...] = ()
    """Spellings, in any casing, that the platform's own upload takes as they stand."""
    reads: tuple[str, ...] = ()
    """Repair codes that the platform's own upload makes by itself, so that they are no repair of ours."""
    listed_in: str | None = None
    """The list on the platform in which a value must exist: configurations, languages or users."""
    unlisted: str | None = None
    """The finding's code for a value that is not in that list."""
    constant: str | None = None
    """What every row of the platform's file holds in this column."""

    def header(self, language: str) -> str:
        """Return the header in `language`, or in the platform's only language."""
        return self.headers.get(language) or next(iter(self.headers.values()))

    def word(self, value: str, language: str) -> str:
        """Return what the platform's file in `language` writes for the canonical `value`."""
        by_language = self.words.get(value)
        return value if by_language is None else by_language.get(language) or next(iter(by_language.values()))


@dataclass(frozen=True, slots=True)
class ApiDescription:
    """How the platform's API is spoken; it is `verified` once it was seen working."""

    connector: str
    """The module in connectors/ that speaks it."""
    verified: bool
    source: str
    paths: Mapping[str, str]
    """Action -> `METHOD path`, with `{client_id}` and the like in braces."""
    body: Mapping[str, str]
    """Canonical field -> the name (dotted path) in the platform's JSON."""
    statuses: Mapping[str, str]
    """The platform's status word -> draft, invited, active, archived, lost or failed."""
    requests_per_minute: int = 0
    """0: not stated."""
    in_flight: int = 1
    creating_mails: bool = False
    """Whether creating a client sends it a mail, so that it counts as inviting it."""
    domains: tuple[str, ...] = ()
    """The platform's own domains; a call to another one is announced first."""
    write_only: tuple[str, ...] = ()
    """Write-only fields: the platform takes them and never shows them, so that they cannot be compared."""


@dataclass(frozen=True, slots=True)
class PlatformSchema:
    """One platform as data."""

    id: str
    name: str
    country: str
    """Where its clients are unless a row says otherwise."""
    reviewed: date
    sources: Mapping[str, str]
    columns: tuple[PlatformColumn, ...]
    rules: tuple[Rule, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()
    """Groups of fields of which each row needs one."""
    matches_headers: bool = False
    """Whether the platform's own upload lets people match columns, so that other headers pass `--strict`."""
    push_options: tuple[str, ...] = ()
    """Settings of a push that are not in the file: questionnaire, share_documents, share_channel."""
    api: ApiDescription | None = None
    also_read: frozenset[str] = frozenset()
    """Fields that are read though the platform has no place for them: what several lists are joined by."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages its file's headers exist in."""
        return tuple(self.columns[0].headers)

    @property
    def creating_mails(self) -> bool:
        """Whether creating a client there sends it its mail, so that a push needs --invite."""
        return self.api is not None and self.api.creating_mails

    @property
    def fields(self) -> tuple[str, ...]:
        """The canonical fields in the order of the file."""
        return tuple(column.field for column in self.columns)

    def column(self, field: str) -> PlatformColumn | None:
        """Return the column of a canonical field, if the platform has one."""
        return next((column for column in self.columns if column.field == field), None)
