"""`platforms`: the systems that clients can be brought to, and what each wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.completion_values import PLATFORMS
from clientimport.cli.console import Console, render_table
from clientimport.cli.list_format import FormatOption, ListFormat, list_result
from clientimport.cli.options import argument
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.model.platform_schema import PlatformColumn, PlatformSchema

app = typer.Typer()


@command(app, "platforms", "clientimport platforms", "clientimport platforms banqup-partner --language nl")
def platforms(
    *,
    platform: Annotated[
        str | None, argument("ID", "One platform's columns and rules.", autocompletion=PLATFORMS)
    ] = None,
    format_: FormatOption = ListFormat.TEXT,
    console: Console,
) -> CommandResult:
    """List the platforms, or one platform's columns and rules."""
    from clientimport.schema.data_files import platform_ids
    from clientimport.schema.loader import load_schema

    if platform is not None:
        schema = load_schema(platform)
        columns = [_column(schema, column, console.messages) for column in schema.columns]
        data = {**_platform(schema), "columns": columns, "rules": _rules(schema)}
        result = CommandResult({"platforms": [data]}, _platform_text(schema, console.messages))
        return list_result(result, columns, format_, console)
    schemas = [load_schema(known) for known in platform_ids()]
    listed = [_platform(schema) for schema in schemas]
    result = CommandResult({"platforms": listed}, _platforms_text(schemas, console.messages))
    return list_result(result, listed, format_, console)


def _platform(schema: PlatformSchema) -> dict[str, object]:
    api = None if schema.api is None else {"verified": schema.api.verified, "source": schema.api.source}
    head = {"id": schema.id, "name": schema.name, "country": schema.country, "reviewed": schema.reviewed.isoformat()}
    return {**head, "languages": list(schema.languages), "api": api, "sources": dict(schema.sources)}


def _column(schema: PlatformSchema, column: PlatformColumn, messages: MessageCatalog) -> dict[str, object]:
    return {
        "field": column.field,
        "headers": dict(column.headers),
        "required": column.required,
        "rule": messages.rule(schema.id, column.field),
        "example": column.example,
        "source": column.source,
    }


def _rules(schema: PlatformSchema) -> list[dict[str, str]]:
    return [{"name": rule.name, "source": rule.source} for rule in schema.rules]


def _platforms_text(schemas: list[PlatformSchema], messages: MessageCatalog) -> str:
    headings = [messages.phrase(f"platforms.{key}") for key in ("id", "name", "reviewed", "api")]
    rows = [(s.id, s.name, messages.format_date(s.reviewed), _api(s, messages)) for s in schemas]
    return f"{render_table(headings, rows)}\n\n{messages.phrase('platforms.next')}"


def _api(schema: PlatformSchema, messages: MessageCatalog) -> str:
    if schema.api is None:
        return messages.phrase("platforms.api.none")
    return messages.phrase("platforms.api.verified" if schema.api.verified else "platforms.api.unverified")


def _platform_text(schema: PlatformSchema, messages: MessageCatalog) -> str:
    headings = [messages.phrase(f"platforms.{key}") for key in ("header", "field", "rule")]
    rows = [
        (f"{c.header(messages.language)}{' *' if c.required else ''}", c.field, messages.rule(schema.id, c.field))
        for c in schema.columns
    ]
    sources = "\n".join(f"  {url}" for url in schema.sources.values())
    reviewed = messages.phrase("platforms.reviewed_on", date=messages.format_date(schema.reviewed))
    return (
        f"{schema.name} ({schema.id}), {reviewed}\n\n{render_table(headings, rows)}\n"
        f"* {messages.phrase('platforms.required')}\n\n{messages.phrase('sources')}:\n{sources}"
    )
