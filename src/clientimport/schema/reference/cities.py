"""Cities that everybody knows, with the ranges in which their postal codes lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import tomli

from clientimport.model.normalize import normalize
from clientimport.schema.data_files import data_folder

Codes = tuple[tuple[int, int], ...]
"""Ranges of postal codes, both ends included."""


@dataclass(frozen=True, slots=True)
class City:
    """A city that everybody knows, and the postal codes that may stand beside it."""

    name: str
    codes: Codes


@cache
def cities() -> Mapping[str, Mapping[str, City]]:
    """Return country -> normalised name in any language -> place, from schemas/_places.toml."""
    document = tomli.loads((data_folder("schemas") / "_places.toml").read_text(encoding="utf-8"))
    return {
        country: {
            normalize(name): City(entry["names"][0], tuple((first, last) for first, last in entry["codes"]))
            for entry in entries
            for name in entry["names"]
        }
        for country, entries in document.items()
    }
