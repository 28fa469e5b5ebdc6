"""The defaults in force: of the environment, the project's file and the user's, each with where it comes from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from clientimport.errors import SettingsUnusable
from clientimport.settings.config_file import load_settings
from clientimport.settings.default_values import DefaultName, parse_default
from clientimport.settings.folders import folders
from clientimport.settings.project_file import find_project_file, load_project_file

VARIABLES = {
    DefaultName.PLATFORM: "CLIENTIMPORT_PLATFORM",
    DefaultName.CONNECTION: "CLIENTIMPORT_CONNECTION",
    DefaultName.PROFILE: "CLIENTIMPORT_PROFILE",
    DefaultName.LANGUAGE: "CLIENTIMPORT_LANGUAGE",
}


class DefaultSource(StrEnum):
    """Where a default comes from; an earlier one beats a later one."""

    ENVIRONMENT = "environment"
    PROJECT = "project"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Default:
    """The value of an option that was not given."""

    value: str
    source: DefaultSource
    place: str
    """The variable or the file that it stands in."""

    def beats(self, other: Default) -> bool:
        """Return whether this one comes from a nearer place than another option's default."""
        order = list(DefaultSource)
        return order.index(self.source) < order.index(other.source)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is taken for options that are not given."""

    values: Mapping[DefaultName, Default] = field(default_factory=dict)

    def value(self, name: DefaultName) -> str | None:
        """Return the value of an option that was not given."""
        default = self.values.get(name)
        return default.value if default else None


def load_defaults(folder: Path) -> Defaults:
    """Return the defaults that hold for a file in this folder. Raises SettingsUnusable for one that cannot be."""
    config = folders().config
    levels: list[tuple[DefaultSource, str, Mapping[DefaultName, str]]] = [
        (DefaultSource.USER, str(config), load_settings(config).defaults)
    ]
    project = find_project_file(folder)
    if project is not None:
        levels.append((DefaultSource.PROJECT, str(project), load_project_file(project)))
    values = {name: Default(value, source, place) for source, place, given in levels for name, value in given.items()}
    return Defaults({**values, **_environment()})


def usable_defaults(folder: Path) -> Defaults:
    """Return the defaults, and none where the settings cannot be used."""
    try:
        return load_defaults(folder)
    except SettingsUnusable:
        return Defaults()


def no_defaults(_folder: Path) -> Defaults:
    """Return no defaults, for a command that is about none of them."""
    return Defaults()


def _environment() -> dict[DefaultName, Default]:
    given = {name: (variable, os.environ.get(variable)) for name, variable in VARIABLES.items()}
    return {
        name: Default(parse_default(name, value, variable), DefaultSource.ENVIRONMENT, variable)
        for name, (variable, value) in given.items()
        if value
    }
