"""Every test has a home of its own and speaks English unless it says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which settings and state of this test are kept."""
    folder = tmp_path / "home"
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(folder))
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("_TYPER_FORCE_DISABLE_TERMINAL", "1")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)
    return folder
