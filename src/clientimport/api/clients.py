"""Clients: a list as it was read for one platform, with what its columns are taken for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

from clientimport.api.display import Display
from clientimport.api.english_errors import english_errors
from clientimport.api.fixed import Fixed
from clientimport.api.frames import record_frame
from clientimport.api.html import paragraph, result_html, table_html
from clientimport.api.keywords import FileKeywords, Labels, PushKeywords, texts
from clientimport.api.parse_keywords import parse_keywords
from clientimport.api.profiles import profile_store
from clientimport.api.register_access import Registers, register_access, row_lookup
from clientimport.api.report import Report
from clientimport.api.run_async import run_apart, run_sync
from clientimport.api.source import FileSource, FrameSource, Source, parse_source
from clientimport.api.user_decisions import OF_FILES, read_request, reading_document, user_decisions
from clientimport.errors import UsageError
from clientimport.model.platform_schema import PlatformSchema
from clientimport.validation.import_file import ImportFile, import_table, match_table
from clientimport.validation.validate import Validation

if TYPE_CHECKING:  # what a plan needs is imported where one is made: a tenth of what 200 rows take (measured)
    import pandas as pd

    from clientimport.api.plan import Plan
    from clientimport.api.platform_account import PlatformAccount
    from clientimport.api.push_steps import ValidatedClients
    from clientimport.push.push_request import PushRequest

COLUMNS = ("column", "header", "field", "certain", "used", "confidence", "reasons")


@dataclass(frozen=True)
class Clients:
    """A list of clients. Its methods return a new one, or what is made of it; none of them sends anything."""

    import_file: ImportFile
    source: FileSource | FrameSource
    keywords: FileKeywords = field(repr=False)
    registers: Registers = field(repr=False)

    @property
    def display(self) -> Display:
        """How what is made of the list is shown."""
        return _display(self.keywords)

    @cached_property
    def columns(self) -> pd.DataFrame:
        """What each column is taken for, how sure that is, and why."""
        return record_frame(self._column_records(), COLUMNS, plain=("certain", "used", "confidence"))

    def map(
        self,
        columns: Labels | None = None,
        *,
        profile: str | None = None,
        accept_proposals: bool | None = None,
    ) -> Clients:
        """Return the list with these columns (header or letter -> field, or `ignore`), or a saved mapping.

        `accept_proposals` takes columns that are only proposed, as a push needs them to be certain.
        """
        known: dict[Any, str] = {**self.keywords.get("columns", {})}
        with english_errors():
            given = parse_keywords({"columns": columns}, FileKeywords).get("columns", {})
        changes: FileKeywords = {"columns": known | dict(given)}
        if profile is not None:
            changes |= {"profile": profile, "no_profile": False}
        if accept_proposals is not None:
            changes |= {"accept_proposals": accept_proposals}
        return self._with(changes)

    def compose(self, **fields: str) -> Clients:
        """Return the list with fields put together from columns and fixed words: `legal_name="Naam + Rechtsvorm"`."""
        return self._with({"composed": {**self.keywords.get("composed", {}), **fields}})

    def default(self, **fields: str) -> Clients:
        """Return the list with a value for fields that have none: `country="BE"`."""
        return self._with({"defaults": {**self.keywords.get("defaults", {}), **fields}})

    def value(self, **fields: Mapping[str, str]) -> Clients:
        """Return the list with what words mean in a field: `country={"Holland": "NL"}`."""
        known = self.keywords.get("values", {})
        with english_errors():
            given = parse_keywords({"values": fields}, FileKeywords)["values"]
        return self._with({"values": {**known, **{name: {**known.get(name, {}), **given[name]} for name in given}}})

    def check(self, *registers: str) -> Clients:
        """Return the list held against registers when it is validated: `kbo`, `vies`, `peppol`."""
        return self._with({"check": [*texts(self.keywords.get("check")), *registers]})

    def fill_from(self, register: str) -> Clients:
        """Return the list with empty names and addresses filled from a register when it is validated: `kbo`."""
        return self._with({"fill_from": register})

    def validate(self, *, strict: bool = False) -> Report:
        """Return everything noticed; when `strict`, whether the platform's own upload takes the list as it stands."""
        with english_errors():
            return Report(run_apart(lambda: self.import_file.validate_incomplete(strict=strict)), self.display)

    def fix(self) -> Fixed:
        """Return what can be sent, with every safe repair. Raises ColumnsMissing."""
        with english_errors():
            return Fixed(self.validation, self.display)

    def plan(self, account: PlatformAccount, **options: Unpack[PushKeywords]) -> Plan:
        """Return what a push with these options would do with every row. Nothing is sent.

        Raises ColumnsMissing for a required field without a column, and PlatformUnreachable.
        """
        with english_errors():
            start, request = self._to_plan(account, options)
            return run_sync(lambda: self._plan(start, account, request))

    async def aplan(self, account: PlatformAccount, **options: Unpack[PushKeywords]) -> Plan:
        """Do what `plan` does, in an event loop."""
        with english_errors():
            start, request = self._to_plan(account, options)
            return await self._plan(start, account, request)

    def _to_plan(self, account: PlatformAccount, options: PushKeywords) -> tuple[ValidatedClients, PushRequest]:
        from clientimport.api.push_request import push_request

        self.require_platform_of(account)
        options = parse_keywords(options, PushKeywords)
        request = push_request(options, account.connection, account.schema, reading_document(self.keywords))
        return self.validated(), request

    async def _plan(self, start: ValidatedClients, account: PlatformAccount, request: PushRequest) -> Plan:
        from clientimport.api.plan import Plan
        from clientimport.api.push_steps import plan_clients

        plan, lists = await account.use(lambda connector: plan_clients(start, connector, request))
        proposals = None if self.keywords.get("accept_proposals") else self.import_file
        return Plan(plan, account, self.display, lists, start.validation.report.findings, request.reading, proposals)

    def require_platform_of(self, account: PlatformAccount) -> None:
        """Raise UsageError for what is no account, and when the list was read for another platform than its."""
        from clientimport.api.platform_account import PlatformAccount

        if not isinstance(account, PlatformAccount):
            raise UsageError("account.kind", kind=repr(account))
        ours, theirs = self.import_file.schema.id, account.schema.id
        if ours != theirs:
            raise UsageError("clients.other_platform", read=ours, platform=theirs)

    @cached_property
    def validation(self) -> Validation:
        """What the program itself works with. Raises ColumnsMissing when a required field has no column."""
        return run_apart(self.import_file.validate)

    def validated(self) -> ValidatedClients:
        """Return the validation, with how the list is known again. Raises ColumnsMissing."""
        from clientimport.api.push_steps import ValidatedClients

        return ValidatedClients(self.validation, self.source.plan_source(self.import_file.table))

    def for_schema(self, schema: PlatformSchema) -> Clients:
        """Return the list matched for a schema that reads more of it. Raises UsageError for another platform's."""
        if schema.id != self.import_file.schema.id:
            raise UsageError("clients.other_platform", read=self.import_file.schema.id, platform=schema.id)
        matched = match_table(self.import_file.table, schema, user_decisions(self.keywords), profile_store())
        return replace(self, import_file=replace(matched, registers=self.import_file.registers))

    def with_import_file(self, import_file: ImportFile) -> Clients:
        """Return the list with columns that were decided elsewhere."""
        return replace(self, import_file=import_file)

    def _with(self, changes: FileKeywords) -> Clients:
        with english_errors():
            keywords = parse_keywords({**self.keywords, **changes}, FileKeywords)
            table, schema = self.import_file.table, self.import_file.schema
            matched = match_table(table, schema, user_decisions(keywords), profile_store())
            return replace(self, import_file=_decided(matched, keywords, self.registers), keywords=keywords)

    def _column_records(self) -> list[dict[str, object]]:
        return [
            {
                "column": match.column.letter,
                "header": self.display.text(match.column.header),
                "field": match.field,
                "certain": match.certain,
                "used": match.used,
                "confidence": round(match.confidence, 2),
                "reasons": ", ".join(reason.code for reason in match.reasons),
            }
            for match in self.import_file.mapping.matches
        ]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.import_file.table.rows)

    def _summary(self) -> str:
        mapping, table = self.import_file.mapping, self.import_file.table
        profile = f" Saved mapping {mapping.profile} is used." if mapping.profile else ""
        missing = f" No column for {', '.join(self.import_file.missing)}." if self.import_file.missing else ""
        proposed = len(mapping.proposals)
        proposals = f", {proposed} of them only proposed" if proposed else ""
        head = f"{self.display.file(table.file)} for {self.import_file.schema.name}: {len(self)} rows, "
        return f"{head}{len(table.columns)} columns{proposals}.{profile}{missing}"

    def __repr__(self) -> str:
        """Return the counts, and what is open about the columns."""
        return f"<Clients {self._summary()}>"

    def _repr_html_(self) -> str:
        """Return what the columns are taken for, as a notebook shows it."""
        shown = ("column", "header", "field", "certain", "used")
        rows = [[record[name] for name in shown] for record in self._column_records()]
        return result_html("Clients", paragraph(self._summary()), table_html("Columns", shown, rows))


def open_clients(
    source: Source | FileSource, schema: PlatformSchema, keywords: FileKeywords, registers: Registers | None = None
) -> Clients:
    """Return the clients in a source, read and matched for one platform.

    Raises FileUnreadable, SettingsUnusable for a profile, and UsageError for what does not go together.
    """
    given, request, decisions = parse_source(source), read_request(keywords), user_decisions(keywords)
    language = _display(keywords).language
    for name in OF_FILES:
        if isinstance(given, FrameSource) and keywords.get(name):
            raise UsageError("frame.file_keyword", name=name)
    matched = import_table(lambda known: given.read(request, known), schema, decisions, profile_store())
    access = registers or (lambda: register_access(language))
    return Clients(_decided(matched, keywords, access), given, keywords, access)


def _display(keywords: FileKeywords) -> Display:
    return Display(keywords.get("language", "en"), not keywords.get("show_personal_data", False))


def _decided(import_file: ImportFile, keywords: FileKeywords, registers: Registers) -> ImportFile:
    """Return the list with its proposals accepted and held against registers, where that was asked for."""
    if keywords.get("accept_proposals"):
        import_file = import_file.accept_proposals()
    return replace(import_file, registers=row_lookup(keywords, registers))
