"""The file config.toml is read strictly, and what a person wrote in it stays."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from clientimport.errors import SettingsUnusable
from clientimport.model.connection import Connection
from clientimport.settings.config_file import Settings, add_connection, load_settings, remove_connection
from clientimport.settings.default_values import DefaultName
from clientimport.settings.folders import ensure_folder, folders

OFFICE = Connection("office", "banqup-partner", "https://api.example.com", "me")


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    return folders().config


def written(config: Path, text: str) -> Path:
    ensure_folder(config.parent)
    config.write_text(text, encoding="utf-8")
    return config


def test_without_a_file_there_are_no_connections(config: Path) -> None:
    assert load_settings(config) == Settings()


def test_an_added_connection_is_read_back_and_the_folder_is_private(config: Path) -> None:
    add_connection(config, OFFICE)
    assert load_settings(config).connection("office") == OFFICE
    assert stat.S_IMODE(config.parent.stat().st_mode) == 0o700


def test_comments_survive_an_added_and_a_removed_connection(config: Path) -> None:
    written(config, '# mine\nlanguage = "fr"  # chosen\n')
    add_connection(config, OFFICE)
    remove_connection(config, "office")
    assert config.read_text(encoding="utf-8").startswith('# mine\nlanguage = "fr"  # chosen\n')
    assert load_settings(config) == Settings({DefaultName.LANGUAGE: "fr"})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("langage = 'nl'", "settings.unknown_key"),
        ("language = 'it'", "settings.language"),
        ("language = ", "settings.damaged"),
        ("connections = 1", "settings.not_text"),
        ("[connections.a]\nplatform = 'x'\nbase_url = 'https://a.be'", "settings.missing_key"),
        ("[connections.a]\nplatform = 'x'\nbase_url = 'https://a.be'\nclient_id = 7", "settings.not_text"),
        (
            "[connections.a]\nplatform = 'x'\nbase_url = 'https://a.be'\nclient_id = 'c'\nsecret = 's'",
            "settings.unknown_key",
        ),
        ("[connections.a]\nplatform = 'x'\nbase_url = 'http://a.be'\nclient_id = 'c'", "connection.unsafe_url"),
        ("[connections.sandbox]\nplatform = 'x'\nbase_url = 'https://a.be'\nclient_id = 'c'", "connection.reserved"),
    ],
)
def test_what_is_not_understood_is_refused(config: Path, text: str, code: str) -> None:
    with pytest.raises(SettingsUnusable) as refused:
        load_settings(written(config, text))
    assert refused.value.code == code


def test_two_connections_that_would_share_a_variable_are_refused(config: Path) -> None:
    add_connection(config, OFFICE)
    with pytest.raises(SettingsUnusable) as refused:
        add_connection(config, Connection("Office", "accounton", "https://api.example.com", "me"))
    assert refused.value.code == "connection.same_variable"
    assert list(load_settings(config).connections) == ["office"]


def test_an_unknown_connection_names_the_closest(config: Path) -> None:
    add_connection(config, OFFICE)
    with pytest.raises(SettingsUnusable) as refused:
        load_settings(config).connection("ofice")
    assert refused.value.facts["meant"] == "office"


LIMITED = "[connections.office]\nplatform = 'x'\nbase_url = 'https://a.be'\nclient_id = 'c'\n"


def test_a_connection_may_state_its_own_limits(config: Path) -> None:
    office = load_settings(written(config, f"{LIMITED}requests_per_minute = 90\nin_flight = 2\n")).connection("office")
    assert (office.requests_per_minute, office.in_flight) == (90, 2)


@pytest.mark.parametrize("value", ["0", "-1", "true", '"90"', "1.5"])
def test_a_limit_that_is_no_number_is_refused(config: Path, value: str) -> None:
    with pytest.raises(SettingsUnusable) as raised:
        load_settings(written(config, f"{LIMITED}requests_per_minute = {value}\n"))
    assert raised.value.code == "settings.not_a_number"
