"""`validate`: what a platform will say about a file, before anything is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console, output_width, supports_colour
from clientimport.cli.file_options import CheckedFileOptions
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import PlatformOptions, argument, option
from clientimport.cli.result import CommandResult
from clientimport.cli.stdin import STDIN
from clientimport.cli.stdout import STDOUT
from clientimport.cli.terminal_lines import PIPED_WIDTH
from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Severity
from clientimport.reports.formats import FORMATS, TEXT_FORMATS
from clientimport.reports.protocol import ReportContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientimport.model.platform_schema import PlatformSchema
    from clientimport.model.report import Report

app = typer.Typer()


class FailOn(StrEnum):
    """From which severity on the exit code is 1."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """How the reports are shown and written, and when they fail."""

    format_: Annotated[str, option("--format", None, "text, json, jsonl, csv, html, junit, sarif, github.", "NAME")] = (
        "text"
    )
    report: Annotated[
        list[str] | None,
        option("--report", None, "A report in a file. Repeatable.", "FORMAT=FILE"),
        FileRole.WRITES_AS,
    ] = None
    all_: Annotated[bool, option("--all", None, "Show every repair and every message, not a few of each kind.")] = False
    fail_on: Annotated[FailOn, option("--fail-on", None, "From where on the exit code is 1.")] = FailOn.ERROR
    strict: Annotated[bool, option("--strict", None, "Would the platform's own upload take the file as it stands?")] = (
        False
    )

    def targets(self) -> list[tuple[str, Path]]:
        """Return the format and file of each `--report`. Raises UsageError."""
        _require_format(self.format_, binary=False)
        targets = []
        for text in self.report or ():
            name, equals, path = text.partition("=")
            if not equals or not path:
                raise UsageError("usage.report", value=text)
            _require_format(name, binary=True)
            targets.append((name, Path(path)))
        if [path for _, path in targets].count(STDOUT) + (self.format_ != "text") > 1:
            raise UsageError("usage.stdout_twice")
        return targets


@command(
    app,
    "validate",
    "clientimport validate clients.xlsx -p banqup-partner",
    "clientimport validate a.xlsx b.csv -p accounton --language nl --report json=report.json",
)
def validate(
    *,
    files: Annotated[
        list[str], argument("FILE…", "Spreadsheets (.xlsx, .xls, .ods, .csv …), or - for stdin."), FileRole.READS
    ],
    output: ReportOptions,
    against: PlatformOptions,
    checked: CheckedFileOptions,
    console: Console,
) -> CommandResult:
    """Check files against a platform's rules. Nothing is sent and nothing is written."""
    from clientimport.cli.load_file import examine_clients, load_clients
    from clientimport.cli.next_steps import after_validate
    from clientimport.cli.open_account import schema_for
    from clientimport.cli.report_file import annotated_file, write_reports
    from clientimport.reports.json_report import report_data

    targets, file_options = output.targets(), checked.merged()
    schema = schema_for(against)
    _require_one_input(files, targets)
    lists = (load_clients(file, schema, file_options, console) for file in files)
    reports = [examine_clients(clients, console, strict=output.strict).validation.report for clients in lists]
    context = _context(schema, reports, output, console)
    annotate = partial(annotated_file, files[0], file_options.reading, console)
    on_paper = replace(context, width=PIPED_WIDTH, colour=False, annotate=annotate)
    content = write_reports(targets, reports, on_paper, file_options.reading, console)
    if console.as_json:
        return CommandResult(report_data(reports, context), exit_code=context.exit_code)
    if output.format_ != "text":
        printed = f"{FORMATS[output.format_](reports, on_paper)!s}\n".encode()
        return CommandResult({}, exit_code=context.exit_code, content=printed)
    following = "\n".join(after_validate(reports, schema, console, strict=output.strict))
    return CommandResult({}, f"{FORMATS['text'](reports, context)!s}\n\n{following}", context.exit_code, content)


def _require_one_input(files: list[str], targets: list[tuple[str, Path]]) -> None:
    """Raise UsageError when stdin is named twice, or when several files, or a folder, would go into one workbook."""
    if files.count(STDIN) > 1:
        raise UsageError("usage.one_stdin")
    if (len(files) > 1 or Path(files[0]).is_dir()) and any(FORMATS[name].binary for name, _ in targets):
        raise UsageError("report.one_file")


def _context(
    schema: PlatformSchema, reports: Sequence[Report], output: ReportOptions, console: Console
) -> ReportContext:
    fails_on = Severity(output.fail_on)
    reviewed = console.messages.phrase("platforms.reviewed_on", date=console.messages.format_date(schema.reviewed))
    exit_code = 1 if any(report.fails_on(fails_on) for report in reports) else 0
    return ReportContext(
        console.messages,
        schema.id,
        f"{schema.name}, {reviewed}",
        exit_code,
        console.masks,
        output_width(),
        colour=not console.as_json and supports_colour(),
        shows_all=output.all_,
        fails_on=fails_on,
    )


def _require_format(name: str, *, binary: bool) -> None:
    """Raise UsageError for a format that there is not, or that is no text where only text is possible."""
    if name not in (FORMATS if binary else TEXT_FORMATS):
        closest = did_you_mean(name, TEXT_FORMATS)
        raise UsageError("report.unknown_format", name=name, meant=closest, known=", ".join(FORMATS))
