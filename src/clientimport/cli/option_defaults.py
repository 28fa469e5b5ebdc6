"""Options that were not given, filled in from the settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clientimport.errors import UsageError
from clientimport.settings.config_file import SANDBOX, load_settings
from clientimport.settings.default_values import DefaultName
from clientimport.settings.defaults import Default, Defaults
from clientimport.settings.folders import folders

Marks = Mapping[DefaultName, str]
"""The options of a command that have a default, each with its parameter."""
Taken = dict[DefaultName, Default]


def default_name(annotation: object) -> DefaultName | None:
    """Return which default an option is marked with."""
    return next((mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, DefaultName)), None)


def fill_options(marks: Marks, typed: Mapping[str, Any], defaults: Defaults) -> tuple[dict[str, Any], Taken]:
    """Return the options with the defaults for those that were not given, and which defaults these are.

    Raises UsageError where an account is needed and none is named anywhere.
    """
    given = dict(typed)
    taken: Taken = {}
    if DefaultName.CONNECTION in marks:
        taken |= _fill_account(given, defaults)
    elif DefaultName.PLATFORM in marks:
        taken |= _fill_platform(given, defaults)
    if DefaultName.PROFILE in marks and not given["no_profile"] and given["profile"] is None:
        taken |= _fill(given, "profile", DefaultName.PROFILE, defaults)
    country = defaults.values.get(DefaultName.COUNTRY)
    parameter = marks.get(DefaultName.COUNTRY)
    if country and parameter and not any(text.startswith("country=") for text in given[parameter] or ()):
        given[parameter] = [*(given[parameter] or ()), f"country={country.value}"]
        taken[DefaultName.COUNTRY] = country
    language = defaults.values.get(DefaultName.LANGUAGE)
    if language and given.get("language") is None:
        taken[DefaultName.LANGUAGE] = language
    return given, taken


def _fill_account(given: dict[str, Any], defaults: Defaults) -> Taken:
    """Fill in the account; a default platform gives way to a connection that was named. Raises UsageError."""
    taken: Taken = {}
    platform, connection = (defaults.values.get(name) for name in (DefaultName.PLATFORM, DefaultName.CONNECTION))
    if given["connection"] is None:
        if connection is None:
            known = ", ".join((*load_settings(folders().config).connections, SANDBOX))
            raise UsageError("usage.no_connection", known=known)
        taken |= _fill(given, "connection", DefaultName.CONNECTION, defaults)
        if given["platform"] is None and platform is not None and platform.beats(connection):
            _require_same_platform(connection, platform)
    if given["platform"] is None and given["connection"] == SANDBOX:
        taken |= _fill(given, "platform", DefaultName.PLATFORM, defaults)
    return taken


def _require_same_platform(connection: Default, platform: Default) -> None:
    """Raise UsageError where the folder's work is for another platform than the connection that is taken otherwise."""
    saved = load_settings(folders().config).connections.get(connection.value)
    if saved is not None and saved.platform != platform.value:
        facts = {"connection": connection.value, "other": saved.platform, "platform": platform.value}
        raise UsageError("usage.default_elsewhere", place=platform.place, file=connection.place, **facts)


def _fill_platform(given: dict[str, Any], defaults: Defaults) -> Taken:
    """Fill in a platform: its own default, or that of the default connection where this is the nearer one."""
    if given["platform"] is not None or given["connection"] not in (None, SANDBOX):
        return {}
    platform, connection = (defaults.values.get(name) for name in (DefaultName.PLATFORM, DefaultName.CONNECTION))
    saved = load_settings(folders().config).connections.get(connection.value) if connection else None
    if connection and saved and given["connection"] is None and (platform is None or connection.beats(platform)):
        given["platform"] = saved.platform
        return {DefaultName.CONNECTION: connection}
    return _fill(given, "platform", DefaultName.PLATFORM, defaults)


def _fill(given: dict[str, Any], parameter: str, name: DefaultName, defaults: Defaults) -> Taken:
    default = defaults.values.get(name)
    if default is None:
        return {}
    given[parameter] = default.value
    return {name: default}
