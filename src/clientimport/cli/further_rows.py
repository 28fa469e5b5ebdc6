"""The rows of a client that has a row already, such as a second contact: named, so that rows and clients add up."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.cli.console import Console

LISTED = 20
"""Rows that are named in the text (chosen, not measured); the JSON names them all."""


def further_rows_data(rows: Mapping[int, int | None]) -> list[dict[str, int | None]]:
    """Return what JSON says about them."""
    return [{"row": row, "client_row": first} for row, first in rows.items()]


def further_rows_text(rows: Mapping[int, int | None], console: Console) -> tuple[str, ...]:
    """Return the line that names them; none where there are none."""
    if not rows:
        return ()
    messages = console.messages
    named = [
        messages.phrase("rows.with", row=row, first=first) if first else str(row)
        for row, first in list(rows.items())[:LISTED]
    ]
    listed = ", ".join((*named, *(["…"] if len(rows) > LISTED else ())))
    return (messages.plural("rows.further", len(rows), rows=listed),)
