"""Results as HTML for a notebook: plain tables that a screen reader can read, everything in them escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from clientimport.messages.printable import printable

SHOWN = 20
"""Rows of a table; the frame has them all. Chosen, not measured: a screen's worth."""
_TABLE = Markup(
    "<table><caption style='text-align:left'>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
)
_HEADING = Markup("<th scope='col' style='text-align:left'>{}</th>")
_CELL = Markup("<td style='text-align:left;white-space:pre-wrap'>{}</td>")


def result_html(title: str, *parts: Markup) -> str:
    """Return a result under its title, as plain text: what it is put together with is not escaped for its sake."""
    section = Markup("<section aria-label='{0}'><p><strong>{0}</strong></p>{1}</section>")
    return str(section.format(printable(title), Markup("").join(parts)))


def paragraph(text: str) -> Markup:
    """Return a sentence."""
    return Markup("<p>{}</p>").format(printable(text))


def table_html(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """Return a table with its caption and headings, without columns in which nothing stands.

    Of many rows the first ones, and how many there are.
    """
    cells = [[_text(cell) for cell in row] for row in rows]
    kept = [at for at in range(len(columns)) if any(row[at] for row in cells)]
    if not kept:
        return Markup("")
    head = Markup("").join(_HEADING.format(columns[at]) for at in kept)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(_CELL.format(row[at]) for at in kept)) for row in cells[:SHOWN]
    )
    more = f" (1 to {SHOWN} of {len(cells)})" if len(cells) > SHOWN else ""
    return _TABLE.format(f"{caption}{more}", head, body)


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else printable(str(cell))
