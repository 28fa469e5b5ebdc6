"""Help: every command explains itself, with examples, without loading what it does not need."""

from __future__ import annotations

import os
import subprocess
import sys

import click
import pytest
import typer

from clientimport.cli.command_table import COMMANDS as ALL
from clientimport.cli.command_table import program
from command_line import clientimport

COMMANDS = [
    "platforms", "template", "map", "validate", "fix", "plan", "push", "invite", "sandbox", "demo", "explain",
    *(f"profiles {name}" for name in ("list", "show", "rename", "delete", "export", "import")),
    *(f"runs {name}" for name in ("list", "show", "resume", "resolve")),
    *(f"clients {name}" for name in ("list", "show", "add", "edit", "delete")),
    *(f"configurations {name}" for name in ("list", "show", "create", "delete")),
    *(f"connections {name}" for name in ("list", "add", "test", "remove")),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_examples_of_itself_in_its_help(command: str) -> None:
    answer = clientimport(*command.split(), "-h")
    assert answer.exit_code == 0
    examples = answer.out.split("Examples:")[1]
    assert f"clientimport {command}" in examples
    for option in ("--json", "--language", "--quiet", "--no-input", "--show-personal-data"):
        assert option in answer.out


def test_the_list_says_of_each_command_what_the_command_says_of_itself() -> None:
    """It is written down twice so that the list need not load any command."""
    every, listed = (typer.main.get_command(program([word])) for word in ("every", "--help"))
    assert isinstance(every, click.Group)
    assert isinstance(listed, click.Group)
    assert list(every.commands) == list(listed.commands)
    told = {name: (command.help or "").split("\n")[0] for name, command in every.commands.items()}
    assert told == {name: command.help for name, command in listed.commands.items()}
    assert {name: isinstance(command, click.Group) for name, command in every.commands.items()} == {
        name: entry.group for name, entry in ALL.items()
    }


def test_a_shell_is_told_how_a_command_line_may_go_on() -> None:
    words = {"_CLIENTIMPORT_COMPLETE": "complete_bash", "COMP_WORDS": "clientimport validate --pl", "COMP_CWORD": "2"}
    shell = [
        sys.executable,
        "-c",
        "import sys; sys.argv[0] = 'clientimport'; from clientimport.cli.main import run; run()",
    ]
    told = subprocess.run(shell, env={**os.environ, **words}, capture_output=True, text=True, check=False)
    assert told.stdout.split() == ["--platform"]


def test_no_arguments_show_the_help_on_stdout() -> None:
    answer = clientimport()
    assert "Usage: clientimport" in answer.out
    assert all(command.split()[0] in answer.out for command in COMMANDS)


def test_the_version_is_told() -> None:
    assert clientimport("--version").out.startswith("clientimport 0.")


def test_help_loads_nothing_heavy() -> None:
    heavy = ("pyarrow", "numpy", "openpyxl", "aiohttp", "keyring", "rapidfuzz", "starlette", "phonenumbers", "babel")
    loading = "import sys, clientimport.cli.main as m; m.program(['every'])"
    program = f"{loading}; print(*(m for m in {heavy!r} if m in sys.modules))"
    finished = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert finished.stdout.strip() == ""


@pytest.mark.parametrize("line", ["--help", "push --help", "", "validate --no-such-option"])
def test_showing_help_loads_nothing_that_none_of_ours_holds(line: str) -> None:
    told = f"import sys, clientimport.cli.main as m; m.main({line.split()!r})"
    program = (
        f"{told}; print('loaded:', *(m for m in ('markdown_it', 'pygments', 'attr', 'numpy') if m in sys.modules))"
    )
    finished = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert finished.stdout.splitlines()[-1] == "loaded:"
    assert "clientimport" in finished.stdout + finished.stderr


def test_what_help_goes_without_is_there_for_others() -> None:
    program = """
import clientimport.cli.main as m
m.main(["--help"])
from rich import print
from rich.markdown import Markdown
from rich.traceback import Traceback
print(Markdown("# whole"))
"""
    finished = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert "whole" in finished.stdout
    assert "# whole" not in finished.stdout


def test_a_reader_that_leaves_is_no_defect() -> None:
    program = [sys.executable, "-m", "clientimport", "platforms", "banqup-partner"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
