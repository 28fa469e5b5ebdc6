"""settings: what is in force for a folder, and where each comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import clientimport


def test_every_option_is_listed_with_its_source(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home.mkdir()
    (home / "config.toml").write_text('[defaults]\nplatform = "billit"\nlanguage = "fr"\n')
    work = tmp_path / "work"
    work.mkdir()
    (work / "clientimport.toml").write_text('platform = "accounton"\n')
    monkeypatch.setenv("CLIENTIMPORT_PROFILE", "ours")
    answer = clientimport("settings", work / "clients.xlsx", "--json").json
    sources = {row["name"]: (row["value"], row["source"]) for row in answer["settings"]}
    assert sources == {
        "platform": ("accounton", "project"),
        "connection": (None, None),
        "profile": ("ours", "environment"),
        "language": ("fr", "user"),
        "country": (None, None),
    }
    assert answer["files"]["project"] == str(work / "clientimport.toml")
    here = clientimport("settings", "--json").json
    assert here["settings"][0] == {
        "name": "platform",
        "value": "billit",
        "source": "user",
        "place": str(home / "config.toml"),
    }
    text = clientimport("settings", work).out
    assert str(work / "clientimport.toml") in text.replace("\n", "")


def test_without_settings_the_language_is_the_computers() -> None:
    rows = clientimport("settings", "--json").json["settings"]
    assert [row["source"] for row in rows if row["value"]] == ["computer"]


def test_a_shared_record_is_named_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_LEDGER", "postgresql://an:very-secret@db.office.example/ledger")
    answer = clientimport("settings", "--json")
    assert answer.json["files"]["record"] == "postgresql://db.office.example/ledger"
    assert "very-secret" not in answer.out
