"""Results as HTML for a notebook: plain tables that a screen reader can read, everything in them escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from clientimport.messages.printable import printable

SHOWN = 20
"""Rows of a table; the frame has them all. Chosen, not measured: a screen's worth."""


def result_html(title: str, *parts: Markup) -> str:
    """Return a result under its title."""
    return Markup("<section aria-label='{0}'><p><strong>{0}</strong></p>{1}</section>").format(
        printable(title), Markup("").join(parts)
    )


def paragraph(text: str) -> Markup:
    """Return a sentence."""
    return Markup("<p>{}</p>").format(printable(text))


def table_html(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Markup:
    """Return a table with its caption and headings; of many rows the first ones, and how many follow."""
    listed = list(rows)
    if not listed:
        return Markup("")
    head = Markup("").join(Markup("<th scope='col'>{}</th>").format(name) for name in columns)
    body = Markup("").join(map(_row, listed[:SHOWN]))
    more = f" (1 to {SHOWN} of {len(listed)})" if len(listed) > SHOWN else ""
    return Markup(
        "<table><caption style='text-align:left'>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(f"{caption}{more}", head, body)


def _row(cells: Sequence[object]) -> Markup:
    texts = ["" if cell is None else printable(str(cell)) for cell in cells]
    cells_html = Markup("").join(
        Markup("<td style='text-align:left;white-space:pre-wrap'>{}</td>").format(text) for text in texts
    )
    return Markup("<tr>{}</tr>").format(cells_html)
