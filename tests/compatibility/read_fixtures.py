"""Copies of what an older version left behind, and what today's program says of it in the same form as kept answers."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from clientimport.settings.folders import use_home
from command_line import clientimport

HERE = Path(__file__).parent
VERSIONS = tuple(sorted(folder.name for folder in HERE.glob("v*") if folder.is_dir()))
PARTNER = ("-c", "sandbox", "-p", "banqup-partner")
PROSE = ("message", "reason")
"""Sentences for people, which may be said better one day: only whether there is one is compared."""


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """Work in a copy of an office and its home, and come back."""
    before, where = os.environ.get("CLIENTIMPORT_HOME"), Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        shutil.copytree(folder, copy)
        os.chdir(copy / "office")
        use_home(copy / "home")
        try:
            yield copy
        finally:
            os.chdir(where)
            os.environ.pop("CLIENTIMPORT_HOME")
            if before is not None:
                use_home(Path(before))


def run_ids() -> list[str]:
    """Return the runs of the ledger, the earliest first."""
    return [run["run"] for run in reversed(clientimport("runs", "list", "--json").json["runs"])]


def exported(run: str) -> list[list[object]]:
    """Return the cells of a run's file as it comes back, without our headers and the reasons, which are prose."""
    assert clientimport("runs", "export", run, "-o", f"{run}.xlsx").exit_code == 0
    sheet = load_workbook(f"{run}.xlsx").worksheets[0]
    rows: list[list[object]] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return [rows[0][:-4], *([*row[:-4], *row[-3:]] for row in rows[1:])]


def without_prose(value: Any) -> Any:
    """Return JSON with sentences replaced by whether there is one."""
    if isinstance(value, dict):
        return {key: bool(inner) if key in PROSE else without_prose(inner) for key, inner in value.items()}
    return [without_prose(inner) for inner in value] if isinstance(value, list) else value


def without_additions(then: Any, now: Any) -> Any:
    """Return today's answer without the keys, and without the sentences, that there were not then."""
    if isinstance(then, dict) and isinstance(now, dict):
        return {
            key: then[key] and now[key] if key in PROSE else without_additions(then[key], now[key])
            for key in then
            if key in now
        }
    if isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        return [without_additions(*pair) for pair in zip(then, now, strict=True)]
    return now


def keys(value: Any) -> Any:
    """Return every key in JSON, nested as they are; what the objects of a list have is taken together.

    Objects by code, name, field or header have keys of the user's: only what they hold is looked at.
    """
    if isinstance(value, list):
        merged: dict[str, Any] = {}
        for inner in map(keys, value):
            merged = _together(merged, inner or {})
        return merged or None
    if isinstance(value, dict):
        return {
            key: None if key in {"fields", "unknown", "integrations"} else keys(inner) for key, inner in value.items()
        }
    return None


def _together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _together(one.get(key) or {}, other.get(key) or {}) or None for key in (*one, *other)}


def lost_keys(then: Any, now: Any, where: str = "") -> list[str]:
    """Return the keys of then that are not there now."""
    if not isinstance(then, dict):
        return []
    here = now if isinstance(now, dict) else {}
    gone = [f"{where}/{key}" for key in then if key not in here]
    return gone + [lost for key in then if key in here for lost in lost_keys(then[key], here[key], f"{where}/{key}")]


def _json(*command: str) -> Callable[[], Any]:
    return lambda: without_prose(clientimport(*command, "--json").json)


def _keys(*command: str) -> Callable[[], Any]:
    return lambda: keys(clientimport(*command, "--json").json)


SAME: Mapping[str, Callable[[], Any]] = {
    "runs_list": _json("runs", "list"),
    "runs_show": lambda: [_json("runs", "show", run)() for run in run_ids()],
    "runs_verify": _json("runs", "verify"),
    "profiles_show": _json("profiles", "show", "week"),
    "connections_list": _json("connections", "list"),
}
"""Answers that stay the same to the letter, prose and what was added since apart: everything in them was kept."""

EXPORTED: Mapping[str, Callable[[], Any]] = {"runs_export": lambda: [exported(run) for run in run_ids()[:2]]}
"""The file of a run as it comes back; its moments were in UTC once."""

KEPT_KEYS: Mapping[str, Callable[[], Any]] = {
    "validate": _keys("validate", "voorstel.csv", "-p", "banqup-partner"),
    "map": _keys("map", "voorstel.csv", "-p", "banqup-partner"),
    "plan": _keys("plan", "voorstel.csv", *PARTNER),
    "dry_run": _keys("push", "voorstel.csv", *PARTNER, "--dry-run", "--invite", "--accept-proposals"),
    "push": _keys("push", "voorstel.csv", *PARTNER, "--invite", "--accept-proposals", "--yes"),
    "clients_list": _keys("clients", "list", *PARTNER),
    "clients_peppol": _keys("clients", "peppol", "0403019261", "-c", "sandbox", "-p", "billit"),
    "configurations_list": _keys("configurations", "list", *PARTNER),
    "configurations_choices": _keys("configurations", "choices", *PARTNER),
    "undo": lambda: keys(clientimport("runs", "undo", run_ids()[1], "--yes", "--json").json),
}
"""Answers that keep their keys, and may get more."""


def answered(folder: Path, name: str) -> Any:
    """Return one answer about a copy of what is in `folder`."""
    with copied(folder):
        return {**SAME, **EXPORTED, **KEPT_KEYS}[name]()
