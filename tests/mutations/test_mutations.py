"""Each promise has a test that fails when the line that keeps it is broken: tried on a copy of the program.

`make mutations` tries all of them; one, and that the texts to be replaced are still there, is tried always.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
MUTATIONS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "mutations.toml").read_text("utf-8"))[
    "mutation"
]
TRIED = MUTATIONS if "CLIENTIMPORT_MUTATIONS" in os.environ else MUTATIONS[:1]
"""All of them on demand, for each takes seconds; the first one always, so that the trial itself is known to work."""
FAILED = 1
"""pytest's exit code when tests were run and one failed; a test that cannot be run is another."""


def promise(mutation: dict[str, Any]) -> str:
    return re.sub(r"\W+", "-", mutation["promise"])


def source(file: str) -> Path:
    return ROOT / "src" / "clientimport" / file


@pytest.mark.parametrize("mutation", MUTATIONS, ids=promise)
def test_what_a_mutation_replaces_is_in_the_program_once(mutation: dict[str, Any]) -> None:
    for change in mutation["change"]:
        assert source(change["file"]).read_text("utf-8").count(change["old"]) == 1, change


@pytest.mark.parametrize("mutation", MUTATIONS, ids=promise)
def test_the_tests_that_must_fail_exist(mutation: dict[str, Any]) -> None:
    for test in mutation["tests"]:
        file, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), test


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutation", TRIED, ids=promise)
def test_a_broken_promise_fails_its_test(mutation: dict[str, Any], tmp_path: Path) -> None:
    for name in ("src", "tests", "schemas", "samples", "docs", "benchmarks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for change in mutation["change"]:
        broken = tmp_path / "src" / "clientimport" / change["file"]
        broken.write_text(broken.read_text("utf-8").replace(change["old"], change["new"]), "utf-8")
    for test in mutation["tests"]:
        assert run(test, tmp_path) == FAILED, test


def run(test: str, folder: Path) -> int:
    """Return the exit code of one test, run on the copy."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", test]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode
