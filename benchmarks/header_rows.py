"""Header rows of real programs, with what each column holds (headers/*.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "headers"
_ALSO = {"-fulladdress": "address ?", "-company2": "legal_name ?"}
"""What holds more than a field, or the same again, is as good as the field: the place behind an address is cut off."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One header, and what stands under it."""

    header: str
    fields: tuple[str, ...]
    """The fields that are right; the contents are those of the first."""
    kind: str
    """What the contents are: a field, or `-kind` for a column that holds none."""
    optional: bool
    """Whether leaving it alone is as good as the right field."""
    platform: str = ""
    """The only platform where it is right; empty for all."""


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """The header row of one program."""

    name: str
    country: str
    language: str
    columns: tuple[Labelled, ...]

    @property
    def mixed(self) -> bool:
        """Whether the list keeps persons and companies under one name, with a first name for the persons alone."""
        fields = {field for column in self.columns for field in column.fields}
        return {"legal_name", "contact_first_name"} <= fields and fields.isdisjoint(
            {"contact_last_name", "contact_name"}
        )


def header_rows(name: str) -> tuple[HeaderRow, ...]:
    """Return the header rows of one file: `known`, `tuning` or `held_out`."""
    systems = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["systems"]
    return tuple(
        HeaderRow(one["name"], one["country"], one["language"], tuple(map(_labelled, one["columns"])))
        for one in systems
    )


def _labelled(column: str) -> Labelled:
    header, _, label = column.rpartition(" = ")
    label = _ALSO.get(label, label)
    label, _, platform = label.partition("@")
    fields = tuple(label.rstrip(" ?").split("|"))
    optional = label.endswith("?") or bool(platform)
    kind = next((kind for kind, meant in _ALSO.items() if meant == label), fields[0])
    return Labelled(header, () if label.startswith("-") else fields, kind, optional, platform)
