"""A sheet: one grid of the user's file as text, before its table is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from clientimport.files.readers.cell_grid import CellGrid
from clientimport.model.finding import Finding
from clientimport.model.table import CellFlag


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A merged range, its four sides included: rows count from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a reader returns for one sheet; where its table is, is decided on this."""

    name: str | None
    """None for a text file."""
    grid: CellGrid
    cell_flags: Mapping[tuple[int, int], CellFlag] = field(default_factory=dict)
    """By row number and column."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged_ranges: tuple[MergedRange, ...] = ()
    mail_links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """By row number and column: the e-mail address that a cell links to."""
    findings: tuple[Finding, ...] = ()
    """What the format's reader reports."""


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet that can be read, and whether Excel shows it."""

    name: str | None
    hidden: bool = False


class Workbook(Protocol):
    """A file of sheets, in some format."""

    @property
    def sheet_infos(self) -> tuple[SheetInfo, ...]:
        """The sheets in the user's order; charts and macros are none."""
        ...

    def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
        """Return a sheet, or its first `limit` rows that are not blank. Raises FileUnreadable."""
        ...
