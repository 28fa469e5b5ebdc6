"""Header rows of real programs, with what each column holds (headers/*.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from clientimport.model.platform_schema import PlatformSchema

_FOLDER = Path(__file__).parent / "headers"
_ALSO = {
    "-siret": "company_number ?",
    "-fulladdress": "address ?",
    "-company2": "legal_name ?",
    "-countryname": "country ?",
}
"""What holds more than a field, or the same again, is as good as the field: the place behind an address is cut off."""
_OTHERS = {
    "street": "-street",
    "house_number": "-house",
    "box": "-box",
    "postal_code": "-postal",
    "city": "-city",
    "address": "-address",
    "country": "-country",
    "contact_email": "-email",
    "contact_phone": "-phone",
}
"""What stands in a column `field other`: the same kind of value, of somebody or somewhere else."""
_AUDIENCES = {"companies": False, "persons": True}


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
    """The only platform where it is right, or all for `companies` or for `persons`; empty for all."""

    def right_on(self, schema: PlatformSchema) -> bool:
        """Tell whether the fields are right on this platform."""
        if self.platform in _AUDIENCES:
            return (schema.column("legal_name") is None) is _AUDIENCES[self.platform]
        return self.platform in ("", schema.id)

    def forgiven_on(self, schema: PlatformSchema) -> bool:
        """Tell whether leaving it alone is as good as the right field, or taking it as good as leaving it."""
        return self.optional and (self.platform not in _AUDIENCES or not self.right_on(schema))


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
    """Return the header rows of one file: `known`, `tuning`, `held_out`, `later_tuning` or `later_held_out`."""
    systems = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["systems"]
    return tuple(
        HeaderRow(one["name"], one["country"], one["language"], tuple(map(_labelled, one["columns"])))
        for one in systems
    )


def _labelled(column: str) -> Labelled:
    header, _, label = column.rpartition(" = ")
    label = _ALSO.get(label, label)
    name, _, platform = label.partition("@")
    platform = platform.rstrip("?")
    name, _, other = name.rstrip(" ?").partition(" ")
    fields = tuple(name.split("|"))
    optional = label.endswith("?") or bool(platform and platform not in _AUDIENCES)
    kind = next((kind for kind, meant in _ALSO.items() if meant == label), fields[0])
    kind = _OTHERS[kind] if other else kind
    return Labelled(header, () if label.startswith("-") else fields, kind, optional, platform)
