"""`sandbox`: the embedded platform, a real HTTP server on this computer to try everything against."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.result import CommandResult
from clientimport.cli.run_command import INTERRUPTED
from clientimport.cli.safe_streams import print_result
from clientimport.cli.stdin import file_from_stdin

if TYPE_CHECKING:
    from clientimport.sandbox import SandboxOptions

app = typer.Typer()

TRYING = "For tests"


@command(
    app,
    "sandbox",
    "clientimport sandbox",
    "clientimport sandbox --port 8080 --database sandbox.db --rate-limit 60",
)
def sandbox(
    *,
    screen: Console,
    port: Annotated[int, typer.Option("--port", metavar="N", min=0, max=65535, help="0: any free one.")] = 0,
    database: Annotated[
        Path | None,
        typer.Option("--database", metavar="FILE", help="Where its data stays; default: nowhere."),
        FileRole.KEEPS,
    ] = None,
    setup: Annotated[
        Path | None,
        typer.Option("--setup", metavar="FILE.toml", help="What exists in it from the start; - for stdin."),
        FileRole.READS,
    ] = None,
    latency_ms: Annotated[
        int, typer.Option("--latency-ms", metavar="N", min=0, help="Wait before each answer.", rich_help_panel=TRYING)
    ] = 0,
    rate_limit: Annotated[
        int | None,
        typer.Option("--rate-limit", metavar="N", min=1, help="Requests per minute.", rich_help_panel=TRYING),
    ] = None,
    token_lifetime: Annotated[
        int, typer.Option("--token-lifetime", metavar="SECONDS", min=1, help="Of a sign-in.", rich_help_panel=TRYING)
    ] = 300,
    no_idempotency: Annotated[
        bool, typer.Option("--no-idempotency", help="Ignore idempotency keys.", rich_help_panel=TRYING)
    ] = False,
    allow_duplicates: Annotated[
        bool, typer.Option("--allow-duplicates", help="Take a client twice.", rich_help_panel=TRYING)
    ] = False,
    strict_users: Annotated[
        bool, typer.Option("--strict-users", help="Refuse colleagues it does not know.", rich_help_panel=TRYING)
    ] = False,
) -> CommandResult:
    """Run the embedded platform until Ctrl-C. Sign in with demo / demo.

    It prints one line with its address on stdout. Each platform stands under its own id.
    """
    from clientimport.sandbox import SandboxOptions

    options = SandboxOptions(
        database=database,
        setup=setup,
        latency_ms=latency_ms,
        rate_limit=rate_limit,
        token_lifetime=token_lifetime,
        idempotency=not no_idempotency,
        allow_duplicates=allow_duplicates,
        strict_users=strict_users,
    )
    screen.info("sandbox.how")
    return _served(options, port)


def _served(options: SandboxOptions, port: int) -> CommandResult:
    """Serve until it is stopped; the one line has been the whole answer then, also with --json."""
    from clientimport.sandbox import serve

    ready: list[str] = []

    def say(url: str) -> None:
        ready.append(url)
        print_result(f"SANDBOX listening on {url}")

    try:
        with contextlib.ExitStack() as stack:
            setup = stack.enter_context(file_from_stdin(options.setup)) if options.setup else None
            serve(dataclasses.replace(options, setup=setup), port, say)
    except KeyboardInterrupt:
        if not ready:
            raise
        return CommandResult({}, exit_code=INTERRUPTED, is_printed=True)
    return CommandResult({}, is_printed=True)
