"""Known programs: the set of a table's headers tells which program it was exported from (schemas/_systems.toml)."""

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
_ALIKE = 0.6
_TWINS = 0.05
_TELLING = 2


@dataclass(frozen=True, slots=True)
class KnownSoftware:
    """One program and what its columns are, by the key of the header."""

    name: str
    columns: Mapping[str, str]
    """Key -> canonical field, `ignore` or `ask`."""
    distinctive_headers: frozenset[str]
    """Headers that no list made by hand has."""

    def likeness(self, headers: frozenset[str]) -> float:
        """Return the share of headers both have, of all that either has; 0 without two that tell it apart."""
        if len(self.distinctive_headers & headers) < _TELLING:
            return 0.0
        common = len(headers & self.columns.keys())
        return common / (len(headers) + len(self.columns) - common)


@dataclass(frozen=True, slots=True)
class SoftwareMatch:
    """The program a table comes from, and its columns by position in the sheet; `ignore` for those not wanted."""

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
    """Return the program whose headers these are; of twins only what they agree on."""
    headers = frozenset(map(normalize_header, (column.header for column in table.columns))) - {""}
    alike = [(likeness, one) for one in known_software() if (likeness := one.likeness(headers)) >= _ALIKE]
    if not alike:
        return None
    best = max(likeness for likeness, _ in alike)
    twins = [one for likeness, one in alike if likeness > best - _TWINS]
    agreed = {header: field for header, field in twins[0].columns.items() if _agree(twins, header, field)}
    claims = [(column, agreed.get(normalize_header(column.header), ASK)) for column in table.columns]
    fields = undisputed_claims((column, field) for column, field in claims if field not in (ASK, "ignore"))
    ignored = {column.index: "ignore" for column, field in claims if field == "ignore"}
    return SoftwareMatch(" / ".join(one.name for one in twins), {**fields, **ignored})


def _agree(twins: list[KnownSoftware], header: str, field: str) -> bool:
    return field != ASK and all(twin.columns.get(header) == field for twin in twins)
