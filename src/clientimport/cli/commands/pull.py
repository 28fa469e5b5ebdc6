"""`pull`: read an office's clients from the program that it works with, into a file like any other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole
from clientimport.cli.options import Force
from clientimport.cli.result import CommandResult
from clientimport.cli.workbook_name import require_workbook_name

if TYPE_CHECKING:
    from clientimport.connectors.sources.protocol import PulledClients
    from clientimport.model.connection import Connection

app = typer.Typer()


@command(
    app,
    "pull",
    "clientimport pull adminpulse -o clients.xlsx",
    "CLIENTIMPORT_ADMINPULSE_SECRET=… clientimport pull adminpulse -o clients.xlsx --no-input",
)
def pull(
    *,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The program: adminpulse.")],
    screen: Console,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The workbook (.xlsx) to write."), FileRole.WRITES
    ],
    force: Force = False,
) -> CommandResult:
    """Read the clients of your office from the program that you work with, into a list like any other.

    Nothing is changed there. The key comes from the environment, the keyring, or is asked.
    """
    import asyncio  # 27 ms that --help does not need

    from clientimport.cli import settings
    from clientimport.cli.stdout import output_name, write_output
    from clientimport.files.writers.source_clients import write_source_clients

    require_workbook_name(output)
    connection = _connection(source)
    prompt = screen.messages.phrase("ask.secret", name=source)
    secret = settings.secret(source, (lambda: screen.ask_secret(prompt)) if screen.is_interactive else None)
    found = asyncio.run(_pulled(source, connection, secret))
    title = screen.messages.phrase("template.sheet.clients")
    content = write_output(
        output, screen, lambda path: write_source_clients(found.headers, found.rows, path, title, force=force)
    )
    text = screen.messages.plural("pull.done", len(found.rows), file=output_name(output))
    return CommandResult({"source": source, "file": str(output), "rows": len(found.rows)}, text, 0, content)


def _connection(source: str) -> Connection:
    """Return where the program is: a connection of its name, else its public address. Raises UsageError."""
    from clientimport.cli import settings
    from clientimport.connectors.sources import ADDRESSES, SOURCES, WITHOUT_PUBLIC_API
    from clientimport.errors import UsageError
    from clientimport.model.connection import Connection
    from clientimport.model.did_you_mean import did_you_mean

    if source in WITHOUT_PUBLIC_API:
        raise UsageError("pull.closed", source=source)
    if source not in SOURCES:
        raise UsageError("pull.unknown", source=source, meant=did_you_mean(source, SOURCES), known=", ".join(SOURCES))
    saved = settings.load_settings(settings.folders().config).connections.get(source)
    return saved or Connection(source, source, ADDRESSES[source], "")


async def _pulled(source: str, connection: Connection, secret: str) -> PulledClients:
    from clientimport.connectors.sources import SOURCES
    from clientimport.model.clock import Clock

    opened = SOURCES[source](connection, secret, Clock())
    try:
        return await opened.clients()
    finally:
        await opened.close()
