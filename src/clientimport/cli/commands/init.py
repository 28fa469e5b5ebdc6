"""`init`: asks once for what would be typed with every command, and keeps it in the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.completion_values import CONNECTIONS, PLATFORMS, PROFILES
from clientimport.cli.console import Console
from clientimport.cli.options import option
from clientimport.cli.result import CommandResult
from clientimport.errors import ClientImportError, UsageError
from clientimport.settings.config_file import Settings, load_settings, save_defaults
from clientimport.settings.default_values import DefaultName
from clientimport.settings.folders import folders

app = typer.Typer()
CLEAR = "-"
"""The answer that takes a default away."""


@command(
    app,
    "init",
    "clientimport init",
    "clientimport init --platform banqup-partner --language nl",
    "clientimport init --connection office --country BE",
)
def init(
    *,
    platform: Annotated[
        str | None,
        option("--platform -p", None, "The platform of most files.", "PLATFORM", autocompletion=PLATFORMS),
    ] = None,
    connection: Annotated[
        str | None,
        option("--connection -c", None, "The account of most pushes.", "NAME", autocompletion=CONNECTIONS),
    ] = None,
    profile: Annotated[
        str | None,
        option("--profile", None, "The saved mapping of most files.", "NAME", autocompletion=PROFILES),
    ] = None,
    country: Annotated[str | None, option("--country", None, "Of clients without one, such as BE.", "CODE")] = None,
    console: Console,
) -> CommandResult:
    """Ask for the platform, account and language that you work with, and keep them as defaults.

    What is given as an option is kept without a question, --language too; an empty one takes a default away.
    """
    typed = {
        DefaultName.LANGUAGE: next(iter(console.given.options.get("--language", ())), None),
        DefaultName.PLATFORM: platform,
        DefaultName.CONNECTION: connection,
        DefaultName.PROFILE: profile,
        DefaultName.COUNTRY: country,
    }
    config = folders().config
    saved = load_settings(config)
    given = {name: value for name, value in typed.items() if value is not None}
    if not given and not console.is_interactive:
        raise UsageError("usage.init_flags")
    defaults = {name: _checked(name, value, saved) for name, value in given.items()} or dict(_asked(saved, console))
    _require_same_platform({**saved.defaults, **defaults}, saved)
    save_defaults(config, defaults)
    return _result(config, console)


def _asked(saved: Settings, console: Console) -> Iterator[tuple[DefaultName, str]]:
    """Yield what a person answers; Enter keeps what there is. Raises QuestionDeclined at the end of input."""
    console.print_always(console.messages.phrase("init.intro", clear=CLEAR))
    for name in DefaultName:
        choices = _choices(name, saved)
        if name in (DefaultName.CONNECTION, DefaultName.PROFILE) and not choices:
            continue  # there is none to name
        while (answer := _answer(name, choices, saved, console)) is None:
            pass
        if answer or name in saved.defaults:
            yield name, answer


def _answer(name: DefaultName, choices: tuple[str, ...], saved: Settings, console: Console) -> str | None:
    """Return one answer, checked; None when it was none, which is said."""
    now = saved.defaults.get(name, "")
    label = console.messages.phrase(f"init.ask.{name}", choices=", ".join(choices))
    typed = console.ask(f"{label} [{now}]:" if now else f"{label}:") or now
    try:
        return _checked(name, "" if typed == CLEAR else typed, saved)
    except ClientImportError as error:
        console.print_always(console.messages.error_message(error.code, error.facts))
        return None


def _choices(name: DefaultName, saved: Settings) -> tuple[str, ...]:
    from clientimport.api.profiles import profile_store
    from clientimport.messages.catalog import LANGUAGES
    from clientimport.schema.data_files import platform_ids

    if name is DefaultName.PROFILE:
        return tuple(profile.name for profile in profile_store().all().profiles)
    known = {
        DefaultName.LANGUAGE: LANGUAGES,
        DefaultName.PLATFORM: platform_ids(),
        DefaultName.CONNECTION: tuple(saved.connections),
        DefaultName.COUNTRY: ("BE", "LU"),
    }
    return known[name]


def _checked(name: DefaultName, value: str, saved: Settings) -> str:
    """Return a default that can be one. Raises SettingsUnusable and UsageError."""
    from clientimport.settings.default_values import parse_default

    value = value.strip()
    if not value:
        return value
    if name is DefaultName.CONNECTION and value != "sandbox":
        saved.connection(value)
    if name is DefaultName.PROFILE:
        from clientimport.api.profiles import profile_store

        profile_store().load(value)
    return parse_default(name, value, "--" + name.value)


def _require_same_platform(defaults: Mapping[DefaultName, str], saved: Settings) -> None:
    """Raise UsageError where the connection belongs to another platform than the one beside it."""
    connection = saved.connections.get(defaults.get(DefaultName.CONNECTION, ""))
    platform = defaults.get(DefaultName.PLATFORM)
    if connection and platform and connection.platform != platform:
        facts = {"name": connection.name, "platform": connection.platform, "asked": platform}
        raise UsageError("init.other_platform", **facts)


def _result(config: object, console: Console) -> CommandResult:
    kept = load_settings(folders().config).defaults
    phrase = console.messages.phrase
    headings = [phrase("settings.name"), phrase("settings.value")]
    rows = [(name.value, kept[name]) for name in DefaultName if name in kept]
    table = console.table(headings, rows) if rows else phrase("init.nothing")
    data = {"file": str(config), "defaults": {name.value: value for name, value in kept.items()}}
    return CommandResult(data, f"{phrase('init.written', file=config)}\n\n{table}\n\n{phrase('init.next')}")
