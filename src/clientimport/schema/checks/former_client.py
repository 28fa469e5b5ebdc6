"""Former clients: rows that say, in the name or in a column that the platform does not take, that somebody has left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial

import pyarrow as pa

from clientimport.model.columns import keep_matching, map_distinct
from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Finding
from clientimport.model.normalize import normalize
from clientimport.model.table import Column, Table
from clientimport.schema.finding_catalog import new_finding
from clientimport.schema.reference.former_client_words import former_client_words
from clientimport.schema.row_filter import where_option
from clientimport.schema.types.date import Date

MAX_VALUES = 8
"""Values that fit in an option somebody still reads before pasting it; chosen, not measured."""
_BRACKETS = re.compile(r"[(\[{*]+([^)\]}*]+)[)\]}*]+")
_MARKED = re.compile(r"(?i)\s*(?:z{3,}|x{3,})(?![a-z])")
"""Three letters z or x before a name sort it to the end of a list, as in ZZZ Peeters."""


def former_clients(table: Table, unused: Iterable[Column], names: Iterable[Column], today: date) -> Iterator[Finding]:
    """Yield a warning for each row that a column of `unused`, or else one of `names`, says has left.

    It names the cell, and the option that leaves out all such rows.
    """
    reported: set[int] = set()
    for column, values in _cells_by_column(unused, names, today):
        option = _where_option(table, column, values.values())
        for position, value in values.items():
            if position not in reported:
                reported.add(position)
                row, cell = int(table.rows[position]), column.values[position].as_py()
                where = option or _where_option(table, column, [value])
                yield new_finding("client.former", row=row, column=column, value=cell, where=where)


def _cells_by_column(
    unused: Iterable[Column], names: Iterable[Column], today: date
) -> Iterator[tuple[Column, Mapping[int, str]]]:
    """Yield each column with the cells that say it, by position."""
    perhaps = former_client_words().perhaps
    for column in unused:
        cells = column.values if _column_kind(column.header) else keep_matching(column.values, perhaps)
        yield column, _cells(cells, partial(says_left, column.header, today=today))
    for column in names:
        yield column, _cells(keep_matching(column.values, perhaps), is_former_name)


def _cells(cells: pa.StringArray, is_former: Callable[[str], bool]) -> Mapping[int, str]:
    """Return the cells that mark a client as former, by position; each distinct one is looked at once."""
    return map_distinct([cells], lambda text: text if text and is_former(text) else None)


def says_left(header: str, text: str, today: date) -> bool:
    """Return whether a cell under this header says that the client has left.

    >>> day = date(2026, 11, 29)
    >>> says_left("Status", "Inactief", day), says_left("Actief", "nee", day), says_left("Einddatum", "31/12/2023", day)
    (True, True, True)
    >>> says_left("Status", "niet stopgezet", day), says_left("Einddatum", "31/12/2099", day)
    (False, False)
    """
    words, kind, cell = former_client_words(), _column_kind(header), normalize(text)
    if kind == "end":
        day = Date().parse(text, "BE")
        return isinstance(day, ParsedValue) and bool(day.value) and str(day.value) <= today.isoformat()
    if kind == "active" and cell in words.no:
        return True
    if kind == "left" and cell in words.yes:
        return True
    return _holds_former_phrase(cell) or (kind is not None and cell in words.alone)


def is_former_name(name: str) -> bool:
    """Return whether a client's name says that the client has left.

    >>> is_former_name("(niet meer gebruiken) Oud BV"), is_former_name("ZZZ Peeters BV"), is_former_name("Oud Gent BV")
    (True, True, False)
    """
    brackets = (normalize(part) for part in _BRACKETS.findall(name))
    return bool(_MARKED.match(name)) or _holds_former_phrase(normalize(name)) or any(map(_is_former_word, brackets))


def _is_former_word(text: str) -> bool:
    return text in former_client_words().alone


def _holds_former_phrase(text: str) -> bool:
    return any(not match["negated"] for match in former_client_words().everywhere.finditer(text))


@cache
def _column_kind(header: str) -> str | None:
    name = normalize(header)
    return next((kind for kind, headers in former_client_words().headers.items() if name in headers), None)


def _where_option(table: Table, column: Column, values: Iterable[str]) -> str:
    """Return the option that leaves these rows out; an empty text when it would be too long to read."""
    distinct = tuple(dict.fromkeys(values))
    alike = [other for other in table.columns if other.header == column.header]
    header = column.header if column.header and len(alike) == 1 else column.letter
    return where_option(header, distinct, excluding=True) if len(distinct) <= MAX_VALUES else ""
