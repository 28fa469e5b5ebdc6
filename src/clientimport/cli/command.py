"""A command: a function from options to an Outcome, given to typer with its examples and shared options."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

import typer

from clientimport.cli.console import Console
from clientimport.cli.file_roles import check_file_roles, file_role, with_stdout
from clientimport.cli.options import OutputOptions
from clientimport.cli.result import CommandFailure, CommandResult
from clientimport.cli.run_command import run_command

Command = Callable[..., CommandResult | CommandFailure]


def command(app: typer.Typer, name: str, *examples: str) -> Callable[[Command], Command]:
    """Register a function under `name` (`runs list`: a group and its command).

    A parameter that is a dataclass of options becomes these options; `screen: Console` becomes the options in which a
    command speaks, which every command has.
    """

    def register(function: Command) -> Command:
        registered = app.command(name.rsplit(maxsplit=1)[-1], help=_help(function, examples))
        registered(_entry(name, function))
        return function

    return register


def _help(function: Command, examples: tuple[str, ...]) -> str:
    summary, _, rest = inspect.cleandoc(function.__doc__ or "").partition("\n\n")
    shown = "\n".join(f"  {example}" for example in examples)
    return _as_typed("\n\n".join(part for part in (summary.replace("\n", " "), f"Examples:\n{shown}", rest) if part))


def _as_typed(text: str) -> str:
    """Return a text that rich shows as it stands."""
    if "[" not in text:
        return text
    from rich.markup import escape  # 15 ms that most commands do not need

    return escape(text)


def _entry(name: str, function: Command) -> Callable[..., None]:
    """Return `function` as typer wants it: every option a parameter of its own."""
    hints = get_type_hints(function, include_extras=True)
    groups = {key: OutputOptions if hint is Console else hint for key, hint in hints.items() if _is_group(hint)}
    plain = [p.replace(annotation=hints[p.name]) for p in _parameters(function) if p.name not in groups]
    options = [option for group in groups.values() for option in _options(group)]
    parameters = [_keyword(p) for p in (*plain, *options)]
    roles = {p.name: mark for p in parameters if (mark := file_role(p.annotation)) is not None}

    def entry(**typed: Any) -> None:
        given = with_stdout(roles, typed)
        filled = {key: _filled(group, given) for key, group in groups.items()}
        rest = {parameter.name: given[parameter.name] for parameter in plain}

        def act(screen: Console) -> CommandResult | CommandFailure:
            check_file_roles(roles, given)
            return function(**_spoken(filled, screen), **rest)

        sys.exit(run_command(name, act, _speaking(filled, given)))

    entry.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    entry.__annotations__ = {p.name: p.annotation for p in parameters}
    return entry


def _parameters(function: Command) -> list[inspect.Parameter]:
    return list(inspect.signature(function).parameters.values())


def _is_group(hint: Any) -> bool:
    return isinstance(hint, type) and dataclasses.is_dataclass(hint) and hint is not CommandResult


def _options(group: type) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=_default(field), annotation=hints[field.name]
        )
        for field in dataclasses.fields(group)
    ]


def _default(field: dataclasses.Field[Any]) -> Any:
    return inspect.Parameter.empty if field.default is dataclasses.MISSING else field.default


def _keyword(parameter: inspect.Parameter) -> inspect.Parameter:
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)


def _filled(group: Any, given: Mapping[str, Any]) -> Any:
    return group(**{field.name: given[field.name] for field in dataclasses.fields(group)})


def _speaking(filled: Mapping[str, Any], given: Mapping[str, Any]) -> OutputOptions:
    """Return how to answer; `--format json` is `--json`."""
    asked = next(group for group in filled.values() if isinstance(group, OutputOptions))
    return dataclasses.replace(asked, as_json=asked.as_json or given.get("format_") == "json")


def _spoken(filled: Mapping[str, Any], screen: Console) -> dict[str, Any]:
    return {key: screen if isinstance(group, OutputOptions) else group for key, group in filled.items()}
