"""`-` where a file is meant: stdin and stdout, and one thing at a time."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientimport.schema.data_files import data_folder
from command_line import clientimport

MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", *PARTNER)
PROGRAM = (sys.executable, "-m", "clientimport")


def piped(content: bytes, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*PROGRAM, *map(str, arguments)], check=False, input=content, capture_output=True)


def test_rejected_rows_go_down_the_pipe(tmp_path: Path) -> None:
    answer = piped(b"", "fix", MESSY, *PARTNER, "-o", "up.xlsx", "--rejects", "-")
    assert load_workbook(io.BytesIO(answer.stdout)).worksheets[0].max_row == 4
    assert (tmp_path / "up.xlsx").exists()
    assert b"standard output" in answer.stderr


def test_only_one_file_goes_down_the_pipe() -> None:
    answer = clientimport("fix", MESSY, *PARTNER, "-o", "-", "--rejects", "-")
    assert (answer.exit_code, answer.out) == (2, "")


@pytest.mark.parametrize("command", [("template",), ("fix", str(MESSY)), ("plan", str(MESSY), "-c", "sandbox")])
def test_no_sentence_names_a_dash(command: tuple[str, ...]) -> None:
    told = piped(b"", *command, *PARTNER, "-o", "-").stderr.decode()
    assert told
    assert " - " not in told
    assert ": -\n" not in told


def test_a_plan_comes_in_on_stdin() -> None:
    plan = piped(b"", "plan", MESSY, *SANDBOX, "-o", "-").stdout
    pushed = json.loads(piped(plan, "push", "-", *SANDBOX, "--yes", "--json").stdout)
    assert pushed["counts"]["created"] == len(json.loads(plan)["groups"]["new"])
    damaged = json.loads(piped(b'{"version": 1}', "push", "-", *SANDBOX, "--yes", "--json").stdout)
    assert damaged["error"]["code"] == "plan.damaged"
    resumed = clientimport("runs", "resume", pushed["run"], "--yes", "--json")
    assert resumed.json["counts"]["created"] == 0


def test_clients_that_came_in_on_stdin_are_not_resumed_from_a_file() -> None:
    pushed = json.loads(
        piped(MESSY.read_bytes(), "push", "-", *SANDBOX, "--yes", "--accept-proposals", "--json").stdout
    )
    assert pushed["counts"]["created"] > 0
    answer = clientimport("runs", "resume", pushed["run"], "--yes", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "run.from_stdin")


def test_a_profile_is_handed_over_through_a_pipe() -> None:
    assert clientimport("map", MESSY, *PARTNER, "--save", "ours").exit_code == 0
    exported = piped(b"", "profiles", "export", "ours", "-o", "-").stdout
    assert b"columns" in exported
    assert (
        json.loads(piped(exported, "profiles", "import", "-", "--name", "theirs", "--json").stdout)["name"] == "theirs"
    )
    ours, theirs = clientimport("profiles", "list", "--json").json["profiles"]
    assert ours["columns"] == theirs["columns"]
    nameless = clientimport("profiles", "import", "-", "--json")
    assert (nameless.exit_code, nameless.json["error"]["code"]) == (2, "profile.stdin_name")


@pytest.mark.parametrize(
    "arguments",
    [
        ("template", *PARTNER, "-o", "x.csv"),
        ("fix", MESSY, *PARTNER, "-o", "x.csv"),
        ("fix", MESSY, *PARTNER, "-o", "x.xlsx", "--rejects", "rejects"),
    ],
)
def test_a_workbook_is_named_as_one(arguments: tuple[object, ...], tmp_path: Path) -> None:
    answer = clientimport(*arguments, "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage.not_xlsx")
    assert not list(tmp_path.glob("x.*"))
