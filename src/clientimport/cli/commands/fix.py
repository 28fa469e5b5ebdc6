"""`fix`: the platform's own upload file, with every safe repair applied and no row that it would reject."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_options import CheckedFileOptions
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import File, Force, PlatformOptions, option
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, output_name, write_output
from clientimport.model.finding import Severity
from clientimport.model.row_ranges import row_ranges
from clientimport.storage.workbook_name import require_workbook_name

if TYPE_CHECKING:
    from clientimport.api.fixed import Fixed
    from clientimport.validation.validate import Validation

app = typer.Typer()
LISTED = 50
"""Rows that are listed in the text (chosen, not measured); the file of rejected rows has them all."""


@dataclass(frozen=True, slots=True)
class FixOutput:
    """The files to write."""

    output: Annotated[Path, option("--output -o", None, "The upload file (.xlsx) to write.", "OUT"), FileRole.WRITES]
    rejects: Annotated[
        Path | None,
        option("--rejects", None, "Rows that cannot be sent, with the reasons (.xlsx).", "FILE"),
        FileRole.WRITES,
    ] = None
    force: Force = False


@command(
    app,
    "fix",
    "clientimport fix clients.xlsx -p banqup-partner -o upload.xlsx --rejects rejects.xlsx",
    "clientimport fix clients.csv -p accounton -o upload.xlsx --language fr",
)
def fix(
    *,
    file: File,
    output: FixOutput,
    against: PlatformOptions,
    checked: CheckedFileOptions,
    console: Console,
) -> CommandResult:
    """Write the file that the platform's own import page takes.

    Every safe repair is applied. Rows with an error are left out, for one of them would have the whole upload refused.
    """
    from clientimport.cli.load_file import load_checked_clients
    from clientimport.cli.open_account import schema_for

    require_workbook_name(output.output, output.rejects)
    fixed = load_checked_clients(file, schema_for(against), checked.merged(), console).fix()
    validation, content = fixed.validation, _write(fixed, output, console)
    text = _text(validation, output, console)
    return CommandResult(_data(validation, output, console), text, 1 if validation.invalid_rows else 0, content)


def _write(fixed: Fixed, output: FixOutput, console: Console) -> bytes | None:
    """Write both files; return the one that goes to stdout."""

    def upload(path: Path) -> None:
        fixed.to_excel(path, language=language, force=output.force)

    def rejects(path: Path) -> None:
        fixed.rejects_to_excel(path, language=language, force=output.force)

    language = console.messages.language
    content = write_output(output.output, console, upload, ".xlsx")
    if output.rejects is None:
        return content
    return write_output(output.rejects, console, rejects, ".xlsx") or content


def _data(validation: Validation, output: FixOutput, console: Console) -> dict[str, object]:
    from clientimport.cli.file_warnings import warnings_data
    from clientimport.cli.further_rows import further_rows_data
    from clientimport.model.findings import with_severity
    from clientimport.reports.json_report import FindingObjects

    repairs = with_severity(validation.report.findings, Severity.REPAIR)
    return {
        "file": str(output.output),
        "rejects": str(output.rejects) if output.rejects else None,
        "rows_in": validation.report.rows,
        "rows_rejected": len(validation.invalid_rows),
        "repairs": FindingObjects(repairs, console.messages, console.masks),
        "warnings": warnings_data(validation.report.findings, console),
        "rows_written": len(validation.clients),
        "further_rows": further_rows_data(validation.clients.further_rows),
    }


def _text(validation: Validation, output: FixOutput, console: Console) -> str:
    from clientimport.cli.file_warnings import warnings_text
    from clientimport.cli.further_rows import further_rows_text
    from clientimport.cli.next_steps import after_rejects
    from clientimport.messages.upload_step import upload_step

    messages, invalid = console.messages, validation.invalid_rows
    lines = [
        messages.plural("fix.repairs", validation.report.totals.repairs),
        *filter(None, [warnings_text(validation.report.findings, console)]),
        messages.plural("fix.written", len(validation.clients), file=output_name(output.output)),
        *further_rows_text(validation.clients.further_rows, console),
    ]
    if invalid:
        more = ", …" if len(invalid) > LISTED else ""
        lines.append(messages.plural("fix.rejected", len(invalid), rows=row_ranges(invalid[:LISTED]) + more))
        lines.append(after_rejects(validation.table.file, output.rejects, console))
    if output.output != STDOUT and validation.clients:
        lines.append(upload_step(messages, validation.schema, str(output.output)))
    return "\n".join(lines)
