"""`map` on the screen: what each column is, why, and what is left without a field."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from command_line import clientimport
from spreadsheets import book_of

PARTNER = ("-p", "banqup-partner", "--language", "en")


@pytest.fixture
def screen(tmp_path: Path) -> list[str]:
    (tmp_path / "list.csv").write_text(
        "Naam klant;KBO;GSM;Omzet;E-mail;Mail;Leeg\n"
        "Peeters BV;0403.019.261;0470 12 34 56;1000;an@p.be;info@p.be;\n"
        "Claes NV;0202.239.951;0471 12 34 56;2000;jan@c.be;info@c.be;\n"
    )
    return clientimport("map", "list.csv", *PARTNER).out.splitlines()


def test_a_column_is_a_line_of_a_table_with_what_it_holds_and_becomes(screen: list[str]) -> None:
    cells = [re.split(" {2,}", line) for line in screen]
    assert ["", "Column", "Content", "Field"] in cells
    assert ["B", "KBO", "0403.019.261 | 0202.239.951", "Company number", "certain"] in cells


def test_what_the_platform_does_not_take_is_not_used(screen: list[str]) -> None:
    (line,) = (line for line in screen if line.startswith("C  GSM "))
    assert line.endswith("not used")


def test_filled_columns_without_a_field_come_last_with_the_option_that_would_use_them(screen: list[str]) -> None:
    heading = next(at for at, line in enumerate(screen) if line.startswith("Without a field (3)"))
    assert [line[:1] for line in screen[heading + 1 :] if line[:3] in ("D  ", "E  ", "F  ")] == ["D", "E", "F"]
    assert any(line.startswith("E (E-mail): perhaps") and "--set E=contact_email" in line for line in screen)
    assert "Empty or left out: G (Leeg)" in screen


def test_every_column_takes_one_line_of_80(tmp_path: Path) -> None:
    letters = range(12)
    rows = [";".join(f"{text}{number}" for number in letters) for text in ("Een lange kolomtitel ", "inhoud " * 9)]
    (tmp_path / "wide.csv").write_text("\n".join(rows))
    lines = clientimport("map", "wide.csv", *PARTNER).out.splitlines()
    assert all(len(line) <= 80 for line in lines if line[1:3] == "  ")
    assert sum(re.match(r"[A-L]  ", line) is not None for line in lines) == len(letters)


def test_what_is_to_be_confirmed_is_said_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Naam klant;KBO;Sjabloon\nPeeters BV;0403.019.261;Standard\n")
    (line,) = (line for line in clientimport("map", "list.csv", *PARTNER).out.splitlines() if "C (Sjabloon) →" in line)
    assert "(configuration_template); known header" in line


def test_the_column_of_a_marked_workbook_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Naam klant;KBO;clientimport: wat te doen\nPeeters BV;0403.019.261;Vul in\n")
    assert "clientimport:" not in clientimport("map", "list.csv", *PARTNER).out


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((), "Read: headers in row 1."),
        (("--header-row", "0", "--set", "A=legal_name"), "Read: without headers (--header-row 0)."),
    ],
)
def test_which_row_was_read_for_the_headers_comes_first(typed: tuple[str, ...], said: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Naam klant;KBO\nPeeters BV;0403.019.261\n")
    assert clientimport("map", "list.csv", *PARTNER, *typed).out.splitlines()[0] == said


def test_of_a_workbook_the_sheet_is_said_too(tmp_path: Path) -> None:
    book = book_of([("Titel",), ("Naam klant", "KBO"), ("Peeters BV", "0403.019.261")])
    book.worksheets[0].title = "Onze klanten"
    book.save(tmp_path / "list.xlsx")
    first = clientimport("map", "list.xlsx", *PARTNER).out.splitlines()[0]
    assert first == "Read: sheet “Onze klanten”, headers in row 2."


def test_a_profile_with_spaces_in_its_name_serves_another_platform(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Wie;Post;Adr\nPeeters BV;an@p.be;Gent\nClaes NV;jan@c.be;Mons\n")
    says = ("--set", "Wie=legal_name", "--set", "Post=contact_email", "--set", "Adr=city")
    clientimport("map", "list.csv", *PARTNER, *says, "--save", "our own list")
    answer = clientimport("map", "list.csv", "-p", "billit", "--json").json
    assert answer["profile"] == "our own list"
    assert [one["field"] for one in answer["columns"]] == ["legal_name", "contact_email", "city"]


OFFICE = "Naam klant;KBO;E-mail;Gemeente;Beheerder\nPeeters BV;0403.019.261;an@p.be;Gent;Ann\n"
NOW = "Naam klant;KBO;BTW;E-mailadres;Gemeente\nClaes NV;0202.239.951;BE0202239951;jan@c.be;Brugge\n"
KEPT = ("--set", "E-mail=contact_email", "--set", "Beheerder=ignore")


def test_a_profile_is_found_though_the_columns_have_changed_and_only_the_changes_are_asked_about(
    tmp_path: Path,
) -> None:
    (tmp_path / "then.csv").write_text(OFFICE)
    (tmp_path / "now.csv").write_text(NOW)
    clientimport("map", "then.csv", *PARTNER, *KEPT, "--save", "office")
    answer = clientimport("map", "now.csv", *PARTNER, "--json")
    assert answer.json["profile"] == "office"
    assert answer.json["profile_differences"] == {
        "added": ["BTW"],
        "gone": ["Beheerder"],
        "renamed": [{"before": "E-mail", "now": "E-mailadres"}],
    }
    sure = {column["header"]: column["certain"] for column in answer.json["columns"]}
    assert sure == {"Naam klant": True, "KBO": True, "BTW": False, "E-mailadres": False, "Gemeente": True}
    told = clientimport("map", "now.csv", *PARTNER).err
    assert "New: BTW; Gone: Beheerder; Renamed: E-mail → E-mailadres" in told
    refused = clientimport("push", "now.csv", "-c", "sandbox", *PARTNER, "--yes", "--json")
    assert refused.exit_code == 2


def test_of_two_profiles_equally_near_none_is_used_and_both_are_named(tmp_path: Path) -> None:
    (tmp_path / "then.csv").write_text(OFFICE)
    (tmp_path / "now.csv").write_text(NOW)
    for name in ("one", "two"):
        clientimport("map", "then.csv", *PARTNER, *KEPT, "--save", name)
    answer = clientimport("map", "now.csv", *PARTNER, "--json")
    assert answer.json["profile"] is None
    assert "one, two" in answer.err
    assert clientimport("map", "now.csv", *PARTNER, "--profile", "two", "--json").json["profile"] == "two"


def test_a_row_of_headers_that_only_a_profile_knows_is_found_below_titles(tmp_path: Path) -> None:
    odd = "Wie;Waar;Hoe\nPeeters BV;Gent;an@p.be\n"
    (tmp_path / "then.csv").write_text(odd)
    says = ("--set", "Wie=legal_name", "--set", "Waar=city", "--set", "Hoe=contact_email", "--header-row", "1")
    clientimport("map", "then.csv", *PARTNER, *says, "--save", "odd")
    (tmp_path / "now.csv").write_text(f"Lijst van klanten;;\nGent;2026;\n;;\n{odd}")
    answer = clientimport("map", "now.csv", *PARTNER, "--json").json
    assert (answer["header_row"], answer["profile"]) == (4, "odd")


def test_a_word_is_decided_about_once_and_kept_with_the_profile(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Naam klant;KBO;Land\nPeeters BV;0403.019.261;Holland (Zeeland)\n")
    clientimport("map", "list.csv", *PARTNER, "--value", "country:holland zeeland=NL", "--save", "office")
    shown = clientimport("profiles", "show", "office", "--json").json["profiles"][0]
    assert shown["values"] == [{"field": "country", "typed": "holland zeeland", "value": "NL"}]
    assert "holland zeeland" in clientimport("profiles", "show", "office").out


def test_a_decided_word_is_shown_as_a_repair(tmp_path: Path) -> None:
    header = "Naam klant;KBO;Land;E-mail;Voornaam contact;Naam contact;Taal;Sjabloon;Mandaat\n"
    row = "Peeters BV;0403.019.261;Holland (Zeeland);an@p.be;An;Peeters;nl-BE;Standard;getekend\n"
    (tmp_path / "list.csv").write_text(header + row)
    columns = (
        "--set",
        "Taal=contact_locale",
        "--set",
        "E-mail=contact_email",
        "--set",
        "Sjabloon=configuration_template",
    )
    values = ("--value", "country:Holland (Zeeland)=NL", "--value", "mandate:getekend=ja")
    answer = clientimport("validate", "list.csv", *PARTNER, *columns, *values, "--json").json
    repairs = {
        (one["field"], one["value"], one["suggestion"])
        for one in answer["files"][0]["findings"]
        if one["code"] == "value.decided"
    }
    assert repairs == {("country", "Holland (Zeeland)", "NL"), ("mandate", "getekend", "yes")}


def test_a_word_cannot_be_decided_about_in_a_field_that_tells_about_one_client(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Naam klant\nPeeters BV\n")
    answer = clientimport("map", "list.csv", *PARTNER, "--value", "legal_name:Peeters=Claes", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "value.not_closed")


def test_columns_without_headers_are_named_by_their_letter(tmp_path: Path) -> None:
    file = tmp_path / "clients.csv"
    file.write_text("Bakkerij Peeters BV,an@peeters.be\nGarage Claes NV,jan@claes.be\nMaes & Co BV,els@maes.be\n")
    text = clientimport("map", file, "-p", "banqup-partner", "--header-row", "0", "--language", "en").out
    assert ("B → " in text, "()" in text, "--set LETTER=contact_first_name" in text) == (True, False, True)
