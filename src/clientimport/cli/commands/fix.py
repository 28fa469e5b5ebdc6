"""`fix`: the platform's own upload file, with every safe repair applied and no row that it would refuse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import File, Force, MatchingOptions, PlatformOptions, ReadingOptions, RegisterOptions
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, output_name, write_output
from clientimport.cli.workbook_name import require_workbook_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientimport.model.client import Client
    from clientimport.validation.validate import Validation

app = typer.Typer()
NAMED = 50
"""Rows that are named on the screen; the file of rejected rows has them all."""


@command(
    app,
    "fix",
    "clientimport fix clients.xlsx -p banqup-partner -o upload.xlsx --rejects rejects.xlsx",
    "clientimport fix clients.csv -p accounton -o upload.xlsx --language fr",
)
def fix(
    *,
    file: File,
    against: PlatformOptions,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The upload file (.xlsx) to write."), FileRole.WRITES
    ],
    reading: ReadingOptions,
    matching: MatchingOptions,
    registers: RegisterOptions,
    screen: Console,
    rejects: Annotated[
        Path | None,
        typer.Option("--rejects", metavar="FILE", help="Rows that cannot be sent, with the reasons (.xlsx)."),
        FileRole.WRITES,
    ] = None,
    force: Force = False,
) -> CommandResult:
    """Write the file that the platform's own import page takes.

    Every safe repair is applied. Rows with an error are left out, for one of them would have the whole upload refused.
    """
    from clientimport.cli.load_file import validate_file
    from clientimport.cli.open_account import schema_for

    require_workbook_name(output, rejects)
    validation = validate_file(file, schema_for(against), reading, matching, screen, registers=registers)
    clients = validation.clients
    content = _written(validation, clients, output, rejects, screen, force=force)
    data = {**_data(validation, output, rejects, screen), "rows_written": len(clients)}
    text = _text(validation, len(clients), output, rejects, screen)
    return CommandResult(data, text, 1 if validation.invalid_rows else 0, content)


def _written(
    validation: Validation,
    clients: Sequence[Client],
    output: Path,
    rejects: Path | None,
    screen: Console,
    *,
    force: bool,
) -> bytes | None:
    """Write both files; return the one that goes to stdout."""
    from clientimport.files.writers.rejected_rows import write_rejected_rows
    from clientimport.files.writers.upload_file import write_upload_file

    def upload(path: Path) -> None:
        write_upload_file(validation.schema, language, clients, path, force=force)

    def rejected(path: Path) -> None:
        write_rejected_rows(validation.table, validation.report.findings, path, language, force=force)

    language = screen.messages.language
    content = write_output(output, screen, upload)
    return content if rejects is None else write_output(rejects, screen, rejected) or content


def _data(validation: Validation, output: Path, rejects: Path | None, screen: Console) -> dict[str, object]:
    from clientimport.cli.file_warnings import warnings_data
    from clientimport.model.finding import Severity
    from clientimport.reports.json_report import finding_data

    repairs = [finding for finding in validation.report.findings if finding.severity is Severity.REPAIR]
    return {
        "file": str(output),
        "rejects": str(rejects) if rejects else None,
        "rows_in": validation.report.rows,
        "rows_rejected": len(validation.invalid_rows),
        "repairs": [finding_data(finding, screen.messages, masks=screen.masks) for finding in repairs],
        "warnings": warnings_data(validation.report.findings, screen),
    }


def _text(validation: Validation, clients: int, output: Path, rejects: Path | None, screen: Console) -> str:
    from clientimport.cli.file_warnings import warnings_text
    from clientimport.reports.row_ranges import row_ranges

    words, invalid = screen.messages, validation.invalid_rows
    lines = [
        words.plural("fix.repairs", validation.report.totals.repairs),
        *filter(None, [warnings_text(validation.report.findings, screen)]),
        words.plural("fix.written", clients, file=output_name(output)),
    ]
    if invalid:
        more = ", …" if len(invalid) > NAMED else ""
        lines.append(words.plural("fix.rejected", len(invalid), rows=row_ranges(invalid[:NAMED]) + more))
        lines.append(
            words.phrase("fix.rejects", file=output_name(rejects)) if rejects else words.phrase("fix.no_rejects")
        )
    if output != STDOUT:
        lines.append(words.phrase("fix.next", platform=validation.schema.name, file=output))
    return "\n".join(lines)
