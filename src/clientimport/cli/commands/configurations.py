"""`configurations`: the configuration templates on the platform that clients can be given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.list_format import FormatOption, ListFormat, list_result
from clientimport.cli.options import AccountOptions, Yes, argument, option
from clientimport.cli.result import CommandResult
from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.connectors.protocol import Connector
    from clientimport.model.remote import ConfigurationTemplate

app = typer.Typer(help="Configuration templates on the platform.", no_args_is_help=True)

Name = Annotated[str, argument("NAME", "The template's name.")]


@command(
    app,
    "configurations list",
    "clientimport configurations list -c office",
    "clientimport configurations list -c sandbox -p banqup-partner --json",
)
def list_(*, format_: FormatOption = ListFormat.TEXT, on: AccountOptions, console: Console) -> CommandResult:
    """List the configuration templates."""
    from clientimport.cli.open_account import open_account

    with open_account(on, console) as session:
        templates = _all_templates(session)
    return _templates_result(templates, session, format_)


@command(
    app,
    "configurations show",
    "clientimport configurations show Standard -c office",
    "clientimport configurations show Premium -c sandbox -p banqup-partner",
)
def show(*, name: Name, format_: FormatOption = ListFormat.TEXT, on: AccountOptions, console: Console) -> CommandResult:
    """Show one configuration template."""
    from clientimport.cli.open_account import open_account

    with open_account(on, console) as session:
        return _templates_result([_named_template(name, _all_templates(session))], session, format_)


@command(
    app,
    "configurations create",
    'clientimport configurations create Starter -c office --description "New clients" --user ann@office.example',
    "clientimport configurations create Starter -c sandbox -p banqup-partner --integration Yuki",
)
def create(
    *,
    name: Name,
    description: Annotated[str, option("--description", None, "What it is for.", "TEXT")] = "",
    user: Annotated[list[str] | None, option("--user", None, "A colleague. Repeatable.", "EMAIL")] = None,
    integration: Annotated[
        list[str] | None, option("--integration", None, "An integration. Repeatable.", "NAME")
    ] = None,
    on: AccountOptions,
    console: Console,
) -> CommandResult:
    """Create a configuration template."""
    from clientimport.cli.open_account import open_account
    from clientimport.connectors.protocol import HasConfigurationTemplates, require
    from clientimport.model.remote import ConfigurationTemplate

    wanted = ConfigurationTemplate(name, description, tuple(user or ()), tuple(integration or ()))
    with open_account(on, console) as session:
        session.run(lambda connector: require(connector, HasConfigurationTemplates).create_configuration(wanted))
    return CommandResult(
        {**session.data, "configurations": [wanted.to_document()]},
        console.messages.phrase("configurations.created", name=name),
    )


@command(
    app,
    "configurations delete",
    "clientimport configurations delete Starter -c office",
    "clientimport configurations delete Starter -c sandbox -p banqup-partner --yes",
)
def delete(*, name: Name, yes: Yes = False, on: AccountOptions, console: Console) -> CommandResult:
    """Delete a configuration template."""
    from clientimport.cli.open_account import open_account
    from clientimport.connectors.protocol import HasConfigurationTemplates, require

    with open_account(on, console) as session:
        _named_template(name, _all_templates(session))
        if not yes:
            console.confirm(console.messages.phrase("configurations.ask_delete", name=name), "--yes")
        session.run(lambda connector: require(connector, HasConfigurationTemplates).delete_configuration(name))
    return CommandResult({**session.data, "name": name}, console.messages.phrase("configurations.deleted", name=name))


@command(
    app,
    "configurations choices",
    "clientimport configurations choices -c office",
    "clientimport configurations choices -c sandbox -p banqup-partner --json",
)
def choices(*, format_: FormatOption = ListFormat.TEXT, on: AccountOptions, console: Console) -> CommandResult:
    """List the colleagues and integrations that a template or a client can be given."""
    from clientimport.cli.client_change import available_choices
    from clientimport.cli.open_account import open_account

    with open_account(on, console) as session:
        choices_ = session.run(available_choices)
    messages = console.messages
    data = choices_.to_document()
    rows = [(messages.phrase(f"configurations.{kind}"), name) for kind, names in data.items() for name in names]
    headings = [messages.phrase("configurations.kind"), messages.phrase("configurations.name")]
    text = f"{session.heading()}\n\n{console.table(headings, rows)}"
    listed = [{"kind": kind, "name": name} for kind, names in data.items() for name in names]
    return list_result(CommandResult({**session.data, **data}, text), listed, format_, console, ("kind", "name"))


def _all_templates(session: AccountSession) -> list[ConfigurationTemplate]:
    from clientimport.connectors.protocol import HasConfigurationTemplates, supports

    async def configurations(connector: Connector) -> tuple[ConfigurationTemplate, ...]:
        return await connector.configurations() if supports(connector, HasConfigurationTemplates) else ()

    return list(session.run(configurations))


def _named_template(name: str, templates: list[ConfigurationTemplate]) -> ConfigurationTemplate:

    names = [configuration.name for configuration in templates]
    if name not in names:
        closest = did_you_mean(name, names)
        raise UsageError("configuration.unknown", name=name, meant=closest, known=", ".join(names))
    return templates[names.index(name)]


def _templates_result(
    templates: list[ConfigurationTemplate], session: AccountSession, format_: ListFormat
) -> CommandResult:
    console, keys = session.console, ("name", "description", "users", "integrations")
    headings = [console.messages.phrase(f"configurations.{key}") for key in keys]
    rows = [
        (template.name, template.description, ", ".join(template.users), ", ".join(template.integrations))
        for template in templates
    ]
    text = f"{session.heading()}\n\n{console.table(headings, rows)}"
    listed = [template.to_document() for template in templates]
    result = CommandResult({**session.data, "configurations": listed}, text)
    return list_result(result, listed, format_, console, keys)
