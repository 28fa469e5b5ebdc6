"""Row filters (`--where`): only the rows that a person asks for are read, and how many were left out is said."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Finding
from clientimport.model.normalize import normalize
from clientimport.model.shell_command import shell_command
from clientimport.model.table import Column, Table
from clientimport.schema.finding_catalog import new_finding

MAX_CELLS = 8
"""Cells of a column that are named beside a value which is not among them: a line's worth; chosen, not measured."""
_SPECIAL = frozenset("\"'`$\\\n")
"""What means something to a shell, or to cmd.exe, between double quotes."""
Mask = np.ndarray[tuple[int], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class RowFilter:
    """One condition: the cell of `column` holds one of `values`, or none of them when it is `excluding`."""

    column: Column
    values: tuple[str, ...]
    """As given; an empty one stands for an empty cell."""
    excluding: bool = False

    def mask(self) -> Mask:
        """Return which rows of the table the condition holds for; case and outer white space do not count."""
        wanted = pa.array([_comparable(value) for value in self.values], pa.string())
        among: Any = pc.is_in(self._cells(), value_set=wanted)
        mask: Mask = among.to_numpy(zero_copy_only=False)
        return ~mask if self.excluding else mask

    def values_not_found(self) -> tuple[str, ...]:
        """Return the values that no cell of the column holds: perhaps misspelt."""
        cells = frozenset(self._cells().unique().to_pylist())
        return tuple(value for value in self.values if value and _comparable(value) not in cells)

    @property
    def first_cells(self) -> str:
        """The first few of the column's distinct cells."""
        cells = [cell for cell in self.column.values.unique().to_pylist() if cell]
        return ", ".join(cells[:MAX_CELLS]) + (", …" if len(cells) > MAX_CELLS else "")

    def _cells(self) -> pa.StringArray:
        trimmed: Any = pc.utf8_trim_whitespace(pc.fill_null(self.column.values, pa.scalar("")))
        cells: pa.StringArray = pc.utf8_lower(trimmed)
        return cells


def filter_rows(table: Table, conditions: Iterable[str]) -> Table:
    """Return `table` with the rows for which every condition holds, `Header=value,value` or `Header!=value`.

    Says how many rows were left out, and names values that no row has. Raises UsageError for a condition that is none,
    or whose column does not exist or is there twice.
    """
    filters = [parse_condition(condition, table.columns) for condition in conditions]
    if not filters:
        return table
    mask = np.logical_and.reduce([row_filter.mask() for row_filter in filters])
    left_out = len(mask) - int(mask.sum())
    findings = [finding for row_filter in filters for finding in _unknown_values(row_filter)]
    if left_out == len(mask) > 0:
        findings.append(new_finding("rows.all_left_out", count=left_out))
    elif left_out:
        findings.append(new_finding("rows.left_out", count=left_out, kept=len(mask) - left_out))
    return table.filter(mask, findings)


def where_option(header: str, values: Iterable[str], *, excluding: bool) -> str:
    """Return the option that asks for the rows with these cells, or for all others, quoted for a shell.

    >>> where_option("Status", ["inactief", "gestopt"], excluding=True)
    '--where "Status!=inactief,gestopt"'
    >>> where_option("Einddatum", [""], excluding=False)
    '--where "Einddatum="'
    """
    cells = ",".join(f'"{value}"' if "," in value else value for value in values)
    condition = f"{header}{'!=' if excluding else '='}{cells}"
    plain = not set(condition) & _SPECIAL
    return f'--where "{condition}"' if plain else shell_command(["--where", condition])


def parse_condition(condition: str, columns: tuple[Column, ...]) -> RowFilter:
    """Return the filter that `condition` asks for. Raises UsageError.

    A header may hold an equals sign itself: the longest part before one that is a column's header or letter counts.
    """
    signs = [index for index, character in enumerate(condition) if character == "="]
    for sign in reversed(signs):
        excluding = condition[:sign].endswith("!")
        name, cells = condition[: sign - excluding], condition[sign + 1 :]
        column = _column(name.strip(), columns)
        if column is not None:
            return RowFilter(column, _values(cells), excluding)
    raise _condition_error(condition, columns)


def _values(cells: str) -> tuple[str, ...]:
    """Return the values between the commas; one that holds a comma stands in quotation marks."""
    return tuple(value.strip() for value in next(csv.reader([cells], skipinitialspace=True), [""])) or ("",)


def _column(name: str, columns: tuple[Column, ...]) -> Column | None:
    """Return the column with this header or letter. Raises UsageError for a header that is there twice."""
    for same in (_as_typed, normalize):
        alike = [column for column in columns if name and column.header and same(column.header) == same(name)]
        if len(alike) > 1:
            letters = ", ".join(column.letter for column in alike)
            raise UsageError("where.twice", header=name, letters=letters, letter=alike[0].letter)
        if alike:
            return alike[0]
    return next((column for column in columns if column.letter == name.upper()), None)


def _as_typed(header: str) -> str:
    return header


def _condition_error(condition: str, columns: tuple[Column, ...]) -> UsageError:
    name, equals, _ = condition.partition("=")
    if not equals or not name.strip("! "):
        return UsageError("usage.pair", option="--where", value=condition, form='"HEADER=VALUE,VALUE"')
    headers = [column.header or column.letter for column in columns]
    name = name.removesuffix("!").strip()
    listed = ", ".join(headers)
    return UsageError("where.unknown_header", header=name, meant=did_you_mean(name, headers), known=listed)


def _unknown_values(row_filter: RowFilter) -> Iterable[Finding]:
    for value in row_filter.values_not_found():
        header = row_filter.column.header or row_filter.column.letter
        yield new_finding("rows.no_such_value", header=header, typed=value, known=row_filter.first_cells)


def _comparable(value: str) -> str:
    return str(pc.utf8_lower(pa.scalar(value.strip())).as_py())
