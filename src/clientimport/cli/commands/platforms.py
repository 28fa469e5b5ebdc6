"""`platforms`: the systems that clients can be brought to, and what each wants to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console, render_table
from clientimport.cli.result import CommandResult

if TYPE_CHECKING:
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.model.platform_schema import PlatformColumn, PlatformSchema

app = typer.Typer()


@command(app, "platforms", "clientimport platforms", "clientimport platforms banqup-partner --language nl")
def platforms(
    *,
    screen: Console,
    platform: Annotated[str | None, typer.Argument(metavar="ID", help="One platform's columns and rules.")] = None,
) -> CommandResult:
    """List the platforms, or one platform's columns and rules."""
    from clientimport.schema.loader import load_schema, platform_ids

    if platform is not None:
        schema = load_schema(platform)
        columns = [_column(schema, column, screen.messages) for column in schema.columns]
        data = {**_platform(schema), "columns": columns, "rules": _rules(schema)}
        return CommandResult({"platforms": [data]}, _detailed(schema, screen.messages))
    schemas = [load_schema(known) for known in platform_ids()]
    return CommandResult({"platforms": [_platform(schema) for schema in schemas]}, _overview(schemas, screen.messages))


def _platform(schema: PlatformSchema) -> dict[str, object]:
    api = None if schema.api is None else {"verified": schema.api.verified, "source": schema.api.source}
    head = {"id": schema.id, "name": schema.name, "country": schema.country, "reviewed": schema.reviewed.isoformat()}
    return {**head, "languages": list(schema.languages), "api": api, "sources": dict(schema.sources)}


def _column(schema: PlatformSchema, column: PlatformColumn, words: MessageCatalog) -> dict[str, object]:
    return {
        "field": column.field,
        "headers": dict(column.headers),
        "required": column.required,
        "rule": words.rule(schema.id, column.field),
        "example": column.example,
        "source": column.source,
    }


def _rules(schema: PlatformSchema) -> list[dict[str, str]]:
    return [{"name": rule.name, "source": rule.source} for rule in schema.rules]


def _overview(schemas: list[PlatformSchema], words: MessageCatalog) -> str:
    headings = [words.phrase(f"platforms.{key}") for key in ("id", "name", "reviewed", "api")]
    rows = [(s.id, s.name, words.format_date(s.reviewed), _api(s, words)) for s in schemas]
    return f"{render_table(headings, rows)}\n\n{words.phrase('platforms.next')}"


def _api(schema: PlatformSchema, words: MessageCatalog) -> str:
    if schema.api is None:
        return words.phrase("platforms.api.none")
    return words.phrase("platforms.api.verified" if schema.api.verified else "platforms.api.unverified")


def _detailed(schema: PlatformSchema, words: MessageCatalog) -> str:
    headings = [words.phrase(f"platforms.{key}") for key in ("header", "field", "rule")]
    rows = [
        (f"{c.header(words.language)}{' *' if c.required else ''}", c.field, words.rule(schema.id, c.field))
        for c in schema.columns
    ]
    sources = "\n".join(f"  {url}" for url in schema.sources.values())
    reviewed = words.phrase("platforms.reviewed_on", date=words.format_date(schema.reviewed))
    return (
        f"{schema.name} ({schema.id}), {reviewed}\n\n{render_table(headings, rows)}\n"
        f"* {words.phrase('platforms.required')}\n\n{words.phrase('sources')}:\n{sources}"
    )
