"""`validate`: what a platform will say about a file, before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import PIPED_WIDTH, Console, output_width, supports_colour
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import MatchingOptions, PlatformOptions, ReadingOptions, RegisterOptions
from clientimport.cli.report_file import write_report
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, write_output

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientimport.model.platform_schema import PlatformSchema
    from clientimport.model.report import Report
    from clientimport.reports.protocol import ReportContext

app = typer.Typer()

WORKBOOK = "xlsx"
"""The one format that is no text: the user's own file with our marks in it."""


class FailOn(StrEnum):
    """From which severity on the exit code is 1."""

    ERROR = "error"
    WARNING = "warning"


@command(
    app,
    "validate",
    "clientimport validate clients.xlsx -p banqup-partner",
    "clientimport validate a.xlsx b.csv -p accounton --language nl --report json=report.json",
)
def validate(
    *,
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="Spreadsheets (.xlsx, .xls, .ods, .csv …), or - for stdin."),
        FileRole.READS,
    ],
    against: PlatformOptions,
    reading: ReadingOptions,
    matching: MatchingOptions,
    registers: RegisterOptions,
    screen: Console,
    format_: Annotated[
        str, typer.Option("--format", metavar="NAME", help="text, json, jsonl, csv, html, junit, sarif, github.")
    ] = "text",
    report: Annotated[
        list[str] | None,
        typer.Option("--report", metavar="FORMAT=FILE", help="A report in a file. Repeatable."),
        FileRole.WRITES_AS,
    ] = None,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="From where on the exit code is 1.")] = FailOn.ERROR,
    strict: Annotated[
        bool, typer.Option("--strict", help="Would the platform's own upload take the file as it stands?")
    ] = False,
) -> CommandResult:
    """Check files against a platform's rules. Nothing is sent and nothing is written."""
    from clientimport.cli.load_file import examine_import_file, load_import_file
    from clientimport.cli.open_account import schema_for
    from clientimport.reports.formats import FORMATS
    from clientimport.reports.json_report import report_data

    _require_format(format_)
    written = _report_files(report or [], format_)
    schema = schema_for(against)
    _require_one_stdin(files)
    _require_one_workbook(written, files)
    looked_up = partial(load_import_file, registers=registers)
    opened = (looked_up(file, schema, reading, matching, screen) for file in files)  # one at a time
    reports = [examine_import_file(one, screen, strict=strict).report for one in opened]
    occasion = _occasion(schema, screen, reports, fail_on)
    on_paper = replace(occasion, width=PIPED_WIDTH, colour=False)
    contents = [_written(path, FORMATS[name](reports, on_paper), screen) for name, path in written if name != WORKBOOK]
    contents += [_annotated(path, files[0], reports[0], reading, screen) for name, path in written if name == WORKBOOK]
    content = next((one for one in contents if one is not None), None)
    if screen.as_json:
        return CommandResult(report_data(reports, occasion), exit_code=occasion.exit_code)
    if format_ != "text":
        printed = f"{FORMATS[format_](reports, on_paper)}\n".encode()
        return CommandResult({}, exit_code=occasion.exit_code, content=printed)
    text = f"{FORMATS['text'](reports, occasion)}\n{_next(reports, schema, screen, reading, matching, registers)}"
    return CommandResult({}, text, occasion.exit_code, content)


def _require_one_stdin(files: list[str]) -> None:
    from clientimport.cli.stdin import STDIN
    from clientimport.errors import UsageError

    if files.count(STDIN) > 1:
        raise UsageError("usage.one_stdin")


def _occasion(schema: PlatformSchema, screen: Console, reports: Sequence[Report], fail_on: FailOn) -> ReportContext:
    from clientimport.model.finding import Severity
    from clientimport.reports.protocol import ReportContext

    reviewed = screen.messages.phrase("platforms.reviewed_on", date=screen.messages.format_date(schema.reviewed))
    title = f"{schema.name}, {reviewed}"
    colour = not screen.as_json and supports_colour()
    exit_code = int(any(report.fails_on(Severity(fail_on)) for report in reports))
    context = ReportContext(screen.messages, schema.id, title, exit_code, screen.masks, output_width(), colour)
    return replace(context, fails_on=Severity(fail_on))


def _report_files(asked: list[str], format_: str) -> list[tuple[str, Path]]:
    """Return the format and file of each `--report`. Raises UsageError."""
    from clientimport.errors import UsageError

    pairs = []
    for text in asked:
        name, equals, path = text.partition("=")
        if not equals or not path:
            raise UsageError("usage.report", value=text)
        if name != WORKBOOK:
            _require_format(name)
        pairs.append((name, Path(path)))
    if [path for _, path in pairs].count(STDOUT) + (format_ != "text") > 1:
        raise UsageError("usage.stdout_twice")
    return pairs


def _require_format(name: str) -> None:
    from clientimport.errors import UsageError
    from clientimport.model.did_you_mean import did_you_mean
    from clientimport.reports.formats import FORMATS

    if name not in FORMATS:
        meant = did_you_mean(name, FORMATS)
        raise UsageError("report.unknown_format", name=name, meant=meant, known=", ".join((*FORMATS, WORKBOOK)))


def _written(path: Path, text: str, screen: Console) -> bytes | None:
    return write_output(path, screen, lambda file: write_report(text, file))


def _require_one_workbook(written: list[tuple[str, Path]], files: list[str]) -> None:
    """Raise UsageError when marks of several files would go into one workbook."""
    from clientimport.errors import UsageError

    if len(files) > 1 and any(name == WORKBOOK for name, _ in written):
        raise UsageError("report.one_file")


def _annotated(path: Path, file: str, report: Report, reading: ReadingOptions, screen: Console) -> bytes | None:
    """Write the user's workbook with our marks; only one that we made before is written over."""
    from clientimport.cli.load_file import read_request
    from clientimport.cli.stdin import stdin_bytes
    from clientimport.errors import UsageError
    from clientimport.files.annotated.annotate import annotate, has_macros, is_annotated_workbook
    from clientimport.files.detect import file_content
    from clientimport.storage.output_file import require_new
    from clientimport.storage.output_file import write_output as write_file

    options = read_request(reading)
    known = {"encoding": options.encoding, "password": options.password}
    made = annotate(file_content(file, stdin_bytes(file)), report, screen.messages, masks=screen.masks, **known)
    ending = ".xlsm" if has_macros(made) else ".xlsx"
    if path != STDOUT and path.suffix.casefold() != ending:
        raise UsageError("report.ending", file=path, ending=ending)
    if options.password is not None:
        screen.warn("report.no_password", file=path)
    if path != STDOUT:
        require_new(path, force=True)
        if path.exists() and not is_annotated_workbook(path):
            raise UsageError("report.not_ours", file=path)
    return write_output(path, screen, lambda target: write_file(made, target))


def _next(reports: Sequence[Report], schema: PlatformSchema, screen: Console, *given: object) -> str:
    """Return what to type next: name the columns, mend the file, or make the upload file of it."""
    from clientimport.cli.next_command import file_arguments

    without = next((report.file for report in reports if report.lacks_columns), None)
    errors = sum(report.totals.errors for report in reports)
    key = "columns" if without else "errors" if errors else "clean"
    known = [group for group in given if not (without and isinstance(group, RegisterOptions))]  # `map` asks none
    following = file_arguments(without or reports[0].file, ["-p", schema.id], *known)
    return screen.messages.phrase(f"validate.next.{key}", given=following)
