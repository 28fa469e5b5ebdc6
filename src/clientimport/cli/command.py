"""A command: a function from options to a CommandResult, given to typer with its examples and shared options."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import typer

from clientimport.cli.console import Console
from clientimport.cli.file_roles import FileRole, check_file_roles, file_role, first_input, with_stdout
from clientimport.cli.given_options import GivenOptions, given_options, option_name
from clientimport.cli.option_defaults import default_name, fill_options
from clientimport.cli.options import SET_BY_COMMAND, OutputOptions
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.run_command import run_command
from clientimport.settings.default_values import DefaultName
from clientimport.settings.defaults import Defaults, load_defaults

Command = Callable[..., CommandResult | CommandFailure]
OPTIONS: dict[str, frozenset[str]] = {}
"""Name of a command that is loaded -> the options that it takes."""


def command(
    app: typer.Typer, name: str, *examples: str, settings: Callable[[Path], Defaults] = load_defaults
) -> Callable[[Command], Command]:
    """Register a function under `name` (`runs list`: a group and its command).

    A parameter that is a dataclass of options becomes these options; `console: Console` becomes the options about
    output, which every command has. The help shows them in the order of the parameters. `settings` returns the
    defaults of options for a folder.
    """

    def register(function: Command) -> Command:
        registered = app.command(name.rsplit(maxsplit=1)[-1], help=_help(function, examples))
        registered(_entry(name, function, settings))
        return function

    return register


def _help(function: Command, examples: tuple[str, ...]) -> str:
    summary, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
    shown = "\n".join(f"  {example}" for example in examples)
    return _escape_markup(
        "\n\n".join(part for part in (summary.replace("\n", " "), f"Examples:\n{shown}", rest) if part)
    )


def _escape_markup(text: str) -> str:
    """Return a text that rich shows as it stands."""
    if "[" not in text:
        return text
    from rich.markup import escape  # 15 ms that most commands do not need

    return escape(text)


def _entry(name: str, function: Command, load: Callable[[Path], Defaults]) -> Callable[..., None]:
    """Return `function` as typer wants it: every option a parameter of its own."""
    hints = get_type_hints(function, include_extras=True)
    groups = [
        parameter.replace(annotation=OutputOptions if hints[key] is Console else hints[key])
        for key, parameter in inspect.signature(function).parameters.items()
    ]
    parameters = [option for parameter in groups for option in _options(parameter)]
    OPTIONS[name] = frozenset(filter(None, (option_name(option.annotation) for option in parameters)))
    called = _CommandParameters(tuple(groups), tuple(parameters))

    def entry(**typed: Any) -> None:
        typed = with_stdout(called.roles, typed)
        output = _output_options(called.values(typed), typed)
        folder = Path(first_input(called.roles, typed)).parent
        sys.exit(run_command(name, partial(called.call, function, typed), output, partial(load, folder)))

    entry.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    entry.__annotations__ = {option.name: option.annotation for option in parameters}
    return entry


@dataclass(frozen=True, slots=True)
class _CommandParameters:
    """What a command takes."""

    groups: tuple[inspect.Parameter, ...]
    """The parameters of the function; a group of options is one of them."""
    options: tuple[inspect.Parameter, ...]
    """The same, each option by itself."""

    @property
    def roles(self) -> dict[str, FileRole]:
        """The options that name files, with what is done with them."""
        return {option.name: mark for option in self.options if (mark := file_role(option.annotation)) is not None}

    @property
    def marks(self) -> dict[DefaultName, str]:
        """The options that have a default in the settings."""
        return {mark: option.name for option in self.options if (mark := default_name(option.annotation)) is not None}

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the arguments of the function."""
        return {parameter.name: _value(parameter, given) for parameter in self.groups}

    def call(
        self, function: Command, typed: Mapping[str, Any], console: Console, defaults: Defaults
    ) -> CommandResult | CommandFailure:
        """Call the function with what was typed, and with the defaults for what was not."""
        given, taken = fill_options(self.marks, typed, defaults)
        console = dataclasses.replace(console, given=GivenOptions(given_options(self.options, typed), taken))
        console.print_taken()
        check_file_roles(self.roles, given)
        return function(
            **{
                name: console if isinstance(value, OutputOptions) else value
                for name, value in self.values(given).items()
            }
        )


def _options(parameter: inspect.Parameter) -> Iterator[inspect.Parameter]:
    """Yield a parameter as typer wants it; of a group of options, one for each."""
    if not dataclasses.is_dataclass(parameter.annotation):
        yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        return
    for field in _fields(parameter.annotation):
        yield from _options(field)


def _value(parameter: inspect.Parameter, given: Mapping[str, Any]) -> Any:
    """Return the value of a parameter; of a group of options, the group with its values."""
    group = parameter.annotation
    if not (isinstance(group, type) and dataclasses.is_dataclass(group)):
        return given[parameter.name]
    return group(**{field.name: _value(field, given) for field in _fields(group)})


def _fields(group: Any) -> Iterator[inspect.Parameter]:
    """Yield the fields of a group of options as parameters."""
    hints = get_type_hints(group, include_extras=True)
    for field in dataclasses.fields(group):
        hint, kind = hints[field.name], inspect.Parameter.KEYWORD_ONLY
        if SET_BY_COMMAND in getattr(hint, "__metadata__", ()):
            continue
        default = inspect.Parameter.empty if field.default is dataclasses.MISSING else field.default
        if default is inspect.Parameter.empty and default_name(hint) is DefaultName.CONNECTION:
            type_, *marks = get_args(hint)
            default, hint = None, Annotated[(type_ | None, *marks)]  # required, but the settings may name it
        yield inspect.Parameter(field.name, kind, default=default, annotation=hint)


def _output_options(values: Mapping[str, Any], given: Mapping[str, Any]) -> OutputOptions:
    """Return how to answer; `--format json` is `--json`."""
    asked = next(value for value in values.values() if isinstance(value, OutputOptions))
    return dataclasses.replace(asked, as_json=asked.as_json or given.get("format_") == "json")
