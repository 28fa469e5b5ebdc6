"""The report of an account's state: looked at once, beside a file where there is one, and written as it was asked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.api.open_ledger import account_history
from clientimport.cli.console import Console
from clientimport.cli.file_options import FileOptions
from clientimport.cli.load_file import load_checked_clients
from clientimport.cli.open_account import AccountSession
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, output_name, write_output
from clientimport.errors import UsageError
from clientimport.model.clock import Clock
from clientimport.push.account_tables import ClientTables
from clientimport.push.plan.make_plan import make_plan
from clientimport.push.plan.snapshot import RemoteSnapshot, take_snapshot
from clientimport.reports.account.account_state import AccountState

if TYPE_CHECKING:
    from clientimport.push.plan.plan import Plan

PAGES, WORKBOOK = (".html", ".htm"), ".xlsx"


def require_report_name(path: Path) -> None:
    """Raise UsageError for a name that says neither page nor workbook; on stdout it is a page."""
    if path != STDOUT and path.suffix.casefold() not in (*PAGES, WORKBOOK):
        raise UsageError("usage.not_page_or_xlsx", file=path)


def account_report(file: str | None, output: Path, session: AccountSession, options: FileOptions) -> CommandResult:
    """Return what was written: the state of the account, or of the clients of a file on it."""
    console = session.console
    if file is None:
        snapshot = session.run(take_snapshot)
        state = _state(session, snapshot, None, None)
    else:
        validated = load_checked_clients(file, session.schema, options, console).validated()
        snapshot = session.run(take_snapshot)
        state = _state(session, snapshot, file, make_plan(validated.validation, snapshot, validated.source))
    content = write_output(output, console, lambda path: _write(state, path, output, console))
    data = {**session.data, "source": file, "file": str(output), "counts": state.counts()}
    return CommandResult(data, _text(state, output, session, snapshot), 0, content)


def _state(session: AccountSession, snapshot: RemoteSnapshot, file: str | None, plan: Plan | None) -> AccountState:
    now = Clock().now()
    making = ClientTables(account_history(session.account, snapshot.account), now)
    tables = making.of_account(snapshot.clients) if plan is None else making.of_file(plan, snapshot.clients)
    return AccountState(
        session.schema.id,
        session.heading(snapshot.account),
        session.connection.sandbox,
        now.astimezone(),
        None if file is None else Path(file).name,
        tables.rows,
        tables.clients,
        tables.differences,
        tables.only_on_platform,
    )


def _write(state: AccountState, path: Path, asked: Path, console: Console) -> None:
    """Write the report in the format that its name asks for; an earlier report is replaced, a list of the user never.

    Raises UsageError and FileUnreadable.
    """
    language, masks = console.messages.language, console.masks
    if asked.suffix.casefold() == WORKBOOK:
        from clientimport.files.writers.account_workbook import is_account_workbook, write_account_workbook

        if path.exists() and not is_account_workbook(path):
            raise UsageError("report.not_ours", file=asked)
        write_account_workbook(state, path, language, masks=masks)
        return
    from clientimport.cli.report_file import write_report
    from clientimport.reports.account.account_page import account_page

    write_report(account_page(state, language, masks=masks), path)


def _text(state: AccountState, path: Path, session: AccountSession, snapshot: RemoteSnapshot) -> str:
    """Return the numbers that the report begins with, and where it is."""
    messages, counts = session.console.messages, state.counts()
    of_file = ("not_on_platform", "with_differences", "only_on_platform") if state.file is not None else ()
    parts = [(messages.phrase(f"account.tile.{key}"), counts[key]) for key in ("on_platform", "unanswered", *of_file)]
    statuses = [(messages.status_label(status, state.platform), number) for status, number in state.by_status().items()]
    lines = [" · ".join(messages.with_label(*pair) for pair in pairs) for pairs in (parts, statuses) if pairs]
    written = messages.phrase("account.written", file=output_name(path))
    return "\n".join((session.heading(snapshot.account), *lines, written))
