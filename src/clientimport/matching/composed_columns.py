"""Composed columns: a field whose values are put together from columns, or are a part of one.

`--set "FIELD=EXPRESSION"` with a closed set of expressions, no code: columns and fixed words joined by `+`, a part of a
column (`Contact.first`), a prefix taken off (`Nr - "KL-"`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

import pyarrow as pa

from clientimport.errors import UsageError
from clientimport.matching.column_overrides import find_column
from clientimport.model.columns import distinct_values
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.table import Column, Table

PARTS: Mapping[str, Callable[[Sequence[str]], Sequence[str]]] = {
    "first": lambda words: words[:1],
    "after_first": lambda words: words[1:],
    "last": lambda words: words[-1:],
    "before_last": lambda words: words[:-1],
}
"""Which words of a cell a part is."""
NEVER_FIXED = frozenset({"mandate"})
"""Fields that a fixed word must not fill: a missing column is no signature."""
_QUOTES = "\"'"
_CUT = re.compile(r"(?P<column>.+?)\s+-\s+(?P<quote>[\"'])(?P<prefix>(?:(?!(?P=quote)).)+)(?P=quote)")
"""A column and the prefix that is taken off."""


@dataclass(frozen=True, slots=True)
class Term:
    """One piece of an expression: a fixed word, or a column with what is taken of it."""

    text: str = ""
    column: Column | None = None
    part: str | None = None
    prefix: str = ""

    def value(self, cell: str | None) -> str:
        """Return this piece of one row."""
        if self.column is None:
            return self.text
        words = (cell or "").strip()
        if self.prefix and words.casefold().startswith(self.prefix.casefold()):
            words = words[len(self.prefix) :].strip()
        return " ".join(PARTS[self.part](words.split())) if self.part else words


@dataclass(frozen=True, slots=True)
class ComposedColumn:
    """A field, what it is put together from, and the column that comes of it."""

    field: str
    expression: str
    column: Column
    """Where findings point: at the first of the columns it is made of."""
    sources: frozenset[int]
    """The positions of these columns."""


@dataclass(frozen=True, slots=True)
class Composition:
    """What a person has said about fields that no single column gives."""

    columns: tuple[ComposedColumn, ...] = ()
    fixed: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Fields with the same word in every row."""
    expressions: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """By field, as typed: what a profile keeps."""

    @property
    def fields(self) -> frozenset[str]:
        """The fields, which no column of the table is taken for."""
        return frozenset(self.expressions)

    @property
    def sources(self) -> Mapping[int, tuple[str, ...]]:
        """The positions of the columns that fields are made of, with these fields."""
        positions = {position for column in self.columns for position in column.sources}
        return {at: tuple(column.field for column in self.columns if at in column.sources) for at in sorted(positions)}


NO_COMPOSITION = Composition()


def compose_columns(table: Table, expressions: Mapping[str, str]) -> Composition:
    """Return the column of each field. Raises UsageError for what cannot be read, naming what is wrong."""
    columns: list[ComposedColumn] = []
    fixed: dict[str, str] = {}
    for field, expression in expressions.items():
        terms = tuple(_terms(table, field, expression))
        if any(term.column for term in terms):
            columns.append(_compose(field, expression, terms))
        elif field in NEVER_FIXED:
            raise UsageError("usage.default_mandate")
        else:
            fixed[field] = "".join(term.text for term in terms)
            if not fixed[field].strip():
                raise _unreadable(field, expression)
    return Composition(tuple(columns), fixed, expressions)


def expressions_in(expressions: Mapping[str, str], table: Table) -> dict[str, str]:
    """Return the expressions of a profile whose columns this table has; the others are missing, as any column is."""
    readable = {}
    for field, expression in expressions.items():
        with suppress(UsageError):
            list(_terms(table, field, expression))
            readable[field] = expression
    return readable


def _compose(field: str, expression: str, terms: Sequence[Term]) -> ComposedColumn:
    columns = list({term.column.index: term.column for term in terms if term.column is not None}.values())
    places = {column.index: at for at, column in enumerate(columns)}
    distinct = distinct_values([column.values for column in columns])
    composed = [
        _row(terms, [row[places[term.column.index]] if term.column else None for term in terms])
        for row in distinct.rows
    ]
    values = pa.array(composed, pa.string()).take(pa.array(distinct.codes, pa.int64()))
    flags = {position: flag for column in columns for position, flag in column.cell_flags.items()}
    column = Column(columns[0].index, expression, values, flags)
    return ComposedColumn(field, expression, column, frozenset(places))


def _row(terms: Sequence[Term], cells: Sequence[str | None]) -> str | None:
    """Return one row: columns with a space between them, fixed words as they stand; None where no column has a cell."""
    pieces = [term.value(cell) for term, cell in zip(terms, cells, strict=True)]
    if not any(piece for term, piece in zip(terms, pieces, strict=True) if term.column is not None):
        return None
    made, after_column = "", False
    for term, piece in zip(terms, pieces, strict=True):
        is_column = term.column is not None
        if piece:
            made += f" {piece}" if made and is_column and after_column else piece
            after_column = is_column
    return made.strip()


def _terms(table: Table, field: str, expression: str) -> Iterator[Term]:
    """Yield the pieces of an expression; a header that holds a plus sign goes before the sign."""
    pieces, at = _pieces(field, expression), 0
    while at < len(pieces):
        quoted = next((other for other in range(at, len(pieces)) if pieces[other][0] in _QUOTES), len(pieces))
        for end in range(max(quoted, at + 1), at + 1, -1):
            term = _term(table, " + ".join(pieces[at:end]))
            if term is not None and term.column is not None and "+" in term.column.header:
                break
        else:
            end, term = at + 1, _term(table, pieces[at])
        if term is None:
            raise _no_term(table, field, expression, pieces[at])
        yield term
        at = end


def _pieces(field: str, expression: str) -> list[str]:
    """Return what stands between the plus signs, those in quotation marks apart."""
    pieces = [""]
    quote = ""
    for letter in expression:
        if letter == quote:
            quote = ""
        elif not quote and letter in _QUOTES and (not pieces[-1].strip() or pieces[-1].rstrip().endswith("-")):
            quote = letter  # an apostrophe inside a header is none
        if letter == "+" and not quote:
            pieces.append("")
        else:
            pieces[-1] += letter
    if quote or not all(piece.strip() for piece in pieces):
        raise _unreadable(field, expression)
    return [piece.strip() for piece in pieces]


def _term(table: Table, text: str) -> Term | None:
    """Return one piece: a fixed word, a column, a part of one, or one without a prefix; None for none of these."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES:
        return Term(text=text[1:-1]) if text[0] not in text[1:-1] else None
    prefixed = None if _is_header(table, text) else _CUT.fullmatch(text)
    name, prefix = (prefixed["column"], prefixed["prefix"]) if prefixed else (text, "")
    before, _, part = name.rpartition(".")
    if part.casefold() in PARTS and not _is_header(table, name):
        column = find_column(table, before)
        if column is not None:
            return Term(column=column, part=part.casefold(), prefix=prefix)
    column = find_column(table, name)
    return Term(column=column, prefix=prefix) if column is not None else None


def _is_header(table: Table, text: str) -> bool:
    """Tell whether a column is called so to the letter: a header may hold every sign of an expression."""
    return any(column.header == text for column in table.columns)


def _no_term(table: Table, field: str, expression: str, text: str) -> UsageError:
    """Return why a piece is none: an expression that cannot be read, or the name that there is not."""
    if text[0] in _QUOTES:
        return _unreadable(field, expression)
    prefixed = _CUT.fullmatch(text)
    name = prefixed["column"] if prefixed else text
    (before, dot, part), (start, minus, rest) = name.rpartition("."), name.partition(" - ")
    if dot and part.casefold() in PARTS:
        name = before
    elif dot and find_column(table, before) and did_you_mean(part, PARTS):
        return UsageError("set.unknown_header", header=name, meant=f"{before}.{did_you_mean(part, PARTS)}")
    elif minus and find_column(table, start):
        return UsageError("set.unknown_header", header=name, meant=f"{start} - '{rest}'")
    headers = [column.header for column in table.columns if column.header]
    return UsageError("set.unknown_header", header=name, meant=did_you_mean(name, headers))


def _unreadable(field: str, expression: str) -> UsageError:
    return UsageError("set.expression", field=field, expression=expression, parts=", ".join(PARTS))
