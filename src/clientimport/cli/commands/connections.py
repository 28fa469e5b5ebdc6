"""`connections`: the accounts on platforms that this person has, without their secrets."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.options import AccountOptions, Yes
from clientimport.cli.result import CommandResult

app = typer.Typer(help="Accounts on platforms: their address and client id.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What you call the connection.")]


@command(app, "connections list", "clientimport connections list", "clientimport connections list --json")
def list_(*, screen: Console) -> CommandResult:
    """List the saved connections."""
    from clientimport.cli import settings

    saved = settings.load_settings(settings.folders().config).connections.values()
    rows = [
        {
            "name": one.name,
            "platform": one.platform,
            "base_url": one.base_url,
            "client_id": one.client_id,
            "secret": settings.secret_variable(one.name),
        }
        for one in saved
    ]
    keys = ("name", "platform", "base_url", "client_id", "secret")
    headings = [screen.messages.phrase(f"connections.{key}") for key in keys]
    shown = (
        screen.table(headings, [tuple(row.values()) for row in rows])
        if rows
        else screen.messages.phrase("connections.none")
    )
    return CommandResult({"connections": rows}, f"{shown}\n\n{screen.messages.phrase('connections.sandbox')}")


@command(
    app,
    "connections add",
    "clientimport connections add office -p banqup-partner --base-url https://… --client-id abc",
    "CLIENTIMPORT_OFFICE_SECRET=… clientimport connections test -c office",
)
def add(
    *,
    name: Name,
    platform: Annotated[str, typer.Option("--platform", "-p", metavar="PLATFORM", help="Platform id.")],
    base_url: Annotated[str, typer.Option("--base-url", metavar="URL", help="Where its API is.")],
    client_id: Annotated[str, typer.Option("--client-id", metavar="ID", help="As whom we sign in.")],
    screen: Console,
) -> CommandResult:
    """Save an account. Its secret is never written into the file: it goes into the keyring if you want it to."""
    from clientimport.cli import settings
    from clientimport.cli.open_account import warn_unknown_host
    from clientimport.model.connection import Connection
    from clientimport.schema.loader import load_schema

    schema = load_schema(platform)
    connection = Connection(name, schema.id, base_url, client_id)
    warn_unknown_host(connection, schema, screen)
    config = settings.folders().config
    settings.add_connection(config, connection)
    kept = _offer_keyring(name, screen)
    facts = {"name": name, "variable": settings.secret_variable(name), "file": config}
    text, typed = screen.messages.phrase("connections.added", **facts), {**facts, "name": shlex.quote(name)}
    secret = screen.messages.phrase("connections.secret_kept" if kept else "connections.secret_from", **typed)
    data = {"name": name, "platform": platform, "file": str(config), "variable": settings.secret_variable(name)}
    return CommandResult({**data, "keyring": kept}, f"{text}\n{secret}")


def _offer_keyring(name: str, screen: Console) -> bool:
    """Ask for the secret where there is a person and a keyring, and return whether it is kept there."""
    from clientimport.storage import system_keyring

    if not screen.is_interactive or not system_keyring.is_available():
        return False
    typed = screen.ask_secret(screen.messages.phrase("connections.ask_secret", name=name))
    return bool(typed) and system_keyring.store(name, typed)


@command(
    app,
    "connections test",
    "clientimport connections test -c office",
    "clientimport connections test -c sandbox -p accounton",
)
def test(*, on: AccountOptions, screen: Console) -> CommandResult:
    """Sign in and say whose account it is. Nothing is changed there."""
    from clientimport.cli.open_account import open_account

    with open_account(on, screen) as opened:
        account = opened.run(lambda connector: connector.account())
    text = screen.messages.phrase("connections.works", heading=opened.heading(screen, account))
    return CommandResult({**opened.data, "account": {"id": account.id, "name": account.name}}, text)


@command(app, "connections remove", "clientimport connections remove office", "clientimport connections remove old -y")
def remove(*, name: Name, screen: Console, yes: Yes = False) -> CommandResult:
    """Forget a connection and its secret. What was pushed stays remembered."""
    from clientimport.cli import settings

    config = settings.folders().config
    settings.load_settings(config).connection(name)
    if not yes:
        screen.confirm(screen.messages.phrase("connections.ask_remove", name=name), "--yes")
    settings.remove_connection(config, name)
    return CommandResult({"name": name}, screen.messages.phrase("connections.removed", name=name))
