"""`runs export`: the user's own file again, with what became of every row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from clientimport.cli.command import command
from clientimport.cli.commands.runs_group import RunId, app
from clientimport.cli.console import Console
from clientimport.cli.file_options import FileOptions, ReadingOptions
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import Force, option
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import output_name, write_output
from clientimport.errors import UsageError
from clientimport.storage.workbook_name import require_workbook_name

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
    output: Annotated[Path, option("--output -o", None, "The workbook (.xlsx) to write.", "OUT"), FileRole.WRITES],
    force: Force = False,
    console: Console,
) -> CommandResult:
    """Write the run's file with four columns more: the platform's id of the client, its state, why, and when.

    The file must still be as it was.
    """
    from clientimport.api.open_ledger import open_ledger
    from clientimport.cli.resume_run import require_same_file
    from clientimport.files.writers.results_file import write_results_file
    from clientimport.push.run_history import load_run_record

    require_workbook_name(output, None)
    with open_ledger() as ledger:
        record = load_run_record(ledger, run)
        results = _results(ledger, record.id, console)
    require_same_file(record)
    table, language = _table(record), console.messages.language
    content = write_output(
        output, console, lambda path: write_results_file(table, results, path, language, force=force)
    )
    text = console.messages.plural("runs.exported", len(results), file=output_name(output))
    return CommandResult({"run": record.id, "file": str(output), "rows": len(results)}, text, 0, content)


def _results(ledger: Ledger, run_id: str, console: Console) -> dict[int, ResultsRow]:
    """Return what became of every row of the file."""
    from clientimport.api.run_reasons import row_notes
    from clientimport.files.writers.results_file import ResultsRow
    from clientimport.messages.catalog import message_catalog
    from clientimport.messages.local_time import local_moment_of
    from clientimport.push.row_accounting import account_for_rows
    from clientimport.push.run_history import load_run

    result = load_run(ledger, run_id)
    account = account_for_rows(result.rows)
    messages = message_catalog(console.messages.language, for_pages=True)  # colleagues read the workbook
    return {
        row.row: ResultsRow(
            row.result.client_id or "",
            row.result.state,
            "\n".join(row_notes(row, account, result.platform, messages, masks=console.masks)),
            local_moment_of(messages, row.reached_at),
        )
        for row in result.rows
        if row.row is not None
    }


def _table(record: RunRecord) -> Table:
    """Return the table that the run was made of, read as it was then. Raises UsageError and FileUnreadable."""
    from clientimport.api.user_decisions import read_request
    from clientimport.cli.load_file import file_keywords
    from clientimport.files.read import read_table
    from clientimport.matching.known_header import is_known_header
    from clientimport.storage.named_files import named_files

    if not record.file_sha256:
        raise UsageError("run.without_file", run=record.id)
    reading = ReadingOptions.from_document(json.loads(record.options)["reading"])
    request = read_request(file_keywords(FileOptions(reading)))
    return read_table(named_files(record.file) or record.file, request, is_known_header)
