"""Fields that a row must fill, should fill, or should leave empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pyarrow.compute as pc

from clientimport.model.columns import keep_matching, true_positions
from clientimport.model.finding import Issue
from clientimport.model.records import Records
from clientimport.schema.types.missing_value import is_missing

_ANY_FORM: Mapping[str, str] = MappingProxyType({})


def required(records: Records, *, field: str) -> Iterator[Issue]:
    """Notice every row without a value; validation asks it of each required column."""
    for position in true_positions(pc.is_null(records.column(field))):
        yield Issue("required.empty").at(position, field)


def one_of(
    records: Records, *, fields: tuple[str, ...], code: str, forms: Mapping[str, str] = _ANY_FORM
) -> Iterator[Issue]:
    """Notice every row in which all of `fields` are empty, at the cell where something else was typed, if any.

    A value that is not as `forms` has it for its field (an expression of Arrow's) counts for nothing.
    """
    columns = [
        keep_matching(records.column(name), forms[name]) if name in forms else records.column(name) for name in fields
    ]
    empty = pc.is_null(columns[0])
    for column in columns[1:]:
        empty = pc.and_(empty, pc.is_null(column))
    for position in true_positions(empty):
        typed = (field for field in fields if records.typed_value(field, position))
        yield Issue(code).at(position, next(typed, fields[0]))


def expected_with(records: Records, *, field: str, beside: str, code: str) -> Iterator[Issue]:
    """Notice every row that has `beside` but not `field`."""
    alone = pc.and_(pc.is_null(records.column(field)), pc.is_valid(records.column(beside)))
    for position in true_positions(alone):
        yield Issue(code).at(position, field)


def advised(records: Records, *, field: str, code: str) -> Iterator[Issue]:
    """Notice, once for the whole table, that some rows have no value; a wrong value has a finding of its own."""
    empty = true_positions(pc.is_null(records.column(field)))
    count = sum(1 for position in empty if is_missing(records.typed_value(field, position) or "-"))
    if count:
        yield Issue(code, {"count": str(count)}).at(None, field)


def better_empty(records: Records, *, field: str, code: str) -> Iterator[Issue]:
    """Notice every value in a column that the platform fills by itself."""
    for position in true_positions(pc.is_valid(records.column(field))):
        yield Issue(code).at(position, field)
