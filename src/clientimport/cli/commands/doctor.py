"""`doctor`: what would keep this computer from working, found before it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.completion_values import CONNECTIONS, PLATFORMS
from clientimport.cli.console import Console
from clientimport.cli.list_format import FormatOption, ListFormat, list_result
from clientimport.cli.options import option
from clientimport.cli.result import CommandResult
from clientimport.settings.defaults import usable_defaults

if TYPE_CHECKING:
    from clientimport.cli.health_checks import HealthCheck

app = typer.Typer()


@command(
    app,
    "doctor",
    "clientimport doctor",
    "clientimport doctor -c office --json",
    settings=usable_defaults,
)
def doctor(
    *,
    connection: Annotated[
        str | None,
        option(
            "--connection -c",
            None,
            "Sign in to this account too, and compare the clocks.",
            "NAME",
            autocompletion=CONNECTIONS,
        ),
    ] = None,
    platform: Annotated[
        str | None,
        option(
            "--platform -p",
            None,
            "Of the sandbox, with -c sandbox.",
            "PLATFORM",
            autocompletion=PLATFORMS,
        ),
    ] = None,
    format_: FormatOption = ListFormat.TEXT,
    console: Console,
) -> CommandResult:
    """Check Python, your folders, the record of what was sent and the keyring. Nothing is asked of the network.

    With -c the account is signed in to, and this computer's clock is compared with the platform's.
    """
    from clientimport.cli.account_checks import account_checks, shared_record_checks
    from clientimport.cli.health_checks import CheckState, health_checks

    checks = list(health_checks(console))
    if connection is not None:
        checks = [*checks, *shared_record_checks(console), *account_checks(connection, platform, console)]
    rows = [{"check": check.name, "state": check.state.value, "message": check.message} for check in checks]
    phrase = console.messages.phrase
    shown = [(phrase(f"doctor.{check.state}"), _name(check, console), check.message) for check in checks]
    headings = [phrase(f"doctor.{key}") for key in ("state", "check", "message")]
    stops = any(check.state is CheckState.STOPS for check in checks)
    end = phrase("doctor.stopped" if stops else "doctor.works")
    result = CommandResult({"checks": rows}, f"{console.table(headings, shown, whole=2)}\n\n{end}", 1 if stops else 0)
    return list_result(result, rows, format_, console, ("check", "state", "message"))


def _name(check: HealthCheck, console: Console) -> str:
    """Return what was looked at, in the language; programs read the name in JSON."""
    if check.name == "shared record":
        return console.messages.phrase("doctor.check.shared_record")
    kind, _, name = check.name.partition(" ")
    return console.messages.phrase(f"doctor.check.{kind}", name=name)
