"""The state of an account as a page for the browser: numbers, pictures with their tables, and the clients."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from clientimport.messages.catalog import MessageCatalog, message_catalog
from clientimport.messages.printable import printable
from clientimport.reports.account.account_state import AccountState
from clientimport.reports.account.charts import ChartText, age_chart, status_chart, time_chart
from clientimport.reports.account.state_tables import StateTable, StateTables
from clientimport.reports.html.page_template import content_policy, page_part, page_template


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as it is read."""

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]]

    @classmethod
    def of(cls, table: StateTable, messages: MessageCatalog) -> PageTable:
        """Return a table with its days and numbers as text."""
        return cls(table.key, table.heading, table.columns, table.texts(messages))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, and the table with the same numbers beside it."""

    table: PageTable
    note: str
    svg: object
    """Markup; empty where there is nothing to draw."""


def account_page(state: AccountState, language: str, *, masks: bool) -> str:
    """Return the page: one file that needs nothing else and runs nothing."""
    from markupsafe import Markup

    messages, reports = message_catalog(language, for_pages=True), files("clientimport") / "reports"
    tables = StateTables(state, messages, masks)
    styles = page_part(reports / "html", "page.css"), page_part(reports / "account", "account_page.css")
    style = "".join(styles)
    return page_template(page_part(reports / "account", "account_page.html.jinja"), masks=masks).render(
        say=messages.phrase,
        language=language,
        title=printable(state.title),
        about=tables.about(),
        tiles=_tiles(state, messages, tables),
        pictures=_pictures(state, messages, tables),
        tables=[PageTable.of(table, messages) for table in tables.every()],
        policy=content_policy(style),
        style=Markup(style),  # noqa: S704 -- a file of ours
    )


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the numbers on top."""

    key: str
    number: int
    label: str
    of: int | None = None
    """Of how many, where that is to be said."""


def _tiles(state: AccountState, messages: MessageCatalog, tables: StateTables) -> list[Tile]:
    """Return the numbers that stand on top, then one for each state."""
    every = len(state.clients) if state.file is not None else None
    tiles = [
        Tile(key, number, messages.phrase(f"account.tile.{key}"), every if key == "on_platform" else None)
        for key, number in tables.totals().items()
    ]
    return tiles + [Tile(status, number, tables.status(status)) for status, number in state.by_status().items()]


def _pictures(state: AccountState, messages: MessageCatalog, tables: StateTables) -> list[Picture]:
    """Return the pictures of which there is something to see."""
    drawn = [_status_picture(state, messages, tables)]
    if len(state.unanswered):
        drawn.append(_age_picture(messages, tables))
    if len(state.over_time()):
        drawn.append(_time_picture(state, messages, tables))
    return [picture for picture in drawn if picture.table.rows]


def _status_picture(state: AccountState, messages: MessageCatalog, tables: StateTables) -> Picture:
    table = PageTable.of(tables.by_status(), messages)
    labels, numbers = [row[0] for row in table.rows], [int(row[1]) for row in table.rows]
    svg = status_chart(_text(table, messages), labels, numbers, list(state.by_status())) if labels else ""
    return _picture(table, svg, messages)


def _age_picture(messages: MessageCatalog, tables: StateTables) -> Picture:
    table = PageTable.of(tables.by_age(), messages)
    labels, numbers = [row[0] for row in table.rows], [int(row[1]) for row in table.rows]
    return _picture(table, age_chart(_text(table, messages), labels, numbers), messages)


def _time_picture(state: AccountState, messages: MessageCatalog, tables: StateTables) -> Picture:
    table = PageTable.of(tables.over_time(), messages)
    names = (table.columns[1], table.columns[2])
    svg = time_chart(_text(table, messages), state.over_time(), names, messages.phrase("day.short"))
    return _picture(table, svg, messages)


def _picture(table: PageTable, svg: str, messages: MessageCatalog) -> Picture:
    from markupsafe import Markup

    return Picture(table, messages.phrase(f"account.{table.key}.note"), Markup(svg))  # noqa: S704 -- drawn by us


def _text(table: PageTable, messages: MessageCatalog) -> ChartText:
    """Return what a picture shows in words: its numbers, of many days the last."""
    over_time = table.key == "time"
    named = [(row[0], ", ".join(row[1:])) for row in (table.rows[-1:] if over_time else table.rows)]
    return ChartText(table.key, table.heading, messages.series(messages.with_label(*pair) for pair in named))
