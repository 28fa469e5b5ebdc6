"""What is looked at on this computer before work begins: Python, folders, settings, record, keyring and extras."""

from __future__ import annotations

import os
import platform
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path

from clientimport.cli.console import Console
from clientimport.errors import ClientImportError, reason_facts
from clientimport.settings.defaults import load_defaults
from clientimport.settings.folders import folders
from clientimport.settings.ledger_settings import is_shared
from clientimport.storage import system_keyring

OLDEST_PYTHON = (3, 11)
"""As `requires-python` in pyproject.toml; tests/cli/test_health_checks.py compares them."""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
EXTRAS = {"sandbox": ("starlette", "uvicorn"), "keyring": ("keyring",), "postgres": ("psycopg",)}
"""What may be installed beside the program, and the packages by which it is known."""


class CheckState(StrEnum):
    """What a check says."""

    OK = "ok"
    INFO = "info"
    """Worth knowing, and nothing that has to change."""
    WARNING = "warning"
    STOPS = "error"
    """Something cannot work like this."""


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One thing that was looked at."""

    name: str
    state: CheckState
    message: str


def health_checks(console: Console) -> Iterator[HealthCheck]:
    """Yield everything that is looked at on this computer; the network is left alone."""
    yield _python(console)
    for name, folder in dict.fromkeys((("settings", folders().settings), ("state", folders().state))):
        if name == "settings" or folder != folders().settings:
            yield _folder("home", folder, console)
    yield checked_safely("settings", console, lambda: _settings(console))
    yield checked_safely("profiles", console, lambda: _profiles(console))
    yield checked_safely("record", console, lambda: _record(console))
    yield _keyring(console)
    yield from _extras(console)


def _python(console: Console) -> HealthCheck:
    facts = {"version": platform.python_version(), "system": platform.system(), "oldest": "3.11"}
    if sys.version_info < OLDEST_PYTHON:
        return HealthCheck("python", CheckState.STOPS, console.messages.phrase("doctor.python_old", **facts))
    return HealthCheck("python", CheckState.OK, console.messages.phrase("doctor.python", **facts))


def _folder(name: str, folder: Path, console: Console) -> HealthCheck:
    """Return whether files can be read and written there, by this person alone."""
    phrase, facts = console.messages.phrase, {"folder": folder}
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir() or not os.access(there, os.R_OK | os.W_OK | os.X_OK):
        return HealthCheck(name, CheckState.STOPS, phrase("doctor.folder_closed", **facts))
    if not folder.exists():
        return HealthCheck(name, CheckState.INFO, phrase("doctor.folder_new", **facts))
    if os.name == "posix" and stat.S_IMODE(folder.stat().st_mode) & _OTHERS:
        return HealthCheck(name, CheckState.WARNING, phrase("doctor.folder_open", **facts))
    return HealthCheck(name, CheckState.OK, phrase("doctor.folder", **facts))


def checked_safely(name: str, console: Console, check: Callable[[], HealthCheck]) -> HealthCheck:
    """Return the check; what cannot be used stops work, in the words of any other command."""
    try:
        return check()
    except ClientImportError as error:
        return HealthCheck(name, CheckState.STOPS, console.messages.error_message(error.code, error.facts))
    except OSError as error:
        return HealthCheck(name, CheckState.STOPS, f"{error.filename}: {console.messages.reason(reason_facts(error))}")


def _settings(console: Console) -> HealthCheck:
    from clientimport.settings.config_file import load_settings

    load_defaults(Path())
    count = len(load_settings(folders().config).connections)
    state = CheckState.OK if count else CheckState.INFO
    key = "doctor.settings" if count else "doctor.no_connection"
    return HealthCheck("settings", state, console.messages.phrase(key, file=folders().config, count=count))


def _profiles(console: Console) -> HealthCheck:
    from clientimport.api.profiles import profile_store

    saved = profile_store().all()
    if saved.errors:
        sentences = (console.messages.error_message(error.code, error.facts) for error in saved.errors)
        return HealthCheck("profiles", CheckState.WARNING, " ".join(sentences))
    return HealthCheck("profiles", CheckState.OK, console.messages.phrase("doctor.profiles", count=len(saved.profiles)))


def _record(console: Console) -> HealthCheck:
    """Return whether the record of what was sent can be read and written, and is as it was written."""
    from clientimport.settings.config_file import load_settings

    file, phrase = folders().ledger, console.messages.phrase
    if is_shared(load_settings(folders().config).ledger):
        return HealthCheck("record", CheckState.INFO, phrase("doctor.record_shared"))  # it is on the network
    if not file.exists():
        return HealthCheck("record", CheckState.INFO, phrase("doctor.record_new", file=file))
    if not os.access(file, os.R_OK | os.W_OK):
        return HealthCheck("record", CheckState.STOPS, phrase("doctor.folder_closed", folder=file))
    return record_check("doctor.record", console)


def record_check(key: str, console: Console) -> HealthCheck:
    """Return whether the record is as it was written; `key` is the phrase for one that is."""
    from clientimport.api.open_ledger import open_ledger

    with open_ledger() as ledger:
        mismatches, lines, place = ledger.mismatches(), ledger.head_hash().partition("-")[0], ledger.name
    if mismatches:
        changed = console.messages.phrase("doctor.record_changed", count=len(mismatches))
        return HealthCheck("record", CheckState.STOPS, changed)
    return HealthCheck("record", CheckState.OK, console.messages.phrase(key, file=place, count=lines))


def _keyring(console: Console) -> HealthCheck:
    if find_spec("keyring") is None:
        return HealthCheck("keyring", CheckState.INFO, console.messages.phrase("doctor.keyring_none"))
    if not system_keyring.is_available():
        return HealthCheck("keyring", CheckState.INFO, console.messages.phrase("doctor.keyring_locked"))
    return HealthCheck("keyring", CheckState.OK, console.messages.phrase("doctor.keyring"))


def _extras(console: Console) -> Iterator[HealthCheck]:
    for name, packages in EXTRAS.items():
        if not all(find_spec(package) for package in packages):
            command = f"pip install 'clientimport[{name}]'"
            yield HealthCheck(
                f"extra {name}", CheckState.INFO, console.messages.phrase("doctor.extra", command=command)
            )
