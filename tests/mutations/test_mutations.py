"""Each promise has a test that fails when the line that keeps it is broken: tried on a copy of the program.

`make mutations` tries all of them; one, and that the texts to be replaced are still there, is tried always.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
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


def named(mutation: dict[str, Any]) -> set[str]:
    """Return the names of a mutation's tests, without the case in brackets that some are tried with."""
    return {test.partition("::")[2].partition("[")[0] for test in mutation["tests"]}


def source(folder: Path, file: str) -> Path:
    """Return a module's file, or with `/` before it a file at the top of the project."""
    return folder / file[1:] if file.startswith("/") else folder / "src" / "clientimport" / file


@pytest.mark.parametrize("mutation", MUTATIONS, ids=promise)
def test_what_a_mutation_replaces_is_in_the_program_once(mutation: dict[str, Any]) -> None:
    for change in mutation["change"]:
        assert source(ROOT, change["file"]).read_text("utf-8").count(change["old"]) == 1, change


@pytest.mark.parametrize("mutation", MUTATIONS, ids=promise)
def test_the_tests_that_must_fail_exist(mutation: dict[str, Any]) -> None:
    for test in mutation["tests"]:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}(" in (ROOT / file).read_text("utf-8"), test


def test_every_promise_of_the_page_is_broken_by_a_mutation() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    promises = [line for line in page.splitlines() if line.startswith("| ") and "what is promised" not in line]
    assert len(promises) > 70
    tried = set[str]().union(*map(named, MUTATIONS))
    assert [line.split(" | ")[0] for line in promises if tried.isdisjoint(re.findall(r"`(test_\w+)`", line))] == []


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy of the program and its tests; each mutation is taken out of it again."""
    folder = tmp_path_factory.mktemp("program")
    for name in ("src", "tests", "schemas", "samples", "docs", "benchmarks", "requirements"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "Makefile", "README.md", "action.yml", "Dockerfile"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mutation", TRIED, ids=promise)
def test_a_broken_promise_fails_its_test(mutation: dict[str, Any], program: Path) -> None:
    with broken(mutation, program):
        for test in mutation["tests"]:
            assert run(test, program, mutation.get("seconds", 120)) == FAILED, test


@contextmanager
def broken(mutation: dict[str, Any], folder: Path) -> Iterator[None]:
    """Break the copy in this way, and mend it afterwards."""
    whole = {one: one.read_bytes() for one in (source(folder, change["file"]) for change in mutation["change"])}
    try:
        for change in mutation["change"]:
            file = source(folder, change["file"])
            put(file, file.read_text("utf-8").replace(change["old"], change["new"]).encode())
        yield
    finally:
        for file, content in whole.items():
            put(file, content)


def put(file: Path, content: bytes) -> None:
    """Write a module and forget how it was compiled: by time and size alone Python may take the one for the other."""
    file.write_bytes(content)
    if file.suffix == ".py":
        Path(importlib.util.cache_from_source(str(file))).unlink(missing_ok=True)


def run(test: str, folder: Path, seconds: int) -> int:
    """Return the exit code of one test, run on the copy; one that waits for longer has failed."""
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    options = ("-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "--timeout", str(seconds))
    command = [sys.executable, "-m", "pytest", *options, test]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False).returncode
