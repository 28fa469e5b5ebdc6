"""A home of its own, and the example files, for each test of the Python API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import clientimport as ci
from api_examples import write_example_files


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder with the example files, which is the current one."""
    write_example_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def office() -> Iterator[ci.PlatformAccount]:
    """Yield an account on the embedded platform."""
    with ci.sandbox("banqup-partner") as account:
        yield account
