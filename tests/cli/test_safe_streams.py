"""Wherever the standard streams lead, a command ends with its exit code, and never in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from clientimport.schema.data_files import data_folder

PROGRAM = (sys.executable, "-m", "clientimport")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"
PUSH = (
    *("push", str(CLEAN), "-c", "sandbox", "-p", "banqup-partner"),
    *("--invite", "--yes", "--accept-proposals", "--json", "--language", "en"),
)


def ended(command: str, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a shell does, with what stands behind it in `command`."""
    line = ["sh", "-c", f'"$@" {command}', "sh", *PROGRAM, *arguments]
    environment = {**os.environ, "CLIENTIMPORT_HOME": str(home)}
    return subprocess.run(line, capture_output=True, text=True, check=False, env=environment)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("validate", "--help"),
        ("validate", str(MESSY), "-p", "banqup-partner"),
        ("validate", str(MESSY), "-p", "banqup-partner", "--json"),
        ("nothing", "--json"),
    ],
)
def test_an_answer_that_fits_on_no_disk_is_told(arguments: tuple[str, ...], tmp_path: Path) -> None:
    answer = ended("> /dev/full", tmp_path, *arguments)
    assert answer.returncode == 2
    assert "standard output: the disk is full" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_what_was_sent_is_in_the_record_when_nobody_could_be_told(tmp_path: Path) -> None:
    assert ended("> /dev/full", tmp_path, *PUSH).returncode == 2
    runs = json.loads(ended("", tmp_path, "runs", "list", "--json").stdout)["runs"]
    assert [run["counts"]["invited"] > 0 for run in runs] == [True]
    again = json.loads(ended("", tmp_path, *PUSH).stdout)
    assert again["counts"]["created"] == again["counts"]["invited"] == 0


def test_a_log_that_takes_nothing_more_stops_no_push(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir(mode=0o700)
    (tmp_path / "profiles" / "broken.toml").write_text("= what", encoding="utf-8")  # so that there is something to say
    assert "broken.toml" in ended("", tmp_path, *PUSH, "--dry-run").stderr
    answer = ended("2> /dev/full", tmp_path, *PUSH)
    assert answer.returncode == 0
    assert json.loads(answer.stdout)["counts"]["invited"] > 0


def test_a_terminal_that_was_closed_stops_no_push(tmp_path: Path) -> None:
    terminal, its_end = os.openpty()
    environment = {**os.environ, "CLIENTIMPORT_HOME": str(tmp_path)}
    asked = [*PROGRAM, *PUSH, "--debug"]
    with subprocess.Popen(
        asked, stdout=subprocess.PIPE, stderr=its_end, env=environment, start_new_session=True
    ) as program:
        os.close(its_end)
        os.close(terminal)
        answer, _ = program.communicate()
    assert program.returncode == 0
    assert json.loads(answer)["counts"]["invited"] > 0


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_stream_that_was_closed_is_not_missed(closed: str, tmp_path: Path) -> None:
    assert ended(closed, tmp_path, *PUSH, "--debug").returncode == 0
    again = json.loads(ended("", tmp_path, *PUSH).stdout)
    assert again["counts"]["unchanged"] == 3


def test_a_file_that_is_opened_later_is_not_taken_for_a_stderr_that_was_closed(tmp_path: Path) -> None:
    program = f"""
import sys
from clientimport.cli import safe_streams
safe_streams.prepare_streams()
with open({str(tmp_path / "later")!r}, "w") as later:
    print("a warning", file=sys.stderr, flush=True)
"""
    line = ["sh", "-c", '"$@" 2>&-', "sh", sys.executable, "-c", program]
    assert subprocess.run(line, check=False).returncode == 0
    assert (tmp_path / "later").read_text() == ""


@pytest.mark.parametrize("command", ["demo", "sandbox"])
@pytest.mark.parametrize("where", ["> /dev/full", "| true"])
def test_what_speaks_before_its_end_ends_in_no_defect_either(command: str, where: str, tmp_path: Path) -> None:
    answer = ended(where, tmp_path, command)
    assert answer.returncode == (0 if where == "| true" else 2)
    assert "in clientimport itself" not in answer.stderr


def test_a_lost_answer_is_told_in_the_language_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text('language = "de"\n')
    answer = ended("> /dev/full", tmp_path, "validate", str(MESSY), "-p", "banqup-partner")
    assert "Standardausgabe" in answer.stderr


def test_a_wrong_command_is_wrong_though_nobody_reads_it(tmp_path: Path) -> None:
    environment = {**os.environ, "CLIENTIMPORT_HOME": str(tmp_path)}
    with subprocess.Popen(
        [*PROGRAM, "nothing", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as program:
        assert program.stdout is not None
        program.stdout.close()
    assert program.returncode == 2


def test_a_file_from_a_stdin_that_was_closed_does_not_come(tmp_path: Path) -> None:
    answer = ended("<&-", tmp_path, "validate", "-", "-p", "banqup-partner", "--json")
    assert answer.returncode == 2
    assert json.loads(answer.stdout)["error"]["code"] == "usage.stdin_terminal"


def test_that_nobody_reads_on_is_no_failure(tmp_path: Path) -> None:
    asked = [*PROGRAM, "validate", str(MESSY), "-p", "banqup-partner", "--json"]
    environment = {**os.environ, "CLIENTIMPORT_HOME": str(tmp_path)}
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == ""
    assert program.returncode == 1
