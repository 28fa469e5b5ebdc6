"""`runs export`: the user's own file again, with what became of every row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.commands.runs import RunId, app
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import Force
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from clientimport.files.writers.results_file import ResultsRow
    from clientimport.model.table import Table
    from clientimport.push.ledger.ledger import Ledger
    from clientimport.push.ledger.records import RunRecord


@command(
    app,
    "runs export",
    "clientimport runs export 20261122-101500-1f3a -o done.xlsx",
    "clientimport runs export 20261122-101500-1f3a --language fr -o done.xlsx",
)
def export(
    *,
    run: RunId,
    screen: Console,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The workbook (.xlsx) to write."), FileRole.WRITES
    ],
    force: Force = False,
) -> CommandResult:
    """Write the run's file with four columns more: the platform's id of the client, its state, why, and when.

    The file must still be as it was.
    """
    from clientimport.cli.commands.runs import require_same_file
    from clientimport.cli.push_common import open_ledger
    from clientimport.cli.stdout import output_name, write_output
    from clientimport.cli.workbook_name import require_workbook_name
    from clientimport.files.writers.results_file import write_results_file
    from clientimport.push.run_history import load_run_record

    require_workbook_name(output, None)
    with open_ledger() as book:
        found = load_run_record(book, run)
        became = _done(book, found.id, screen)
    require_same_file(found)
    table, language = _table(found), screen.messages.language
    content = write_output(output, screen, lambda path: write_results_file(table, became, path, language, force=force))
    text = screen.messages.plural("runs.exported", len(became), file=output_name(output))
    return CommandResult({"run": found.id, "file": str(output), "rows": len(became)}, text, 0, content)


def _done(book: Ledger, run_id: str, screen: Console) -> dict[int, ResultsRow]:
    """Return what became of every row of the file."""
    from clientimport.cli.run_view import row_reason
    from clientimport.files.writers.results_file import ResultsRow
    from clientimport.push.run_history import load_run

    known = load_run(book, run_id)
    return {
        row.row: ResultsRow(
            row.result.client_id or "", row.result.state, row_reason(known, row, screen), row.reached_at or ""
        )
        for row in known.rows
        if row.row is not None
    }


def _table(head: RunRecord) -> Table:
    """Return the table that the run was made of, read as it was then. Raises UsageError and FileUnreadable."""
    import json

    from clientimport.cli.load_file import file_options, read_request
    from clientimport.errors import UsageError
    from clientimport.files.read import read_table
    from clientimport.matching.known_header import is_known_header

    if not head.file_sha256:
        raise UsageError("run.without_file", run=head.id)
    reading, _ = file_options(json.loads(head.options)["reading"])
    return read_table(head.file, read_request(reading), is_known_header)
