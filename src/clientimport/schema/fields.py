"""The canonical fields: what is known about a client, under one name on every platform (schemas/_fields.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import tomli

from clientimport.model.field_type import FieldType
from clientimport.schema.data_files import data_folder
from clientimport.schema.registry import build, require_known_keys
from clientimport.schema.types import TYPES

LANGUAGES = ("nl", "fr", "en", "de")
"""The languages of messages, headers and words."""
MANDATE_PROOF = ("mandate_date", "mandate_signatory", "mandate_reference")
"""What stands beside a mandate as its proof; no platform takes it."""


@dataclass(frozen=True, slots=True)
class Field:
    """One canonical field."""

    name: str
    type: FieldType
    headers: Mapping[str, tuple[str, ...]]
    """By language: header words that mean this field, as people write them."""
    contact: bool = False
    """Whether it describes the contact person rather than the client."""
    masked: bool = False
    """Whether its values are national register numbers, restricted by law."""


@cache
def canonical_fields() -> Mapping[str, Field]:
    """Return all canonical fields by name. Raises SchemaUnusable when _fields.toml is not right."""
    entries = tomli.loads((data_folder("schemas") / "_fields.toml").read_text(encoding="utf-8"))
    return {name: _field(name, entry) for name, entry in entries.items()}


def _field(name: str, entry: dict[str, object]) -> Field:
    where = f"_fields.toml, {name}"
    require_known_keys(entry, {"type": 0, "headers": 0, "contact": 0, "masked": 0}, where)
    headers = entry.get("headers", {})
    assert isinstance(headers, dict)
    require_known_keys(headers, dict.fromkeys(LANGUAGES), f"{where}.headers")
    spec = entry.get("type")
    assert isinstance(spec, dict)
    return Field(
        name,
        build(TYPES, spec, where),
        {language: tuple(words) for language, words in headers.items()},
        contact=bool(entry.get("contact", False)),
        masked=bool(entry.get("masked", False)),
    )
