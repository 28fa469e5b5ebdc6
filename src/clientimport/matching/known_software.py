"""Known programs: the program a table was exported from, by the set of its headers (schemas/_systems.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import tomli

from clientimport.matching.duplicate_columns import undisputed_claims
from clientimport.model.table import Table
from clientimport.schema.data_files import data_folder
from clientimport.schema.header_key import normalize_header

ASK = "ask"
"""A header that is known, but means different things from file to file."""
_MIN_LIKENESS = 0.6
"""The share of common headers from which a table may be a program's export. Chosen, not measured."""
_EQUAL_LIKENESS = 0.05
"""Programs whose likeness differs by less than this are equally likely. Chosen, not measured."""
_MIN_DISTINCTIVE = 2
"""Distinctive headers that a program is known by; one may stand in any list. Chosen, not measured."""


@dataclass(frozen=True, slots=True)
class KnownSoftware:
    """One program and what its columns are, by the key of the header."""

    name: str
    columns: Mapping[str, str]
    """Key -> canonical field, `ignore` or `ask`."""
    distinctive_headers: frozenset[str]
    """Headers that no list made by hand has."""

    def likeness(self, headers: frozenset[str]) -> float:
        """Return the share of headers both have, of all that either has; 0 without two distinctive ones."""
        if len(self.distinctive_headers & headers) < _MIN_DISTINCTIVE:
            return 0.0
        common = len(headers & self.columns.keys())
        return common / (len(headers) + len(self.columns) - common)


@dataclass(frozen=True, slots=True)
class SoftwareMatch:
    """The program a table comes from, and its columns by position in the sheet; `ignore` for those to leave out."""

    name: str
    fields: Mapping[int, str]


@cache
def known_software() -> tuple[KnownSoftware, ...]:
    """Return all known programs."""
    entries = tomli.loads((data_folder("schemas") / "_systems.toml").read_text(encoding="utf-8"))["systems"]
    return tuple(_program(entry) for entry in entries)


def _program(entry: Mapping[str, Mapping[str, str]]) -> KnownSoftware:
    columns = {normalize_header(header): field for header, field in entry["columns"].items()}
    return KnownSoftware(str(entry["name"]), columns, frozenset(map(normalize_header, entry["telling"])))


def recognise_software(table: Table) -> SoftwareMatch | None:
    """Return the program whose headers these are; where several are equally likely, only what they agree on."""
    headers = frozenset(map(normalize_header, (column.header for column in table.columns))) - {""}
    alike = [
        (likeness, program) for program in known_software() if (likeness := program.likeness(headers)) >= _MIN_LIKENESS
    ]
    if not alike:
        return None
    best = max(likeness for likeness, _ in alike)
    equals = [program for likeness, program in alike if likeness > best - _EQUAL_LIKENESS]
    agreed = {header: field for header, field in equals[0].columns.items() if _is_agreed(equals, header, field)}
    claims = [(column, agreed.get(normalize_header(column.header), ASK)) for column in table.columns]
    fields = undisputed_claims((column, field) for column, field in claims if field not in (ASK, "ignore"))
    ignored = {column.index: "ignore" for column, field in claims if field == "ignore"}
    return SoftwareMatch(" / ".join(program.name for program in equals), {**fields, **ignored})


def _is_agreed(equals: list[KnownSoftware], header: str, field: str) -> bool:
    return field != ASK and all(program.columns.get(header) == field for program in equals)
