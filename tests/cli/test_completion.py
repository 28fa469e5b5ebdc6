"""Completion in a real shell: commands, options and the values of options."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from clientimport.schema.data_files import data_folder, platform_ids
from command_line import clientimport

CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"
BASH = """
eval "$(_CLIENTIMPORT_COMPLETE=source_bash clientimport)"
COMP_WORDS=("$@") COMP_CWORD=$(( $# - 1 ))
_clientimport_completion clientimport
printf '%s\\n' "${COMPREPLY[@]}"
"""


def offered(*words: str) -> list[str]:
    """Return what bash is offered; words as it takes them apart, the last one under the cursor."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    shell = ["bash", "--norc", "-c", BASH, "bash", "clientimport", *words]
    finished = subprocess.run(shell, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=True)
    assert finished.stderr == ""
    return finished.stdout.split()


@pytest.fixture
def office(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text(
        '[connections.office]\nplatform = "billit"\nbase_url = "https://x.be"\nclient_id = "x"\n'
    )


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (("val",), ["validate"]),
        (("runs", "sh"), ["show"]),
        (("validate", "clients.xlsx", "--platform", "banqup-console"), ["banqup-console-be", "banqup-console-lu"]),
        (("validate", "clients.xlsx", "--platform", "=", "acc"), ["accounton"]),
        (("platforms", "bil"), ["billit"]),
        (("validate", "clients.xlsx", "--language", ""), ["nl", "fr", "en", "de"]),
        (("push", "clients.xlsx", "-c", ""), ["office", "sandbox"]),
        (("connections", "remove", "o"), ["office"]),
        (("explain", "iban.check"), ["iban.check_digits"]),
        (("push", "clients.xlsx", "--update", "contact_e"), ["contact_email"]),
        (("push", "clients.xlsx", "--update", "al"), ["all"]),
        (("validate", "clients.xlsx", "--set", "Nr", "=", "vat"), ["vat_number"]),
        (("validate", "clients.xlsx", "--set", "'BTW", "nr'", "=", "ig"), []),
        (("validate", "clients.xlsx", "--set", "C", "=", "ig"), ["ignore"]),
        (("validate", "clients.xlsx", "--default", "coun"), ["country="]),
        (("help", "exit"), ["exit-codes"]),
        (("runs", "show", "la"), ["last"]),
        (("validate", "cl"), []),
    ],
)
@pytest.mark.usefixtures("office")
def test_bash_is_offered_what_may_come_next(words: tuple[str, ...], values: list[str]) -> None:
    assert offered(*words) == values


def test_runs_and_profiles_are_offered_by_name() -> None:
    run = clientimport(
        *("push", CLEAN, "-c", "sandbox", "-p", "banqup-partner", "--yes", "--accept-proposals", "--json")
    ).json["run"]
    clientimport("map", CLEAN, "-p", "banqup-partner", "--save", "our-program")
    assert offered("runs", "undo", "") == ["last", run]
    assert offered("invite", "--run", run[:6]) == [run]
    assert offered("validate", "clients.xlsx", "--profile", "") == ["our-program"]


def test_settings_that_cannot_be_read_say_nothing_into_a_command_line(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("[")
    assert offered("push", "clients.xlsx", "-c", "") == []
    assert offered("validate", "clients.xlsx", "-p", "") == list(platform_ids())


def test_completing_loads_only_the_command_that_is_typed() -> None:
    words = {"_CLIENTIMPORT_COMPLETE": "complete_bash", "COMP_WORDS": "clientimport validate -p ban", "COMP_CWORD": "3"}
    heavy = ("pyarrow", "numpy", "pandas", "openpyxl", "aiohttp", "keyring", "clientimport.cli.commands.push")
    completing = (
        f"import sys; from clientimport.cli.main import main; main([]); print([m for m in {heavy} if m in sys.modules])"
    )
    shell = [sys.executable, "-c", completing]
    told = subprocess.run(shell, env={**os.environ, **words}, capture_output=True, text=True, check=True).stdout
    assert told.splitlines() == ["banqup-console-be", "banqup-console-lu", "banqup-partner", "[]"]
