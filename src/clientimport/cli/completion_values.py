"""What a shell is offered for an option: the names of platforms, connections, profiles, runs, codes and fields.

Each is found without loading what a command works with, for somebody waits with a finger on the Tab key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing, suppress

from clientimport.errors import ClientImportError

Values = Callable[[], Iterable[str]]
LATEST = 20
"""Runs that are offered; chosen, not measured."""


def completing(values: Values, after: str = "") -> Callable[[str], list[str]]:
    """Return what typer asks for the values of an option that begin with what was typed.

    With `after` these are the values behind the last such sign: `--set "BTW nr=vat` has the field to be completed.
    """

    def complete(incomplete: str) -> list[str]:
        before = incomplete[: incomplete.rfind(after) + 1] if after and after in incomplete else ""
        if after and not before:
            return []
        with suppress(ClientImportError, OSError):  # a shell that completes is no place for messages
            return [f"{before}{value}" for value in values() if f"{before}{value}".startswith(incomplete)]
        return []

    return complete


def assigning(names: Values) -> Callable[[str], list[str]]:
    """Return what typer asks for NAME=VALUE: the names, up to the sign."""
    return completing(lambda: (f"{name}=" for name in names()))


def platform_names() -> Iterable[str]:
    """Return the ids of the platforms."""
    from clientimport.schema.data_files import platform_ids

    return platform_ids()


def connection_names() -> Iterable[str]:
    """Return the names of the saved connections, and the built-in one."""
    from clientimport.settings.config_file import SANDBOX, load_settings
    from clientimport.settings.folders import folders

    return (*load_settings(folders().config).connections, SANDBOX)


def profile_names() -> Iterable[str]:
    """Return the names of the saved mappings."""
    from clientimport.settings.folders import folders

    return sorted(file.stem for file in folders().profiles.glob("*.toml"))


def run_names() -> Iterable[str]:
    """Return `last` and the latest runs; of a record on another computer only `last`."""
    import sqlite3
    from urllib.parse import quote

    from clientimport.settings.config_file import load_settings
    from clientimport.settings.folders import folders
    from clientimport.settings.ledger_settings import is_shared

    names = ["last"]
    if is_shared(load_settings(folders().config).ledger):
        return names
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"file:{quote(str(folders().ledger))}?mode=ro", uri=True)) as sql,
    ):
        query = "SELECT id FROM run WHERE id GLOB '[0-9]*' ORDER BY rowid DESC LIMIT ?"
        names += [name for (name,) in sql.execute(query, (LATEST,))]
    return names


def finding_codes() -> Iterable[str]:
    """Return the codes of findings."""
    from clientimport.schema.finding_catalog import finding_kinds

    return finding_kinds()


def field_names() -> Iterable[str]:
    """Return the canonical fields."""
    from clientimport.schema.fields import canonical_fields

    return canonical_fields()


def decided_names() -> Iterable[str]:
    """Return what `--set` can make of a column."""
    return (*field_names(), "ignore")


def updated_names() -> Iterable[str]:
    """Return what `--update` can overwrite."""
    return (*field_names(), "all")


def topic_names() -> Iterable[str]:
    """Return the topics of `help`, and the commands."""
    from clientimport.cli.command_table import COMMANDS
    from clientimport.cli.help_topics import TOPICS

    return (*TOPICS, *COMMANDS)


PLATFORMS, CONNECTIONS, PROFILES = completing(platform_names), completing(connection_names), completing(profile_names)
RUNS, CODES, TOPIC_NAMES = completing(run_names), completing(finding_codes), completing(topic_names)
DECISIONS, UPDATES, ASSIGNED = completing(decided_names, "="), completing(updated_names), assigning(field_names)
WORDS = completing(lambda: (f"{name}:" for name in field_names()))
"""Of `--value FIELD:TYPED=VALUE`."""
