"""The names of options that have a default in the settings, and a table of such defaults, read strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from clientimport.errors import SettingsUnusable
from clientimport.messages.catalog import LANGUAGES
from clientimport.model.did_you_mean import did_you_mean


class DefaultName(StrEnum):
    """An option that is taken from the settings where it is not given; also the mark of such an option."""

    PLATFORM = "platform"
    CONNECTION = "connection"
    PROFILE = "profile"
    LANGUAGE = "language"
    COUNTRY = "country"
    """Of every row that has no country: `--default country=…`."""


NAMES = tuple(name.value for name in DefaultName)


def parse_defaults(table: Any, place: object, prefix: str = "defaults.") -> Mapping[DefaultName, str]:
    """Return the defaults of a table in a settings file. Raises SettingsUnusable for anything that is none."""
    if not isinstance(table, dict):
        raise SettingsUnusable("settings.not_text", file=place, key=prefix.rstrip("."))
    for key, value in table.items():
        if key not in NAMES:
            closest = did_you_mean(key, NAMES)
            raise SettingsUnusable("settings.unknown_key", file=place, key=f"{prefix}{key}", meant=closest)
        if not isinstance(value, str) or not value.strip():
            raise SettingsUnusable("settings.not_text", file=place, key=f"{prefix}{key}")
    return {DefaultName(key): parse_default(DefaultName(key), value, place) for key, value in table.items()}


def parse_default(name: DefaultName, value: str, place: object) -> str:
    """Return a default that can be one. Raises SettingsUnusable for a platform or language that does not exist.

    A connection and a profile are looked for when they are used, and so is a country, whose code has two letters.
    """
    value = value.strip()
    if name is DefaultName.COUNTRY:
        if not re.fullmatch("[A-Za-z]{2}", value):
            raise SettingsUnusable("settings.country", file=place, value=value)
        return value.upper()
    known = _choices(name)
    if known and value not in known:
        facts = {"file": place, "value": value, "known": ", ".join(known), "meant": did_you_mean(value, known)}
        raise SettingsUnusable(f"settings.{name}", **facts)
    return value


def _choices(name: DefaultName) -> tuple[str, ...]:
    if name is DefaultName.LANGUAGE:
        return LANGUAGES
    if name is DefaultName.PLATFORM:
        from clientimport.schema.data_files import platform_ids

        return tuple(platform_ids())
    return ()
