"""`merge`: several lists of the same clients made one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Unpack

from clientimport.api.clients import Clients, open_clients
from clientimport.api.connections import platform_schema
from clientimport.api.display import Display
from clientimport.api.english_errors import english_errors
from clientimport.api.finding_records import FINDING_COLUMNS, finding_records
from clientimport.api.frames import record_frame, text_frame
from clientimport.api.html import paragraph, result_html, table_html
from clientimport.api.keywords import MergeKeywords, texts
from clientimport.api.merge_answers import merge_answers
from clientimport.api.merge_records import conflict_record, pair_record
from clientimport.api.parse_keywords import parse_keywords
from clientimport.api.register_access import register_access, row_lookup
from clientimport.api.run_async import run_apart
from clientimport.api.source import File, parse_source
from clientimport.errors import UsageError
from clientimport.files.readers.data_frame import ROW
from clientimport.merging.cells import Given
from clientimport.merging.client_list import client_list
from clientimport.merging.evidence import ReviewPair
from clientimport.merging.keys import ALSO_READ, keys
from clientimport.merging.list_names import list_names
from clientimport.merging.merge import Merge, MergeOptions
from clientimport.merging.merge import merge as merge_lists
from clientimport.merging.merged_sheets import evidence_text
from clientimport.merging.preferences import preferences
from clientimport.merging.register_check import FIRST_ROW, look_up_merged
from clientimport.model.finding import Finding
from clientimport.model.platform_schema import PlatformSchema
from clientimport.storage.workbook_name import require_workbook_name

if TYPE_CHECKING:
    import pandas as pd

    from clientimport.files.readers.data_frame import ArrowStream
    from clientimport.registers.row_lookup import RowLookup

CONFLICTS = ("client", "field", "values", "taken", "reason", "open")
REVIEW = ("a", "b", "name_a", "name_b", "evidence")

ClientSource: TypeAlias = "str | os.PathLike[str] | bytes | list[File] | pd.DataFrame | ArrowStream | Clients"
"""A list: what `read` takes, or clients that were read."""
MergeSource: TypeAlias = "ClientSource | tuple[ClientSource, str]"
"""A list, or a list and its name."""


@dataclass(frozen=True)
class Merged:
    """One list out of several, with the source of every cell, and what a person should decide."""

    content: Merge
    schema: PlatformSchema
    display: Display
    registered: tuple[Finding, ...] = field(default=(), repr=False)
    """What the registers say of the merged list, by its rows."""

    @property
    def ok(self) -> bool:
        """Whether nothing is left to decide."""
        return not self.content.is_open

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The merged list: text, one column for each field; the index, `row`, is the row in the workbook."""
        return self._frame(lambda given: given.value)

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The list and the row that each cell of `frame` comes from, at the same place."""
        return self._frame(lambda given: given.place)

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """The fields in which lists differ: client, field, values, taken, reason, open."""
        records = [conflict_record(conflict, self.display.value) for conflict in self.content.conflicts]
        flat = ({**record, "values": _values(record["values"])} for record in records)
        return record_frame(flat, CONFLICTS, plain=("open",))

    @cached_property
    def review(self) -> pd.DataFrame:
        """The pairs of clients that may be one: where each is, and what they have in common."""
        return record_frame(map(self._pair, self.content.review), REVIEW)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What the registers say, where they were asked, by the rows of `frame`."""
        return record_frame(finding_records(self.registered, self.display), FINDING_COLUMNS, whole=("row", "sheet_row"))

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many clients there are, how many of them in several lists and in each alone, and what is open."""
        only = {f"only {listed.name}": len(self.content.only_in(listed.name)) for listed in self.content.lists}
        clients = {"clients": len(self.content.clients), "both": self.content.both, **only}
        return {**clients, "conflicts": len(self.content.open_conflicts), "review": len(self.content.review)}

    def to_excel(self, path: str | os.PathLike[str], *, language: str | None = None, force: bool = False) -> None:
        """Write the merged list with its sheets, to be read by every command and to be answered in."""
        from clientimport.files.writers.sheets import write_sheets
        from clientimport.merging.merged_sheets import merged_sheets
        from clientimport.messages.catalog import message_catalog

        with english_errors():
            require_workbook_name(Path(path))
            messages = message_catalog(self.display.in_language(language).language)
            sheets = merged_sheets(self.content, self.schema, messages)
            write_sheets(sheets, Path(path), force=force)

    def _frame(self, show: Callable[[Given], str]) -> pd.DataFrame:
        rows = [row for client in self.content.clients for row in client.rows]
        cells = {name: [row.cells.get(name) for row in rows] for name in self.schema.fields}
        columns = {name: [None if cell is None else show(cell) for cell in column] for name, column in cells.items()}
        return text_frame(columns, range(FIRST_ROW, FIRST_ROW + len(rows)), ROW)

    def _pair(self, pair: ReviewPair) -> dict[str, object]:
        record = pair_record(pair, self.display.value)
        names = (self.display.text(client.name) for client in (pair.a, pair.b))
        common = self.display.messages.series(evidence_text(shared, self.display.messages) for shared in pair.evidence)
        a, b = (f"{record[side]['source']} {record[side]['row']}" for side in ("a", "b"))
        return dict(zip(REVIEW, (a, b, *names, common), strict=True))

    def _summary(self) -> str:
        rows = " + ".join(f"{listed.name} {listed.rows}" for listed in self.content.lists)
        counts = ", ".join(f"{number} {name}" for name, number in self.counts.items() if name != "clients")
        return f"{rows} rows = {self.counts['clients']} clients: {counts}."

    def __repr__(self) -> str:
        """Return the counts, which add up."""
        return f"<Merged {self._summary()}>"

    def _repr_html_(self) -> str:
        """Return the counts, the conflicts and the pairs to review, as a notebook shows them."""
        conflicts = [conflict_record(conflict, self.display.value) for conflict in self.content.open_conflicts]
        shown = [(each["client"], each["field"], _values(each["values"]), each["taken"]) for each in conflicts]
        pairs = [[self._pair(pair)[name] for name in REVIEW] for pair in self.content.review]
        return result_html(
            "Merged",
            paragraph(self._summary()),
            table_html("Conflicts", CONFLICTS[:4], shown),
            table_html("To review", REVIEW, pairs),
        )


def _values(values: Iterable[Mapping[str, Any]]) -> str:
    """Return what the lists say: `crm 4: Gent; books 7: Gand`."""
    return "; ".join(f"{value['source']} {value['row']}: {value['value']}" for value in values)


def merge(
    sources: Sequence[MergeSource],
    *,
    platform: str | None = None,
    connection: str | None = None,
    **options: Unpack[MergeKeywords],
) -> Merged:
    """Return several lists of the same clients as one.

    A source is what `read` takes, or clients that were read; with a name as `("crm.xlsx", "crm")`. Official numbers
    join clients; what only looks alike is in `review`. The order of preference of a field, `prefer`, names lists.
    """
    with english_errors():
        options = parse_keywords(options, MergeKeywords)
        given = list(map(_named_list, _several(sources)))
        names = _names(given)
        joined_by = keys(",".join(texts(options.get("keys"))))
        schema = replace(platform_schema(platform, connection), also_read=ALSO_READ.union(joined_by))
        wishes = [f"{name}={','.join(texts(lists))}" for name, lists in options.get("prefer", {}).items()]
        preferred = preferences(wishes, names, schema.fields)
        decided, remember = options.get("decide"), not options.get("no_profile", False)
        answers = merge_answers(Path(decided) if decided is not None else None, remember=remember)
        lists = [_clients(source, schema, options) for source, _ in given]
        display = Display(options.get("language", "en"), not options.get("show_personal_data", False))
        lookup = row_lookup(options, lambda: register_access(display.language))
        named = list(zip(names, lists, strict=True))
        return run_apart(
            lambda: merge_clients(named, schema, MergeOptions(answers, joined_by, preferred), lookup, display)
        )


def merge_clients(
    named: Sequence[tuple[str, Clients]],
    schema: PlatformSchema,
    options: MergeOptions,
    lookup: RowLookup | None,
    display: Display,
) -> Merged:
    """Return lists, each with its name, as one; held against registers, and filled from them, where that is asked."""
    lists = [client_list(name, clients.validate().validation) for name, clients in named]
    merged = merge_lists(lists, schema, options)
    if lookup is None:
        return Merged(merged, schema, display)
    filled, findings = look_up_merged(merged, schema, lookup)
    return Merged(filled, schema, display, findings)


def _clients(given: ClientSource, schema: PlatformSchema, options: MergeKeywords) -> Clients:
    """Return the clients of one list, read for this platform and for what joins lists."""
    if isinstance(given, Clients):
        return given.for_schema(schema)
    left_out = ("prefer", "keys", "decide", "check", "fill_from")
    keywords: Any = {name: value for name, value in options.items() if name not in left_out}
    return open_clients(given, schema, keywords)


def _several(sources: Sequence[MergeSource]) -> Sequence[MergeSource]:
    """Return the lists. Raises UsageError for a single one: the name of a file is a sequence, too."""
    if not isinstance(sources, list | tuple):
        raise UsageError("merge.two_files")
    return sources


def _named_list(source: MergeSource) -> tuple[ClientSource, str | None]:
    """Return a list, and the name that it was given with."""
    return source if isinstance(source, tuple) else (source, None)


def _names(lists: Sequence[tuple[ClientSource, str | None]]) -> tuple[str, ...]:
    """Return the name of each list: the one it was given, else that of its file. Raises UsageError."""
    if len(lists) < 2:  # noqa: PLR2004 -- one list has nothing to be merged with
        raise UsageError("merge.two_files")
    given = {str(number): name for number, (_, name) in enumerate(lists) if name is not None}
    labels = [str(number) if name is not None else _label(source) for number, (source, name) in enumerate(lists)]
    return list_names(labels, given)


def _label(source: ClientSource) -> str:
    return source.source.name if isinstance(source, Clients) else parse_source(source).name
