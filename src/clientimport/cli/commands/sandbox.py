"""`sandbox`: the embedded platform, a real HTTP server on this computer to try everything against."""

from __future__ import annotations

import contextlib
import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import option
from clientimport.cli.result import CommandResult
from clientimport.cli.run_command import INTERRUPTED
from clientimport.cli.safe_streams import print_result
from clientimport.cli.stdin import file_from_stdin
from clientimport.sandbox import SandboxOptions, serve

app = typer.Typer()

TEST_PANEL = "For tests"


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """How the embedded platform runs."""

    port: Annotated[int, option("--port", None, "0: any free one.", "N", min=0, max=65535)] = 0
    database: Annotated[
        Path | None, option("--database", None, "Where its data stays; default: nowhere.", "FILE"), FileRole.KEEPS
    ] = None
    setup: Annotated[
        Path | None,
        option("--setup", None, "What exists in it from the start; - for stdin.", "FILE.toml"),
        FileRole.READS,
    ] = None
    latency_ms: Annotated[int, option("--latency-ms", TEST_PANEL, "Wait before each answer.", "N", min=0)] = 0
    rate_limit: Annotated[int | None, option("--rate-limit", TEST_PANEL, "Requests per minute.", "N", min=1)] = None
    token_lifetime: Annotated[int, option("--token-lifetime", TEST_PANEL, "Of a sign-in.", "SECONDS", min=1)] = 300
    no_idempotency: Annotated[bool, option("--no-idempotency", TEST_PANEL, "Ignore idempotency keys.")] = False
    allow_duplicates: Annotated[bool, option("--allow-duplicates", TEST_PANEL, "Take a client twice.")] = False
    strict_users: Annotated[bool, option("--strict-users", TEST_PANEL, "Refuse colleagues it does not know.")] = False


@command(
    app,
    "sandbox",
    "clientimport sandbox",
    "clientimport sandbox --port 8080 --database sandbox.db --rate-limit 60",
)
def sandbox(*, server: ServerOptions, console: Console) -> CommandResult:
    """Run the embedded platform until Ctrl-C. Sign in with demo / demo.

    It prints one line with its address on stdout. Each platform stands under its own id.
    """
    options = SandboxOptions(
        database=server.database,
        setup=server.setup,
        latency_ms=server.latency_ms,
        rate_limit=server.rate_limit,
        token_lifetime=server.token_lifetime,
        idempotency=not server.no_idempotency,
        allow_duplicates=server.allow_duplicates,
        strict_users=server.strict_users,
    )
    console.info("sandbox.how")
    return _serve(options, server.port)


def _serve(options: SandboxOptions, port: int) -> CommandResult:
    """Serve until Ctrl-C; the line with the address is the whole answer, also with --json."""
    ready: list[str] = []

    def announce(url: str) -> None:
        ready.append(url)
        print_result(f"SANDBOX listening on {url}")

    try:
        with contextlib.ExitStack() as stack:
            setup = stack.enter_context(file_from_stdin(options.setup)) if options.setup else None
            serve(dataclasses.replace(options, setup=setup), port, announce)
    except KeyboardInterrupt:
        if not ready:
            raise
        return CommandResult({}, exit_code=INTERRUPTED, is_printed=True)
    return CommandResult({}, is_printed=True)
