"""`merge`: several lists of the same clients into one, with what differs and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from operator import not_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_options import CheckedFileOptions, FileOptions
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import Force, PlatformOptions, argument, option
from clientimport.cli.result import CommandResult
from clientimport.cli.stdin import STDIN
from clientimport.cli.stdout import STDOUT, output_name, write_output
from clientimport.errors import UsageError
from clientimport.storage.workbook_name import require_workbook_name

if TYPE_CHECKING:
    from clientimport.api.clients import Clients
    from clientimport.api.merging import Merged
    from clientimport.merging.client_list import ClientList
    from clientimport.merging.merge import Merge, MergeOptions
    from clientimport.model.finding import Finding
    from clientimport.model.platform_schema import PlatformSchema

app = typer.Typer()
MERGING = "Merging"


@dataclass(frozen=True, slots=True)
class MergeOutput:
    """The file to write."""

    output: Annotated[Path, option("--output -o", None, "The merged list (.xlsx) to write.", "OUT"), FileRole.WRITES]
    force: Force = False


@dataclass(frozen=True, slots=True)
class MergingOptions:
    """What a person says about the lists."""

    names: Annotated[
        list[str] | None,
        option("--name", MERGING, "What a list is called: crm.xlsx=crm. Repeatable.", "LIST=NAME"),
    ] = None
    keys: Annotated[
        str | None,
        option(
            "--key",
            MERGING,
            "What the lists share beside official numbers: client_code, external_reference.",
            "FIELD,…",
        ),
    ] = None
    prefer: Annotated[
        list[str] | None,
        option(
            "--prefer",
            MERGING,
            "Which list wins where they differ: contact_email=crm,books; '*=crm' for every field. Repeatable.",
            "FIELD=NAME,NAME",
        ),
    ] = None
    decide: Annotated[
        Path | None,
        option("--decide", MERGING, "An earlier merged workbook with its Review sheet filled in.", "FILE"),
        FileRole.READS,
    ] = None


@command(
    app,
    "merge",
    "clientimport merge crm.xlsx accounting.csv -p banqup-partner -o merged.xlsx",
    "clientimport merge crm.xlsx books.csv -p banqup-partner -o next.xlsx --decide merged.xlsx --prefer '*=crm'",
)
def merge(
    *,
    files: Annotated[list[str], argument("FILE FILE…", "The lists, or - for one on stdin."), FileRole.READS],
    against: PlatformOptions,
    output: MergeOutput,
    merging: MergingOptions,
    checked: CheckedFileOptions,
    console: Console,
) -> CommandResult:
    """Make one list of several: the CRM's contacts, the accounting program's numbers, the mandates.

    Official numbers join clients; what only looks alike is listed for you to decide. No cell is decided silently.
    """
    from clientimport.api.display import Display
    from clientimport.api.merging import merge_clients
    from clientimport.api.register_access import row_lookup
    from clientimport.cli.load_file import file_keywords
    from clientimport.cli.open_account import schema_for
    from clientimport.cli.register_access import console_register_access
    from clientimport.merging.keys import ALSO_READ, keys

    require_workbook_name(output.output)
    file_options, names, joined_by = checked.merged(), _names(files, merging), keys(merging.keys)
    schema = replace(schema_for(against), also_read=ALSO_READ.union(joined_by))
    merge_options = _options(merging, names, joined_by, schema, remember=not file_options.matching.no_profile)
    lookup = row_lookup(file_keywords(file_options), lambda: console_register_access(console))
    reader = _Reader(names, schema, file_options, console)
    named = [(name, reader.read(file, name)) for file, name in zip(files, names, strict=True)]
    merged = merge_clients(named, schema, merge_options, lookup, Display(console.messages.language, console.masks))
    content = write_output(output.output, console, lambda path: merged.to_excel(path, force=output.force), ".xlsx")
    text = _text(merged, output.output, console)
    return CommandResult(_data(merged, output.output, console), text, 0 if merged.ok else 1, content)


def _names(files: Sequence[str], merging: MergingOptions) -> tuple[str, ...]:
    from clientimport.cli.load_file import parse_pairs
    from clientimport.merging.list_names import list_names

    if len(files) < 2:  # noqa: PLR2004 -- one list has nothing to be merged with
        raise UsageError("merge.two_files")
    if files.count(STDIN) > 1:
        raise UsageError("usage.one_stdin")
    return list_names(files, parse_pairs("--name", merging.names or [], "FILE=NAME"))


def _options(
    merging: MergingOptions, names: Sequence[str], keys: tuple[str, ...], schema: PlatformSchema, *, remember: bool
) -> MergeOptions:
    from clientimport.api.merge_answers import merge_answers
    from clientimport.merging.merge import MergeOptions
    from clientimport.merging.preferences import preferences

    prefer = preferences(merging.prefer or [], names, schema.fields)
    return MergeOptions(merge_answers(merging.decide, remember=remember), keys, prefer)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the lists, each as the options for it say."""

    names: tuple[str, ...]
    schema: PlatformSchema
    options: FileOptions
    console: Console

    def read(self, file: str, name: str) -> Clients:
        """Return one list; a required column that it lacks may be in another one."""
        from clientimport.cli.load_file import load_clients, print_proposals
        from clientimport.cli.rows_read import tell_rows_read
        from clientimport.merging.list_names import options_for_list

        reading, matching = self.options.reading, self.options.matching
        options = FileOptions(
            replace(reading, where=options_for_list(reading.where or [], name, self.names)),
            replace(matching, decisions=options_for_list(matching.decisions or [], name, self.names)),
        )
        clients = load_clients(file, self.schema, options, self.console)
        print_proposals(clients.import_file, self.console)
        tell_rows_read(clients.import_file.table, self.console)
        return clients


def _data(merged: Merged, output: Path, console: Console) -> dict[str, object]:
    from clientimport.api.merge_records import conflict_record, pair_record
    from clientimport.reports.json_report import finding_data

    content, show = merged.content, console.display_value
    conflicts = [conflict_record(conflict, show) for conflict in content.conflicts]
    is_open = [record.pop("open") for record in conflicts]
    findings = [finding_data(finding, console.messages, masks=console.masks) for finding in merged.registered]
    return {
        "file": str(output),
        "sources": [_list_data(listed) for listed in content.lists],
        "clients": len(content.clients),
        "both": content.both,
        "only": {listed.name: len(content.only_in(listed.name)) for listed in content.lists},
        "conflicts": list(compress(conflicts, is_open)),
        "decided": list(compress(conflicts, map(not_, is_open))),
        "review": [pair_record(pair, show) for pair in content.review],
        "findings": findings,
    }


def _list_data(listed: ClientList) -> Mapping[str, object]:
    return {
        "name": listed.name,
        "file": listed.file,
        "rows": listed.rows,
        "repairs": listed.repairs,
        "unused": list(listed.unused),
    }


def _text(merged: Merged, output: Path, console: Console) -> str:
    content = merged.content
    registered = _registered(merged.registered, console)
    return "\n".join(
        (*_counts(content, console), *_remarks(content, console), *registered, *_next(content, output, console))
    )


def _registered(findings: Sequence[Finding], console: Console) -> Iterator[str]:
    """Yield what the registers say of the merged list, by its rows."""
    from clientimport.cli.file_warnings import warnings_text

    filled = sum(finding.code == "kbo.filled" for finding in findings)
    if filled:
        yield console.messages.plural("merge.filled", filled)
    if warnings := warnings_text(findings, console):
        yield warnings


def _counts(merged: Merge, console: Console) -> Iterator[str]:
    """Yield the counts, which add up: every row of every list is in one client."""
    messages = console.messages
    rows = " + ".join(f"{listed.name} {listed.rows}" for listed in merged.lists)
    yield messages.plural("merge.counts", len(merged.clients), rows=rows)
    yield messages.plural("merge.in_several", merged.both)
    for listed in merged.lists:
        yield messages.plural("merge.only", len(merged.only_in(listed.name)), name=listed.name)
    if not merged.is_open:
        yield messages.phrase("merge.nothing_open")
    if merged.open_conflicts:
        yield messages.plural("merge.conflicts", len(merged.open_conflicts))
    if merged.review:
        yield messages.plural("merge.review", len(merged.review))


def _remarks(merged: Merge, console: Console) -> Iterator[str]:
    """Yield what was left out or repaired."""
    from clientimport.cli.next_command import file_argument, next_command

    messages = console.messages
    for listed in merged.lists:
        if listed.repairs:
            looking = next_command(console, "validate", [file_argument(listed.file)], without=("--set", "--where"))
            yield messages.plural("merge.repairs", listed.repairs, name=listed.name, command=looking)
        if listed.unused:
            yield messages.phrase("merge.unused", name=listed.name, headers=", ".join(listed.unused))
    for shared in merged.shared:
        facts = {"label": messages.label(shared.field), "value": console.display_value(shared.field, shared.value)}
        yield messages.plural("merge.shared", shared.clients, **facts)


def _next(merged: Merge, output: Path, console: Console) -> Iterator[str]:
    from clientimport.cli.free_name import free_name
    from clientimport.cli.next_command import file_argument, next_command

    messages = console.messages
    yield messages.phrase("merge.written", file=output_name(output))
    if merged.review:
        lists = [file_argument(listed.file) for listed in merged.lists]
        words = [*lists, "-o", free_name(output), "--decide", str(output)]
        facts = {"sheet": messages.phrase("merge.sheet.review"), "file": output_name(output)}
        yield messages.phrase("merge.next.review", command=next_command(console, "merge", words), **facts)
    if merged.open_conflicts:
        yield messages.phrase("merge.next.conflicts", sheet=messages.phrase("merge.sheet.conflicts"))
    if output != STDOUT:
        following = next_command(console, "validate", [file_argument(str(output))], of_file=False)
        yield messages.phrase("merge.next.validate", command=following)
