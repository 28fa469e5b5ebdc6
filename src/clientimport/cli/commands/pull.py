"""`pull`: read an office's clients from the program that it works with, into a file like any other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import Force, argument, option
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, output_name, write_output
from clientimport.errors import UsageError
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.did_you_mean import did_you_mean
from clientimport.settings.config_file import load_settings
from clientimport.settings.folders import folders
from clientimport.settings.secrets import connection_secret
from clientimport.storage.workbook_name import require_workbook_name

if TYPE_CHECKING:
    from clientimport.connectors.sources.protocol import PulledClients

app = typer.Typer()


@command(
    app,
    "pull",
    "clientimport pull adminpulse -o clients.xlsx",
    "CLIENTIMPORT_ADMINPULSE_SECRET=… clientimport pull adminpulse -o clients.xlsx --no-input",
)
def pull(
    *,
    source: Annotated[str, argument("SOURCE", "The program: adminpulse.")],
    output: Annotated[Path, option("--output -o", None, "The workbook (.xlsx) to write.", "OUT"), FileRole.WRITES],
    force: Force = False,
    console: Console,
) -> CommandResult:
    """Read the clients of your office from the program that you work with, into a list like any other.

    Nothing is changed there. The key comes from the environment, the keyring, or is asked.
    """
    import asyncio  # 27 ms that --help does not need

    from clientimport.cli.next_command import file_argument, next_command
    from clientimport.files.writers.source_clients import write_source_clients

    require_workbook_name(output)
    connection = _connection(source)
    prompt = console.messages.phrase("ask.secret", name=source)
    secret = connection_secret(source, (lambda: console.ask_secret(prompt)) if console.is_interactive else None)
    clients = asyncio.run(_pull_clients(source, connection, secret))
    title = console.messages.phrase("template.sheet.clients")
    content = write_output(
        output, console, lambda path: write_source_clients(clients.headers, clients.rows, path, title, force=force)
    )
    text = console.messages.plural("pull.done", len(clients.rows), file=output_name(output))
    if output != STDOUT:
        following = next_command(console, "map", [file_argument(str(output)), "-p", "PLATFORM"], of_file=False)
        text = f"{text} {console.messages.phrase('pull.next', command=following)}"
    return CommandResult({"source": source, "file": str(output), "rows": len(clients.rows)}, text, 0, content)


def _connection(source: str) -> Connection:
    """Return where the program is: a connection of its name, else its public address. Raises UsageError."""
    from clientimport.connectors.sources import ADDRESSES, SOURCES, WITHOUT_PUBLIC_API

    if source in WITHOUT_PUBLIC_API:
        raise UsageError("pull.closed", source=source)
    if source not in SOURCES:
        raise UsageError("pull.unknown", source=source, meant=did_you_mean(source, SOURCES), known=", ".join(SOURCES))
    saved = load_settings(folders().config).connections.get(source)
    return saved or Connection(source, source, ADDRESSES[source], "")


async def _pull_clients(source: str, connection: Connection, secret: str) -> PulledClients:
    from clientimport.connectors.sources import SOURCES

    session = SOURCES[source](connection, secret, Clock())
    try:
        return await session.clients()
    finally:
        await session.close()
