"""`configurations`: the configuration templates on the platform that clients can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.options import AccountOptions, Yes
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector
    from clientimport.model.remote import ConfigurationTemplate

app = typer.Typer(help="Configuration templates on the platform.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The template's name.")]


@command(
    app,
    "configurations list",
    "clientimport configurations list -c office",
    "clientimport configurations list -c sandbox -p banqup-partner --json",
)
def list_(*, on: AccountOptions, screen: Console) -> CommandResult:
    """List the configuration templates."""
    from clientimport.cli.open_account import open_account

    with open_account(on, screen) as opened:
        found = _all(opened)
    return _shown(found, opened, screen)


@command(
    app,
    "configurations show",
    "clientimport configurations show Standard -c office",
    "clientimport configurations show Premium -c sandbox -p banqup-partner",
)
def show(*, name: Name, on: AccountOptions, screen: Console) -> CommandResult:
    """Show one configuration template."""
    from clientimport.cli.open_account import open_account

    with open_account(on, screen) as opened:
        return _shown([_one(name, _all(opened))], opened, screen)


@command(
    app,
    "configurations create",
    'clientimport configurations create Starter -c office --description "New clients" --user ann@office.example',
    "clientimport configurations create Starter -c sandbox -p banqup-partner --integration Yuki",
)
def create(
    *,
    name: Name,
    on: AccountOptions,
    screen: Console,
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help="What it is for.")] = "",
    user: Annotated[list[str] | None, typer.Option("--user", metavar="EMAIL", help="A colleague. Repeatable.")] = None,
    integration: Annotated[
        list[str] | None, typer.Option("--integration", metavar="NAME", help="An integration. Repeatable.")
    ] = None,
) -> CommandResult:
    """Create a configuration template."""
    from clientimport.cli.open_account import open_account
    from clientimport.connectors.protocol import HasConfigurationTemplates, require
    from clientimport.model.remote import ConfigurationTemplate

    wanted = ConfigurationTemplate(name, description, tuple(user or ()), tuple(integration or ()))
    with open_account(on, screen) as opened:
        opened.run(lambda connector: require(connector, HasConfigurationTemplates).create_configuration(wanted))
    return CommandResult(
        {**opened.data, "configurations": [wanted.to_document()]},
        screen.messages.phrase("configurations.created", name=name),
    )


@command(
    app,
    "configurations delete",
    "clientimport configurations delete Starter -c office",
    "clientimport configurations delete Starter -c sandbox -p banqup-partner --yes",
)
def delete(*, name: Name, on: AccountOptions, screen: Console, yes: Yes = False) -> CommandResult:
    """Delete a configuration template."""
    from clientimport.cli.open_account import open_account
    from clientimport.connectors.protocol import HasConfigurationTemplates, require

    with open_account(on, screen) as opened:
        _one(name, _all(opened))
        if not yes:
            screen.confirm(screen.messages.phrase("configurations.ask_delete", name=name), "--yes")
        opened.run(lambda connector: require(connector, HasConfigurationTemplates).delete_configuration(name))
    return CommandResult({**opened.data, "name": name}, screen.messages.phrase("configurations.deleted", name=name))


@command(
    app,
    "configurations choices",
    "clientimport configurations choices -c office",
    "clientimport configurations choices -c sandbox -p banqup-partner --json",
)
def choices(*, on: AccountOptions, screen: Console) -> CommandResult:
    """List the colleagues and integrations that a template or a client can be given."""
    from clientimport.cli.client_change import available_choices
    from clientimport.cli.open_account import open_account

    with open_account(on, screen) as opened:
        found = opened.run(available_choices)
    words = screen.messages
    data = found.to_document()
    rows = [(words.phrase(f"configurations.{kind}"), name) for kind, names in data.items() for name in names]
    headings = [words.phrase("configurations.kind"), words.phrase("configurations.name")]
    text = f"{opened.heading(screen)}\n\n{screen.table(headings, rows)}"
    return CommandResult({**opened.data, **data}, text)


def _all(opened: AccountSession) -> list[ConfigurationTemplate]:
    from clientimport.connectors.protocol import HasConfigurationTemplates, supports

    async def configurations(connector: Connector) -> tuple[ConfigurationTemplate, ...]:
        return await connector.configurations() if supports(connector, HasConfigurationTemplates) else ()

    return list(opened.run(configurations))


def _one(name: str, found: list[ConfigurationTemplate]) -> ConfigurationTemplate:
    from clientimport.errors import UsageError
    from clientimport.model.did_you_mean import did_you_mean

    names = [configuration.name for configuration in found]
    if name not in names:
        meant = did_you_mean(name, names)
        raise UsageError("configuration.unknown", name=name, meant=meant, known=", ".join(names))
    return found[names.index(name)]


def _shown(found: list[ConfigurationTemplate], opened: AccountSession, screen: Console) -> CommandResult:
    headings = [
        screen.messages.phrase(f"configurations.{key}") for key in ("name", "description", "users", "integrations")
    ]
    rows = [(one.name, one.description, ", ".join(one.users), ", ".join(one.integrations)) for one in found]
    text = f"{opened.heading(screen)}\n\n{screen.table(headings, rows)}"
    return CommandResult({**opened.data, "configurations": [one.to_document() for one in found]}, text)
