"""Mails that are held: the commands that settle each, to be pasted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.cli.next_command import edit_command, invite_command, is_run_of_file, language_words, push_command
from clientimport.connectors import offers
from clientimport.connectors.protocol import Updates
from clientimport.messages.finding_messages import finding_advice
from clientimport.schema.loader import load_schema

if TYPE_CHECKING:
    from clientimport.model.finding import Finding
    from clientimport.push.run_result import RunResult, RunRow

OTHER, CORRECTED = "mail.other_address", "mail.corrected"
DOUBTED = ("contact_email.placeholder", "contact_email.undeliverable", "email.reserved_domain")
KINDS = ((OTHER,), (CORRECTED,), DOUBTED)
"""What is settled in the same way."""


def held_mail_commands(run: RunResult, rows: Sequence[RunRow], console: Console) -> tuple[str, ...]:
    """Return the lines that settle what holds these rows, or what was named of them: what it does, and the command."""
    lines: dict[str, None] = {}
    phrase, language = console.messages.phrase, language_words(console)
    for kind in KINDS:
        for is_held in (True, False):
            rows_of_kind = [row for row in rows if row.first and _finding(row, kind) and _is_held(row) is is_held]
            if rows_of_kind:
                commands = tuple(_commands(run, kind, rows_of_kind, is_held=is_held))
                lines.update((f"{phrase(f'held.{key}')}  {line}{language}", None) for key, line in commands)
                lines.update(
                    () if commands else ((sentence, None) for sentence in _advice(rows_of_kind, kind, console))
                )
    return tuple(lines)


def _commands(
    run: RunResult, kind: tuple[str, ...], rows: Sequence[RunRow], *, is_held: bool
) -> Iterator[tuple[str, str]]:
    """Yield what each command does and the command, for rows that one thing is to be said of."""
    numbers = [row.row for row in rows if row.row is not None]
    if kind == DOUBTED:
        if is_held and (is_run_of_file(run) or rows[0].result.client_id):
            yield "anyway", _mail_command(run, numbers, mail_anyway=True)
        return
    if is_held:
        edits = tuple(_address_commands(run, numbers, rows, kind))
        yield from (("ours", line) for line in edits)
        if edits and OTHER in kind and not is_run_of_file(run):
            yield "then", invite_command(run, numbers)
    if CORRECTED in kind:
        yield "resend", invite_command(run, numbers, resend=True)
    if is_held:
        yield "theirs", _mail_command(run, numbers, mail_as_on_platform=True)


def _advice(rows: Sequence[RunRow], kind: tuple[str, ...], console: Console) -> Iterator[str]:
    """Yield in words what to do, where there is no command that could be given again."""
    for row in rows:
        if finding := _finding(row, kind):
            yield finding_advice(console.messages, finding, show_personal_data=not console.masks)


def _mail_command(run: RunResult, numbers: Sequence[int], **decided: bool) -> str:
    """Return the run's own kind of command, with what was decided."""
    if run.command == "push" and is_run_of_file(run):
        return push_command(run, numbers, **decided)
    return invite_command(run, numbers, **decided)


def _address_commands(
    run: RunResult, numbers: Sequence[int], rows: Sequence[RunRow], kind: tuple[str, ...]
) -> Iterator[str]:
    """Yield the commands that give the platform the address of the file, where it lets one change it."""
    if not offers(load_schema(run.platform), Updates):
        return
    if is_run_of_file(run):
        yield push_command(run, numbers, update=["contact_email"], invite=OTHER in kind)
        return
    for row in rows:
        finding = _finding(row, kind)
        if finding is not None and row.result.client_id:
            yield edit_command(run, row.result.client_id, finding.value or "")


def _finding(row: RunRow, kind: tuple[str, ...]) -> Finding | None:
    findings = (finding for finding in row.result.findings if row.result.state != "invalid")
    return next((finding for finding in findings if finding.code in kind), None)


def _is_held(row: RunRow) -> bool:
    return row.result.state == "held"
