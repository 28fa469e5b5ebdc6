"""`connections`: the accounts on platforms that this person has, without their secrets."""

from __future__ import annotations

from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.completion_values import CONNECTIONS, PLATFORMS
from clientimport.cli.console import Console
from clientimport.cli.list_format import FormatOption, ListFormat, list_result
from clientimport.cli.options import AccountOptions, Yes, argument, option
from clientimport.cli.result import CommandResult
from clientimport.model.connection import Connection
from clientimport.settings.config_file import add_connection, load_settings, remove_connection
from clientimport.settings.folders import folders
from clientimport.settings.secrets import secret_variable
from clientimport.storage import system_keyring

app = typer.Typer(help="Accounts on platforms: their address and client id.", no_args_is_help=True)

Name = Annotated[str, argument("NAME", "What you call the connection.")]
SavedName = Annotated[str, argument("NAME", "The connection.", autocompletion=CONNECTIONS)]


@command(app, "connections list", "clientimport connections list", "clientimport connections list --json")
def list_(*, format_: FormatOption = ListFormat.TEXT, console: Console) -> CommandResult:
    """List the saved connections."""
    saved = load_settings(folders().config).connections.values()
    rows = [
        {
            "name": connection.name,
            "platform": connection.platform,
            "base_url": connection.base_url,
            "client_id": connection.client_id,
            "secret": secret_variable(connection.name),
        }
        for connection in saved
    ]
    keys = ("name", "platform", "base_url", "client_id", "secret")
    headings = [console.messages.phrase(f"connections.{key}") for key in keys]
    shown = (
        console.table(headings, [tuple(row.values()) for row in rows])
        if rows
        else console.messages.phrase("connections.none")
    )
    result = CommandResult({"connections": rows}, f"{shown}\n\n{console.messages.phrase('connections.sandbox')}")
    return list_result(result, rows, format_, console, keys)


@command(
    app,
    "connections add",
    "clientimport connections add office -p banqup-partner --base-url https://… --client-id abc",
    "CLIENTIMPORT_OFFICE_SECRET=… clientimport connections test -c office",
)
def add(
    *,
    name: Name,
    platform: Annotated[str, option("--platform -p", None, "Platform id.", "PLATFORM", autocompletion=PLATFORMS)],
    base_url: Annotated[str, option("--base-url", None, "Where its API is.", "URL")],
    client_id: Annotated[str, option("--client-id", None, "As whom we sign in.", "ID")],
    console: Console,
) -> CommandResult:
    """Save an account. Its secret is never written into the file: it goes into the keyring if you want it to."""
    from clientimport.api.connections import warn_unknown_host
    from clientimport.cli.next_command import next_command
    from clientimport.schema.loader import load_schema

    schema = load_schema(platform)
    connection = Connection(name, schema.id, base_url, client_id)
    warn_unknown_host(connection, schema, console)
    config = folders().config
    add_connection(config, connection)
    kept = _offer_keyring(name, console)
    facts = {"name": name, "variable": secret_variable(name), "file": config}
    text = console.messages.phrase("connections.added", **facts)
    trying = next_command(console, "connections test", ["-c", name], without=["--platform"])
    key = "connections.secret_kept" if kept else "connections.secret_from"
    secret = console.messages.phrase(key, command=trying, **facts)
    data = {"name": name, "platform": platform, "file": str(config), "variable": secret_variable(name)}
    return CommandResult({**data, "keyring": kept}, f"{text}\n{secret}")


def _offer_keyring(name: str, console: Console) -> bool:
    """Ask for the secret where there is a person and a keyring, and return whether it is kept there."""
    if not console.is_interactive or not system_keyring.is_available():
        return False
    typed = console.ask_secret(console.messages.phrase("connections.ask_secret", name=name))
    return bool(typed) and system_keyring.store(name, typed)


@command(
    app,
    "connections test",
    "clientimport connections test -c office",
    "clientimport connections test -c sandbox -p accounton",
)
def test(*, on: AccountOptions, console: Console) -> CommandResult:
    """Sign in and say whose account it is. Nothing is changed there."""
    from clientimport.cli.open_account import open_account

    with open_account(on, console) as session:
        account = session.run(lambda connector: connector.account())
    text = console.messages.phrase("connections.works", heading=session.heading(account))
    return CommandResult({**session.data, "account": {"id": account.id, "name": account.name}}, text)


@command(app, "connections remove", "clientimport connections remove office", "clientimport connections remove old -y")
def remove(*, name: SavedName, yes: Yes = False, console: Console) -> CommandResult:
    """Forget a connection and its secret. What was pushed stays remembered."""
    config = folders().config
    load_settings(config).connection(name)
    if not yes:
        console.confirm(console.messages.phrase("connections.ask_remove", name=name), "--yes")
    remove_connection(config, name)
    return CommandResult({"name": name}, console.messages.phrase("connections.removed", name=name))
