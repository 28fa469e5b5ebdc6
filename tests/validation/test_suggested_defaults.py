"""Where a column lacks many values that a whole file may share, `validate` names the option that fills them."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import clientimport

HEADER = "Klantnaam;Land;Taal;E-mail;Voornaam;Achternaam;Nota"
NAMES = ("Bakkerij De Kroon", "Garage Maes", "Tuinen Claes", "Slagerij Wouters", "Immo Dubois", "Kapsalon Lies")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))


def shown(folder: Path, *cells: tuple[str, str, str], options: tuple[str, ...] = ()) -> str:
    """Return the text about a list whose rows have this country, language and note."""
    rows = [
        f"{name};{country};{language};els{number}@maes.be;Els;Maes;{note}"
        for number, (name, (country, language, note)) in enumerate(zip(NAMES, cells, strict=True))
    ]
    file = folder / "clients.csv"
    file.write_text("\n".join((HEADER, *rows)), encoding="utf-8")
    return clientimport("validate", file, "-p", "banqup-partner", "--language", "en", *options).out


def test_the_value_that_the_column_has_elsewhere_is_suggested_and_fills_the_cells(tmp_path: Path) -> None:
    cells = (("LU", "fr", ""),) * 3 + (("", "fr", ""),) * 3
    assert "--default country=LU" in shown(tmp_path, *cells)
    assert "required.empty" not in shown(tmp_path, *cells, options=("--default", "country=LU"))


def test_an_empty_column_gets_the_platforms_country(tmp_path: Path) -> None:
    assert "--default country=BE" in shown(tmp_path, *((("", "fr", ""),) * 6))


def test_of_a_column_with_several_values_none_is_suggested(tmp_path: Path) -> None:
    text = shown(tmp_path, *(("BE", language, "") for language in ("nl", "fr", "", "", "", "de")))
    assert "--default language=…" in text


def test_one_or_two_empty_cells_are_filled_in_by_hand(tmp_path: Path) -> None:
    text = shown(tmp_path, *(("BE", "nl", ""),) * 4, ("", "nl", ""), ("", "nl", ""))
    assert "required.empty" in text
    assert "--default" not in text


def test_no_value_for_all_is_suggested_where_another_column_holds_them(tmp_path: Path) -> None:
    text = shown(tmp_path, *(("", "nl", country) for country in ("België", "Frankrijk", "België", "NL", "LU", "BE")))
    assert "required.empty" in text
    assert "--default" not in text
