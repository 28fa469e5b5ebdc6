"""`--fill-from kbo` and `--check kbo` on the way to a platform."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from kbo import Invented, company_number, write_full
from openpyxl import load_workbook

from command_line import Answer, clientimport

FULL, BANKRUPT, OTHER, ABROAD, BILINGUAL, STRUCK, PERSON = (company_number(4_000_000 + at) for at in range(7))
BRUSSELS = ("1000", "Brussel", "Bruxelles")
KNOWN = (
    Invented(FULL, "Bakkerij Peeters", box="3"),
    Invented(BANKRUPT, "Garage Maes", situation="050"),
    Invented(OTHER, "Heel Iemand Anders"),
    Invented(ABROAD, "Jongleurs", country=("Frankrijk", "France"), place=("62000", "Arras", "Arras")),
    Invented(BILINGUAL, "Studio", street=("Eikstraat(Bru)", "Rue du Chêne"), place=BRUSSELS),
    Invented(STRUCK, "Verhuisd", struck_off="13-11-2023"),
    Invented(PERSON, "Willems An", kind="1"),
)
HEADER = (
    "Naam;Ondernemingsnummer;BTW-nummer;Straat;Huisnummer;Bus;Postcode;Gemeente;E-mail;Voornaam;Familienaam;Taal;Land\n"
)
CONTACT = "an@acme.be;An;Peeters;{language};BE\n"


@pytest.fixture
def clients(tmp_path: Path, home: Path) -> Path:
    """Return where a list of clients is to be; the index of the KBO is loaded."""
    write_full(tmp_path / "full.zip", KNOWN, 190, datetime.now(UTC).date())
    assert clientimport("registers", "load", tmp_path / "full.zip").exit_code == 0
    return tmp_path / "clients.csv"


def row(number: str, name: str = "", address: str = ";;;;", vat: str = "", language: str = "nl-BE") -> str:
    return f"{name};{number};{vat};{address};{CONTACT.format(language=language)}"


def filled(file: Path, *rows: str, platform: str = "banqup-partner") -> list[Mapping[str, Any]]:
    """Return the clients of the upload file that `fix --fill-from kbo` writes."""
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    output = file.with_name("upload.xlsx")
    clientimport("fix", file, "-p", platform, "-o", output, "--fill-from", "kbo", "--force", "--language", "en")
    top, *others = load_workbook(output).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(map(str, top), one, strict=True)) for one in others]


def findings(file: Path, *rows: str, options: tuple[str, ...] = ("--fill-from", "kbo")) -> list[dict[str, Any]]:
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    answer = clientimport("validate", file, "-p", "banqup-partner", "--json", *options)
    return [one for one in answer.json["files"][0]["findings"] if one["code"].startswith("kbo.")]


def test_an_empty_name_and_address_are_filled_and_each_is_a_repair(clients: Path) -> None:
    found = findings(clients, row(FULL))
    repairs = {one["field"]: one["suggestion"] for one in found if one["severity"] == "repair"}
    assert repairs == {
        "legal_name": "Bakkerij Peeters",
        "street": "Molenstraat",
        "house_number": "1",
        "box": "3",
        "postal_code": "9000",
        "city": "Gent",
    }
    assert {one["code"] for one in found} == {"kbo.filled", "kbo.extract"}
    assert all("KBO" in one["message"] for one in found)


def test_what_is_there_stays_and_the_vat_number_is_never_filled(clients: Path) -> None:
    (one,) = filled(clients, row(FULL, "Peeters Bakkerij BV", "Molenstraat;1;;9000;"))
    assert next(iter(one.values())) == "Peeters Bakkerij BV"
    assert "Gent" in one.values()
    assert not any(str(value).startswith("BE0") for value in one.values())
    assert "3" not in one.values()  # an address that is there is whole without a box


@pytest.mark.parametrize(
    ("number", "name", "address"),
    [
        (OTHER, "Dakwerken Claes", ";;;;"),
        (FULL, "Bakkerij Peeters", "Eikstraat;;;;"),
        (FULL, "Bakkerij Peeters", ";;;2000;"),
        (ABROAD, "Jongleurs", ";;;;"),
        (STRUCK, "Verhuisd", ";;;;"),
        (PERSON, "An Willems", ";;;;"),
        (company_number(4_900_000), "Onbekend", ";;;;"),
    ],
)
def test_nothing_is_filled_where_something_speaks_against_it(
    clients: Path, number: str, name: str, address: str
) -> None:
    assert "kbo.filled" not in {one["code"] for one in findings(clients, row(number, name, address))}


def test_a_name_that_contradicts_the_number_is_a_finding_though_nothing_was_checked(clients: Path) -> None:
    found = findings(clients, row(OTHER, "Dakwerken Claes"))
    assert [(one["code"], one["severity"]) for one in found] == [
        ("kbo.extract", "info"),
        ("kbo.name_differs", "warning"),
    ]


def test_a_cell_that_could_not_be_understood_is_not_filled(clients: Path) -> None:
    others = [row(company_number(5_000_000 + at), f"Ander {at}", "Dorp;1;;9000;Gent") for at in range(9)]
    clients.write_text(HEADER + row(FULL, "Bakkerij Peeters", "Molenstraat;1;;9000;#N/B") + "".join(others))
    answer = clientimport("validate", clients, "-p", "banqup-partner", "--json", "--fill-from", "kbo")
    told = {one["code"] for one in answer.json["files"][0]["findings"] if one["cell"] == "H2"}
    assert told == {"cell.error"}


def test_an_address_is_filled_in_the_language_of_the_client(clients: Path) -> None:
    dutch, french = filled(clients, row(BILINGUAL), row(FULL, language="fr-BE"))
    assert {"Eikstraat", "Brussel"} <= set(dutch.values())
    assert {"Rue du Moulin", "Gand"} <= set(french.values())


def test_a_list_of_numbers_alone_needs_no_column_of_names(clients: Path) -> None:
    clients.write_text(
        f"Ondernemingsnummer;E-mail;Voornaam;Familienaam;Taal;Land\n{FULL};{CONTACT.format(language='nl-BE')}"
    )
    arguments = ("fix", clients, "-p", "banqup-partner", "-o", clients.with_name("upload.xlsx"))
    assert clientimport(*arguments).exit_code == 2
    assert clientimport(*arguments, "--fill-from", "kbo").exit_code == 0


def test_a_list_of_persons_gets_no_seats_for_homes(clients: Path) -> None:
    clients.write_text(
        f"Voornaam;Familienaam;E-mail;Ondernemingsnummer;Taal\nAn;Peeters;an@acme.be;{FULL};Nederlands\n"
    )
    answer = clientimport("validate", clients, "-p", "accounton", "--fill-from", "kbo", "--json")
    assert "kbo.filled" not in {one["code"] for one in answer.json["files"][0]["findings"]}


def test_repairs_from_the_kbo_can_be_declined(clients: Path) -> None:
    found = findings(clients, row(FULL), options=("--fill-from", "kbo", "--no-repair", "kbo"))
    assert {one["severity"] for one in found if one["code"] == "kbo.filled"} == {"error"}


ON = ("-c", "sandbox", "-p", "banqup-partner", "--accept-proposals")


def push(file: Path, *rows: str, more: tuple[str, ...] = ()) -> Answer:
    file.write_text(HEADER + "".join(rows), encoding="utf-8")
    return clientimport("push", file, *ON, *more)


@pytest.mark.parametrize("sending", ["--yes", "--dry-run"])
def test_a_bankrupt_client_is_named_before_anything_is_sent(clients: Path, sending: str) -> None:
    pushed = push(clients, row(BANKRUPT, "Garage Maes"), more=(sending, "--check", "kbo", "--language", "nl"))
    assert pushed.exit_code == 0
    assert "Opening faillissement" in pushed.err + pushed.out
    quiet = push(clients, row(FULL, "Bakkerij Peeters"), more=(sending, "--check", "kbo"))
    assert "Opening faillissement" not in quiet.err + quiet.out


def test_what_was_filled_is_sent_and_a_resumed_run_fills_the_same(clients: Path, home: Path) -> None:
    pushed = push(clients, row(FULL), more=("--yes", "--fill-from", "kbo", "--json"))
    assert pushed.json["counts"]["created"] == 1
    resumed = clientimport("runs", "resume", "last", "--yes", "--json")
    assert (resumed.exit_code, resumed.json["counts"]["refused"]) == (0, 0)
    listed = clientimport("clients", "list", "-c", "sandbox", "-p", "banqup-partner", "--json").json["clients"]
    assert [one["fields"]["legal_name"] for one in listed] == ["Bakkerij Peeters"]


def test_a_kept_plan_is_not_held_against_a_register_again(clients: Path) -> None:
    clients.write_text(HEADER + row(FULL, "Bakkerij Peeters"), encoding="utf-8")
    plan = clients.with_name("plan.json")
    assert clientimport("plan", clients, *ON[:4], "-o", plan).exit_code == 0
    refused = clientimport("push", plan, *ON[:4], "--yes", "--check", "kbo", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "registers.of_plan")


def test_the_plan_shows_what_the_kbo_says(clients: Path) -> None:
    clients.write_text(HEADER + row(BANKRUPT, "Garage Maes"), encoding="utf-8")
    planned = clientimport("plan", clients, *ON[:4], "--check", "kbo", "--json")
    assert "kbo.situation" in {one["code"] for one in planned.json["warnings"]}


@pytest.mark.parametrize("command", ["fix", "plan", "push"])
def test_an_old_extract_is_told_where_only_rows_are_shown(clients: Path, command: str) -> None:
    clients.write_text(HEADER + row(FULL, "Bakkerij Peeters"), encoding="utf-8")
    on = ("-p", "banqup-partner", "-o", clients.with_name("upload.xlsx")) if command == "fix" else ON[:4]
    sending = ("--dry-run", "--accept-proposals") if command == "push" else ()
    told = clientimport(command, clients, *on, *sending, "--check", "kbo", "--language", "nl")
    assert "dagen oud" not in told.err
    old = datetime.now(UTC).date() - timedelta(days=61)
    write_full(clients.with_name("old.zip"), KNOWN, 191, old)
    assert clientimport("registers", "load", clients.with_name("old.zip")).exit_code == 0
    force = ("--force",) if command == "fix" else ()
    told = clientimport(command, clients, *on, *sending, *force, "--check", "kbo", "--language", "nl")
    assert "61 dagen oud" in told.err
