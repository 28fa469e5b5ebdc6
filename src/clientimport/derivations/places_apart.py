"""A postal code and a city in one cell ("9000 Gent") are taken apart before the cells are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from clientimport.derivations.place import taken_apart
from clientimport.finding import Finding, Problem
from clientimport.locating import located
from clientimport.record import Records
from clientimport.schema import Noticed, Schema
from clientimport.table import Column, Table

PLACE = ("postal_code", "city")


def places_apart(
    columns: Mapping[str, Column], table: Table, schema: Schema
) -> tuple[dict[str, Column], list[Finding]]:
    """Return the columns with postal code and city apart, and a repair per cell that held both.

    A postal code or city that stands in a cell of its own is never overwritten.
    """
    result, findings = dict(columns), list[Finding]()
    for field in PLACE:
        if field in columns and set(PLACE) <= set(schema.fields):
            found = _apart(result[field])
            records = Records(table.rows, {}, {field: columns[field]})
            findings += [
                located(records, Noticed(at, field, Problem("derived.place", {"apart": " | ".join(pair)})))
                for at, pair in found.items()
            ]
            result = {**result, **_filled(result, field, found)} if found else result
    return result, findings


def _apart(column: Column) -> dict[int, tuple[str, str]]:
    """Return postal code and city by position, for the cells that hold both."""
    cells = column.values.to_pylist()
    derived = {text: taken_apart(text) for text in set(cells)}
    pairs = {text: (both.values[0] or "", both.values[1] or "") for text, both in derived.items() if both}
    return {at: pairs[text] for at, text in enumerate(cells) if text in pairs}


def _filled(columns: Mapping[str, Column], field: str, found: Mapping[int, tuple[str, str]]) -> dict[str, Column]:
    """Return both columns: the cells of `field` replaced by their part, the empty ones of the other filled."""
    filled = {}
    for part, name in enumerate(PLACE):
        column = columns.get(name)
        cells: list[str | None] = column.values.to_pylist() if column else [None] * len(columns[field].values)
        for at, pair in found.items():
            cells[at] = pair[part] if name == field else cells[at] or pair[part]
        filled[name] = replace(column or columns[field], values=pa.array(cells, pa.string()))
    return filled
