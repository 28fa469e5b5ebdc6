"""The catalogue of findings: how much each matters and which source says so (schemas/_findings.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import tomli

from clientimport.model.finding import Severity
from clientimport.schema.data_files import data_folder


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding."""

    severity: Severity
    source: str
    """A URL, or the name of the document that states the rule."""
    masked: bool = False
    """Whether the value is, or may be, the number of a person, whatever the field is."""


@cache
def finding_kinds() -> Mapping[str, FindingKind]:
    """Return every kind of finding by its code."""
    entries = tomli.loads((data_folder("schemas") / "_findings.toml").read_text(encoding="utf-8"))
    return {code: _entry(entry) for code, entry in entries.items()}


def _entry(entry: Mapping[str, Any]) -> FindingKind:
    return FindingKind(Severity(entry["severity"]), entry["source"], masked=entry.get("masked", False))
