"""Defaults: an option beats the environment, that the project's file, that the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.errors import SettingsUnusable
from clientimport.settings.default_values import DefaultName
from clientimport.settings.defaults import Default, Defaults, DefaultSource, load_defaults, usable_defaults

PLATFORM, LANGUAGE = DefaultName.PLATFORM, DefaultName.LANGUAGE


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(folder))
    return folder


def written(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_each_default_comes_from_the_nearest_place(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = written(home / "config.toml", '[defaults]\nplatform = "billit"\nlanguage = "fr"\ncountry = "LU"\n')
    project = written(tmp_path / "work" / "clientimport.toml", 'platform = "accounton"\nprofile = "ours"\n')
    monkeypatch.setenv("CLIENTIMPORT_PROFILE", "theirs")
    monkeypatch.setenv("CLIENTIMPORT_CONNECTION", "")
    assert load_defaults(tmp_path / "work" / "2026") == Defaults(
        {
            PLATFORM: Default("accounton", DefaultSource.PROJECT, str(project)),
            LANGUAGE: Default("fr", DefaultSource.USER, str(config)),
            DefaultName.COUNTRY: Default("LU", DefaultSource.USER, str(config)),
            DefaultName.PROFILE: Default("theirs", DefaultSource.ENVIRONMENT, "CLIENTIMPORT_PROFILE"),
        }
    )


def test_the_nearest_project_counts_alone(tmp_path: Path) -> None:
    written(tmp_path / "clientimport.toml", 'platform = "billit"\nlanguage = "fr"\n')
    written(tmp_path / "year" / "clientimport.toml", '[defaults]\nplatform = "accounton"\n')
    assert load_defaults(tmp_path / "year" / "q1").value(PLATFORM) == "accounton"
    assert load_defaults(tmp_path / "year" / "q1").value(LANGUAGE) is None
    assert load_defaults(tmp_path).value(LANGUAGE) == "fr"


@pytest.mark.parametrize(
    ("text", "code", "fact"),
    [
        ('base_url = "https://x.be"', "settings.only_defaults", "base_url"),
        ('[connections.office]\nplatform = "billit"', "settings.only_defaults", "connections"),
        ('[defaults]\nclient-secret = "x"', "settings.only_defaults", "defaults.client-secret"),
        ("yes = true", "settings.only_defaults", "yes"),
        ("invite = true", "settings.only_defaults", "invite"),
        ('[ledger]\nurl = "postgresql://x"', "settings.only_defaults", "ledger"),
        ('platfrm = "billit"', "settings.unknown_key", "platfrm"),
        ("platform = 3", "settings.not_text", "platform"),
        ('defaults = "billit"', "settings.not_text", "defaults"),
        ('platform = "bilit"', "settings.platform", "bilit"),
        ('language = "es"', "settings.language", "es"),
        ('platform = "billit"\n[defaults]\nplatform = "accounton"', "settings.default_twice", "platform"),
        ("platform = ", "settings.damaged", "clientimport.toml"),
    ],
)
def test_what_is_no_default_is_refused_in_a_project(text: str, code: str, fact: str, tmp_path: Path) -> None:
    written(tmp_path / "clientimport.toml", text)
    with pytest.raises(SettingsUnusable) as refused:
        load_defaults(tmp_path)
    assert refused.value.code == code
    assert fact in str(refused.value)
    assert usable_defaults(tmp_path) == Defaults()


def test_what_was_meant_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_PLATFORM", "bilit")
    with pytest.raises(SettingsUnusable) as refused:
        load_defaults(tmp_path)
    assert (refused.value.facts["file"], refused.value.facts["meant"]) == ("CLIENTIMPORT_PLATFORM", "billit")
