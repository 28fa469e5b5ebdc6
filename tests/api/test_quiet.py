"""Nothing is printed, nothing is asked, and nothing heavy is loaded before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import clientimport as ci

HEAVY = ("pandas", "pyarrow", "numpy", "aiohttp", "openpyxl", "typer", "rich")
WHOLE_STORY = """
import sys
import clientimport as ci

clients = ci.read("clients.xlsx", platform="banqup-partner", accept_proposals=True)
report, fixed = clients.validate(), clients.fix()
fixed.to_excel("upload.xlsx")
with ci.sandbox("banqup-partner") as office:
    plan = clients.plan(office)
    run = plan.push(confirm=plan.digest, invite=True)
    run.undo(confirm=True)
assert run.counts["created"] == 8, run
report.findings, fixed.frame, fixed.rejects, plan.frame, run.rows, ci.runs().frame, clients.columns
assert "typer" not in sys.modules
"""


def run(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of its own, in which a warning is an error."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        stdin=None,
    )


def test_importing_the_package_loads_nothing_heavy(folder: Path) -> None:
    program = f"import sys, clientimport; print([name for name in {HEAVY!r} if name in sys.modules])"
    assert run(program, folder).stdout == "[]\n"


def test_the_whole_story_prints_nothing_and_asks_nothing(folder: Path) -> None:
    finished = run(f"import sys; sys.stdin.close()\n{WHOLE_STORY}", folder)
    assert (finished.stdout, finished.stderr, finished.returncode) == ("", "", 0)


@pytest.mark.parametrize("command", ["validate clients.xlsx", "fix clients.xlsx -o upload.xlsx", "map clients.xlsx"])
def test_a_command_about_one_file_does_not_wait_for_pandas(folder: Path, command: str) -> None:
    program = (sys.executable, "-X", "importtime", "-m", "clientimport", *command.split(), "-p", "banqup-partner")
    loaded = subprocess.run(program, cwd=folder, check=False, capture_output=True, text=True).stderr
    assert "pyarrow" in loaded
    assert "pandas.core" not in loaded


def test_a_command_that_joins_tables_finds_pandas(folder: Path) -> None:
    line = "merge crm.xlsx books.csv -p banqup-partner -o merged.xlsx --json"
    program = (sys.executable, "-X", "importtime", "-m", "clientimport", *line.split())
    merged = subprocess.run(program, cwd=folder, check=False, capture_output=True, text=True)
    assert "pandas.core" in merged.stderr
    assert '"clients": 4' in merged.stdout


def test_public_names_are_what_they_say_and_no_others_are_there() -> None:
    assert set(ci.__all__) < set(dir(ci))
    assert all(getattr(ci, name).__doc__ for name in ci.__all__)
    with pytest.raises(AttributeError, match="reed"):
        ci.reed  # noqa: B018


def test_the_function_is_not_replaced_by_the_room_of_its_name(folder: Path) -> None:
    program = "import clientimport as ci, clientimport.sandbox.server; ci.sandbox('accounton').close()"
    assert run(program, folder).stderr == ""


def test_a_secret_that_goes_to_an_unknown_host_is_warned_about() -> None:
    from command_line import clientimport

    clientimport(
        *("connections", "add", "odd", "-p", "banqup-partner"),
        *("--base-url", "https://banqup.example.com/", "--client-id", "1", "--no-input"),
    )
    with pytest.warns(ci.ClientImportWarning, match=r"banqup\.example\.com"):
        ci.connect("odd", secret="x")
