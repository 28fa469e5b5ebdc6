"""The options of a command line as they were typed, for the commands that are named as the next ones."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, get_args, get_type_hints

from clientimport.settings.default_values import DefaultName
from clientimport.settings.defaults import Default

_SHORT = {"--platform": "-p", "--connection": "-c", "--output": "-o"}
"""What is typed for an option that has a short name which everybody uses."""


@dataclass(frozen=True, slots=True)
class GivenOptions:
    """What was typed, and what was taken from the settings instead."""

    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name of an option, with its dashes -> its values; none for a switch."""
    taken: Mapping[DefaultName, Default] = field(default_factory=dict)


def given_options(parameters: Iterable[inspect.Parameter], typed: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    """Return the options that were typed, without those that were left as they are."""
    return {
        name: _texts(typed[parameter.name])
        for parameter in parameters
        if (name := option_name(parameter.annotation)) and _is_given(typed[parameter.name], parameter.default)
    }


def option_arguments(group: object) -> Iterator[str]:
    """Yield a group of options as they are typed, without those that were left as they are."""
    hints = get_type_hints(type(group), include_extras=True)
    for item in dataclasses.fields(group):  # type: ignore[arg-type]
        value = getattr(group, item.name)
        if dataclasses.is_dataclass(value):
            yield from option_arguments(value)
        elif _is_given(value, None):
            yield from option_words(option_name(hints[item.name]), _texts(value))


def option_names(group: type) -> frozenset[str]:
    """Return the names of a group of options, with their dashes."""
    return frozenset(map(option_name, get_type_hints(group, include_extras=True).values()))


def option_words(name: str, values: Iterable[str]) -> Iterator[str]:
    """Yield one option as it is typed; a value that begins like an option is tied to its name.

    >>> list(option_words("--where", ["Status=new", "-x=1"])), list(option_words("--platform", ["billit"]))
    (['--where', 'Status=new', '--where=-x=1'], ['-p', 'billit'])
    >>> list(option_words("--include-hidden", []))
    ['--include-hidden']
    """
    values = tuple(values)
    if not values:
        yield name
    for value in values:
        yield from [f"{name}={value}"] if value.startswith("-") else [_SHORT.get(name, name), value]


def option_name(annotation: object) -> str:
    """Return the name of an option with its dashes; of an argument, nothing.

    In an annotation typer takes the first name for the default.
    """
    info = next((mark for mark in get_args(annotation) if hasattr(mark, "param_decls")), None)
    names = (info.default, *info.param_decls) if info is not None and info.param_decls is not None else ()
    return next((str(name).split("/")[0] for name in names if str(name).startswith("--")), "")


def _is_given(value: object, default: object) -> bool:
    """Return whether an option was typed; 0 is a value, and an empty list is none."""
    return value is not None and value is not False and value not in (default, [])


def _texts(value: object) -> tuple[str, ...]:
    if value is True:
        return ()
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    return (str(value.value if isinstance(value, Enum) else value),)
