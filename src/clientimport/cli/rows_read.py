"""Which rows of a file were read, said beside the result of commands that show only what is about single rows."""

from __future__ import annotations

from clientimport.cli.console import Console
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.model.finding import Severity
from clientimport.model.table import Table

_CODES = ("rows.left_out", "rows.no_such_value", "rows.all_left_out", "rows.none")


def tell_rows_read(table: Table, console: Console) -> None:
    """Say how many rows a condition left out, and warn of a value that no row has and of a list without any row.

    Not with `--quiet`: a job that runs every night may find nothing to do.
    """
    words = console.messages
    for finding in table.findings:
        if finding.code in _CODES:
            advice = f" {finding_advice(words, finding)}" if finding.severity is Severity.WARNING else ""
            console.print(f"{table.file}: {finding_message(words, finding)}{advice}")
