"""Spellings in which a person sees no difference are no repairs, unless the file is to be taken as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from command_line import clientimport


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))


def codes(folder: Path, platform: str, cells: dict[str, str], *options: str) -> set[str]:
    """Return the codes of what is noticed about a client with these cells beside its own."""
    row = {**CLIENTS[platform], **cells}
    file = folder / "clients.csv"
    file.write_text("\n".join((";".join(row), ";".join(row.values()))), encoding="utf-8")
    answer = clientimport("validate", file, "-p", platform, "--json", *options)
    return {finding["code"] for finding in answer.json["files"][0]["findings"] if finding["row"]}


CLIENTS = {
    "banqup-partner": {
        "Klantnaam": "De Kroon BV",
        "Land": "BE",
        "E-mailadres contactpersoon": "an@dekroon.be",
        "Voornaam contactpersoon": "An",
        "Achternaam contactpersoon": "Peeters",
        "Taal contactpersoon": "nl",
        "Ondernemingsnummer": "0403019261",
        "Mandaat": "",
    },
    "accounton": {
        "Firstname": "An",
        "Lastname": "Peeters",
        "Email": "an.peeters@skynet.be",
        "Taal": "dutch",
        "Rijksregisternummer": "",
        "Klantcode": "K-012",
    },
}
SAME = [
    ("banqup-partner", "Taal contactpersoon", "NL"),
    ("banqup-partner", "Land", "be"),
    ("banqup-partner", "Mandaat", "ja"),
    ("banqup-partner", "Mandaat", "NON"),
    ("accounton", "Taal", "Dutch"),
    ("accounton", "Rijksregisternummer", "85.07.30-033.28"),
]
OTHER = [
    ("banqup-partner", "Taal contactpersoon", "Frans", "language.name"),
    ("banqup-partner", "Taal contactpersoon", "N", "language.alias"),
    ("banqup-partner", "Land", "België", "country.name"),
    ("banqup-partner", "Mandaat", "x", "yes_no.word"),
    ("banqup-partner", "Mandaat", "waar", "yes_no.word"),
    ("banqup-partner", "Ondernemingsnummer", "0403.019.261", "company_number.separators"),
    ("accounton", "Rijksregisternummer", "1020304526", "national_register_number.zero_restored"),
]


@pytest.mark.parametrize(("platform", "header", "typed"), SAME)
def test_a_spelling_in_which_a_person_sees_no_difference_is_no_repair(
    tmp_path: Path, platform: str, header: str, typed: str
) -> None:
    assert codes(tmp_path, platform, {header: typed}) == set()


@pytest.mark.parametrize(("platform", "header", "typed", "code"), OTHER)
def test_what_is_read_as_something_else_stays_a_repair(
    tmp_path: Path, platform: str, header: str, typed: str, code: str
) -> None:
    assert codes(tmp_path, platform, {header: typed}) == {code}


@pytest.mark.parametrize("options", [["--strict"], ["--no-repair", "all"]])
@pytest.mark.parametrize(("platform", "header", "typed"), SAME)
def test_it_is_an_error_where_the_file_is_to_be_taken_as_it_stands(
    tmp_path: Path, platform: str, header: str, typed: str, options: Sequence[str]
) -> None:
    assert codes(tmp_path, platform, {header: typed}, *options) - codes(tmp_path, platform, {}, *options)
