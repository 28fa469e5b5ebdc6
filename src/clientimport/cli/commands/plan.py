"""`plan`: what a push would do with every row, against what the platform already has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Screen
from clientimport.cli.options import AccountOptions, File, Force, MatchingOptions, Output, ReadingOptions
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, for_stdout

if TYPE_CHECKING:
    from clientimport.push.plan.plan import Plan

app = typer.Typer()


@command(
    app,
    "plan",
    "clientimport plan clients.xlsx -c office",
    "clientimport plan clients.xlsx -c sandbox -p banqup-partner -o plan.json",
)
def plan(
    *,
    file: File,
    on: AccountOptions,
    reading: ReadingOptions,
    matching: MatchingOptions,
    screen: Screen,
    output: Output = None,
    force: Force = False,
) -> CommandResult:
    """Show what a push would do. Nothing is sent.

    A plan that is kept with -o can be pushed exactly as it was shown. It holds the clients' data in full, national
    register numbers too, also when it goes to stdout (-o -).
    """
    from clientimport.cli.file_warnings import warnings_data
    from clientimport.cli.load_file import planned, source_of, validated
    from clientimport.cli.next_command import next_of
    from clientimport.cli.open_account import access
    from clientimport.cli.plan_view import plan_data, plan_text
    from clientimport.cli.stdin import stdin_bytes

    with access(on, screen) as opened:
        stdin = stdin_bytes(file)
        validation = validated(file, opened.schema, reading, matching, screen, stdin)
        source = source_of(file, stdin)
        made, _ = opened.use(lambda connector: planned(validation, source, connector))
    content = output and for_stdout(output, screen, lambda path: _keep(made, path, force=force))
    text = plan_text(made, validation.report.findings, opened.heading(screen, made.account), screen)
    if output != STDOUT:
        mailing = ["--invite"] if opened.schema.creating_mails else []
        given = next_of(str(output or file), [*named(on), *mailing], *(() if output else (reading, matching)))
        text += "\n\n" + screen.words.say("plan.next", given=given)
    warnings = warnings_data((*validation.report.findings, *made.findings), screen)
    data = {**opened.data, **plan_data(made, screen), "warnings": warnings, "file": str(output) if output else None}
    return CommandResult(data, text, 1 if made.invalid else 0, content or None)


def named(on: AccountOptions) -> list[str]:
    """Return the connection as it is typed."""
    return ["-c", on.connection, *(["-p", on.platform] if on.platform else [])]


def _keep(made: Plan, output: Path, *, force: bool) -> None:
    from clientimport.push.plan.plan_file import save
    from clientimport.storage.output_file import require_new

    require_new(output, force=force)
    save(made, output)
