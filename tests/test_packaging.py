"""What is installed: the program with its documentation and manual page; the shell steps of the pipeline files."""

from __future__ import annotations

import json
import os
import re
import shutil
import site
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from clientimport.schema.data_files import data_folder
from pipeline_steps import ShellStep, instructions_of_dockerfile, steps_of_action

ROOT = Path(__file__).parents[1]
CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"
MESSY = CLEAN.with_name("messy.xlsx")
OFFLINE = {"PIP_NO_INDEX": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
"""What pip needs is installed already; 0 is pip's way to say that it need not be fetched again."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an environment into which the Dockerfile's RUN has installed the program, from a copy of the checkout."""
    folder = tmp_path_factory.mktemp("installed")
    source = folder / "source"
    kept = ("src", "schemas", "samples", "docs", "pyproject.toml", "README.md", "LICENSE")
    for name in kept:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        source.mkdir(exist_ok=True)
        copy(ROOT / name, source / name)
    environment = folder / "environment"
    venv.create(environment)
    packages = next(environment.glob("lib/python*/site-packages"))
    (packages / "what-is-here.pth").write_text("\n".join(site.getsitepackages()))
    runs = [text for name, text in instructions_of_dockerfile((ROOT / "Dockerfile").read_text()) if name == "RUN"]
    assert len(runs) == 1
    for run in runs:
        assert shell(run, environment, source, OFFLINE) == 0
    return environment


def shell(script: str, environment: Path, folder: Path, variables: dict[str, str]) -> int:
    """Return how a script ends that runs in an environment, as the steps of an action do."""
    path = f"{environment / 'bin'}{os.pathsep}{os.environ['PATH']}"
    words = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    # Not this checkout: only what was installed counts.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(words, cwd=folder, env={**inherited, "PATH": path, **variables}, check=False).returncode


def action() -> list[ShellStep]:
    return steps_of_action((ROOT / "action.yml").read_text(encoding="utf-8"))


def test_the_documentation_and_the_manual_page_are_installed(installed: Path, tmp_path: Path) -> None:
    variables = {"CLIENTIMPORT_HOME": str(tmp_path)}
    assert shell("clientimport help exit-codes | grep -q 'plan --exit-code'", installed, tmp_path, variables) == 0
    assert (installed / "share" / "man" / "man1" / "clientimport.1").exists()
    assert next(installed.glob("lib/python*/site-packages/clientimport/docs/settings.md")).exists()


def test_the_image_begins_with_the_help(installed: Path, tmp_path: Path) -> None:
    instructions = dict(instructions_of_dockerfile((ROOT / "Dockerfile").read_text()))
    words = [*json.loads(instructions["ENTRYPOINT"]), *json.loads(instructions["CMD"])]
    assert shell(" ".join(words), installed, tmp_path, {}) == 0


@pytest.mark.parametrize(
    ("files", "strict", "exit_code"),
    [
        ("**/clean.xlsx", "true", 0),
        ("lists of clients/clean.xlsx\nlists of clients/-messy.xlsx", "false", 1),
        ("nowhere/*.xlsx", "false", 2),
    ],
)
def test_the_steps_of_the_action_check_the_files(
    files: str, strict: str, exit_code: int, installed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lists of clients"
    folder.mkdir()
    shutil.copy(CLEAN, folder)
    shutil.copy(MESSY, folder / "-messy.xlsx")
    given = {"files": files, "platform": "banqup-partner", "strict": strict}
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    defaults = dict(re.findall(r'^  ([\w-]+):\n(?:    .*\n)*?    default: "?([^"\n]*)"?$', text, re.MULTILINE))
    check = action()[-1]
    inputs = {name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", r"\1", value) for name, value in check.environment.items()}
    variables = {name: {**defaults, **given}[value] for name, value in inputs.items()}
    assert (
        shell(check.script, installed, tmp_path, {**variables, "CLIENTIMPORT_HOME": str(tmp_path / "h")}) == exit_code
    )
    if exit_code < 2:
        assert json.loads((tmp_path / "findings.sarif").read_text())["version"] == "2.1.0"


def test_the_action_installs_the_program_that_stands_beside_it(installed: Path, tmp_path: Path) -> None:
    (install, _) = action()
    variables = {**OFFLINE, "GITHUB_ACTION_PATH": str(installed.parent / "source")}
    assert shell(install.script, installed, tmp_path, variables) == 0


def test_no_input_of_the_action_stands_in_a_script() -> None:
    """What somebody writes into an input is a value of a variable, and never a part of a command."""
    assert [step.name for step in action() if "${{" in step.script] == []


def test_the_manual_page_is_that_of_the_commands() -> None:
    words = [sys.executable, str(ROOT / "docs" / "man_page.py")]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert (ROOT / "docs" / "clientimport.1").read_text(encoding="utf-8") == printed, "make man"


@pytest.mark.man
def test_man_shows_the_manual_page_without_a_warning() -> None:
    page = str(ROOT / "docs" / "clientimport.1")
    environment = {**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MANROFFSEQ": ""}
    shown = subprocess.run(
        ["man", "--warnings", "-l", page], check=True, capture_output=True, text=True, env=environment
    )
    assert shown.stderr == ""
    assert "clientimport validate FILE" in shown.stdout
