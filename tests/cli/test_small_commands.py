"""The commands that show and keep things: platforms, explain, profiles, connections."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.schema.data_files import data_folder, platform_ids
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.finding_catalog import finding_kinds
from command_line import clientimport

MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"


def test_all_platforms_are_listed_with_what_is_known_of_their_api() -> None:
    listed = clientimport("platforms", "--json").json["platforms"]
    assert [one["id"] for one in listed] == list(platform_ids())
    assert all(one["api"]["verified"] is False for one in listed)


@pytest.mark.parametrize("platform", platform_ids())
def test_one_platform_shows_every_column_with_its_rule_and_source(platform: str) -> None:
    shown = clientimport("platforms", platform, "--json", "--language", "fr").json["platforms"][0]
    assert shown["columns"]
    assert all(column["rule"] and column["source"].startswith("http") for column in shown["columns"])
    text = clientimport("platforms", platform, "--language", "fr").out
    unfolded = "".join(text.split())
    assert all(column["rule"].split()[0] in unfolded for column in shown["columns"])


def test_every_code_is_explained_in_every_language() -> None:
    code = min(finding_kinds())
    told = [clientimport("explain", code, "--language", language, "--json").json for language in LANGUAGES]
    assert {one["code"] for one in told} == {code}
    assert {one["source"] for one in told} == {finding_kinds()[code].source}
    assert len({one["text"] for one in told}) == 4


def test_a_finding_is_explained_with_an_example_and_a_near_miss() -> None:
    data = clientimport("explain", "bic.form", "--json").json
    assert (data["example"], data["near_miss"]) == ([{"bic": "GKCCBEB"}], [{"bic": "GKCCBEBB"}])
    shown = clientimport("explain", "required.no_column", "--language", "nl").out
    assert "Voorbeeld:\n  IBAN: (geen kolom)\n\nDeze opmerking komt er niet bij:\n  BIC: (geen kolom)\n" in shown
    assert "  Totaal;;;;300\n" in clientimport("explain", "rows.totals").out
    assert "example" not in clientimport("explain", "client.ambiguous", "--json").json


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_example_of_several_rows_shows_what_they_have_in_common(language: str) -> None:
    shown = clientimport("explain", "client.contradicts", "--language", language).out
    assert [line.count("0403019261") for line in shown.splitlines() if "Kerkstraat" in line or "Dorp" in line][:2] == [
        1,
        1,
    ]


def test_a_profile_is_renamed_handed_over_and_taken_back(tmp_path: Path) -> None:
    assert clientimport("map", MESSY, "-p", "banqup-partner", "--save", "ours").exit_code == 0
    assert clientimport("profiles", "rename", "ours", "smith").exit_code == 0
    assert clientimport("profiles", "export", "smith", "-o", "handed.toml").exit_code == 0
    assert "Peeters" not in (tmp_path / "handed.toml").read_text(encoding="utf-8")
    before = clientimport("profiles", "show", "smith", "--json").json["profiles"][0]
    assert clientimport("profiles", "delete", "smith").exit_code == 2
    assert clientimport("profiles", "delete", "smith", "--yes").exit_code == 0
    assert clientimport("profiles", "list", "--json").json["profiles"] == []
    assert clientimport("profiles", "import", "handed.toml", "--name", "smith").exit_code == 0
    assert clientimport("profiles", "show", "smith", "--json").json["profiles"][0] == before


def test_a_connection_is_listed_without_a_secret_and_can_be_forgotten(home: Path) -> None:
    added = ("office", "-p", "accounton", "--base-url", "https://api.example.com", "--client-id", "me")
    told = clientimport("connections", "add", *added)
    assert "CLIENTIMPORT_OFFICE_SECRET" in told.out
    listed = clientimport("connections", "list", "--json").json["connections"]
    assert [(one["name"], one["platform"]) for one in listed] == [("office", "accounton")]
    assert "secret" not in (home / "config.toml").read_text(encoding="utf-8").casefold()
    assert clientimport("connections", "add", *added, "--json").json["error"]["code"] == "connection.exists"
    assert clientimport("connections", "remove", "office").exit_code == 2
    assert clientimport("connections", "remove", "office", "--yes").exit_code == 0
    assert clientimport("connections", "list", "--json").json["connections"] == []


def test_the_configured_language_is_spoken(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text('language = "de"\n', encoding="utf-8")
    assert "Verbindung" in clientimport("connections", "list").out
    assert "verbindingen" in clientimport("connections", "list", "--language", "nl").out


def test_a_damaged_configuration_is_one_sentence(home: Path) -> None:
    home.mkdir()
    (home / "config.toml").write_text("langage = 'nl'\n", encoding="utf-8")
    answer = clientimport("platforms", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "settings.unknown_key")
    assert "language" in answer.json["error"]["message"]


def test_a_host_that_is_not_known_is_named_before_the_secret_is_given() -> None:
    ours = ("-p", "billit", "--client-id", "1", "--language", "en")
    known = clientimport("connections", "add", "office", *ours, "--base-url", "https://api.billit.be")
    other = clientimport("connections", "add", "other", *ours, "--base-url", "https://api.billit.example", "--quiet")
    assert (known.exit_code, other.exit_code) == (0, 0)
    assert "api.billit" not in known.err
    assert "api.billit.example is not a known address of Billit" in other.err
    refused = clientimport("connections", "test", "-c", "other", "--language", "en", "--json")
    assert refused.json["error"]["code"] == "credentials.missing"
    assert "api.billit.example is not a known address of Billit" in refused.err
