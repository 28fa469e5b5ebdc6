"""Nothing that is printed shows a national register number, wherever it stands; ids and other numbers stay whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clientimport.cli.console import Console
from clientimport.cli.result import CommandFailure, CommandResult, result_json
from clientimport.messages.catalog import message_catalog
from command_line import clientimport

NUMBER = "85.07.30-033.28"
PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", *PARTNER)
GIVEN = ("--default", "country=BE", "--default", "contact_locale=nl-BE")


@pytest.fixture
def portfolio(tmp_path: Path) -> str:
    """Return a file with a number in a name and in a header."""
    lines = (f"Naam klant;Voornaam;Familienaam;E-mail;{NUMBER}", f"Peeters {NUMBER};An;Peeters;an@p.be;x")
    (tmp_path / "clients.csv").write_text("\n".join(lines), encoding="utf-8")
    return "clients.csv"


@pytest.mark.parametrize("how", [("--json",), ()])
@pytest.mark.parametrize(
    "command",
    [
        ("plan", "clients.csv", *SANDBOX, *GIVEN),
        ("push", "clients.csv", *SANDBOX, *GIVEN, "--accept-proposals", "--dry-run"),
        ("map", "clients.csv", *PARTNER, *GIVEN),
        ("validate", "clients.csv", *PARTNER, *GIVEN),
        ("validate", f"{NUMBER}.csv", *PARTNER),
        ("clients", "show", NUMBER, *SANDBOX),
        ("clients", "add", *SANDBOX, "--field", f"legal_name{NUMBER}=x"),
        ("explain", NUMBER),
    ],
)
def test_no_answer_shows_a_number(portfolio: str, command: tuple[str, ...], how: tuple[str, ...]) -> None:
    assert portfolio
    answer = clientimport(*command, *how)
    assert "85.07.30" not in answer.out + answer.err
    shown = clientimport(*command, *how, "--show-personal-data")
    assert "85.07.30" in (shown.out + shown.err).replace("\n", "") or command[0] == "validate"


def luxembourgish(folder: Path, rcs: str, note: str) -> None:
    """Write a list for Luxembourg's Console, with an RCS number and a column that nobody asks for."""
    lines = (
        "Client name;Address;ZIP;City;Country;RCS;VAT;IBAN;Language;Contact name;Contact language;Contact email;Note",
        f"Thill SARL;Rue 1;1611;Luxembourg;LU;{rcs};;LU280019400644750000;fr;Anne Muller;fr;anne@thill.lu;{note}",
    )
    (folder / "clients.csv").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.parametrize("typed", ["5011500772", "5011500772.0", "85 07 30 033 28", "85073003328.0", "1893120105732"])
def test_a_number_in_another_column_is_seen_in_no_report_whatever_its_form(typed: str, tmp_path: Path) -> None:
    luxembourgish(tmp_path, rcs=typed, note=typed)
    for kind in ("text", "json", "jsonl", "csv", "html", "junit", "sarif", "github"):
        made = tmp_path / f"report.{kind}"
        clientimport("validate", "clients.csv", "-p", "banqup-console-lu", "--report", f"{kind}={made}")
        report = made.read_text(encoding="utf-8")
        assert "RCS" in report, kind
        assert typed.removesuffix(".0") not in report, kind
    answer = clientimport("map", "clients.csv", "-p", "banqup-console-lu")
    assert typed.removesuffix(".0") not in answer.out + answer.err


def test_a_mistyped_matricule_that_is_called_one_is_not_repeated(tmp_path: Path) -> None:
    luxembourgish(tmp_path, rcs="1985011512345", note="")
    answer = clientimport("validate", "clients.csv", "-p", "banqup-console-lu", "--json")
    (found,) = [one for one in answer.json["files"][0]["findings"] if one["code"].startswith("rcs_number.")]
    assert (found["code"], found["value"]) == ("rcs_number.is_matricule_of_person", "**.**.**-***.45")


def test_an_establishment_number_is_seen_so_that_the_reason_can_be_understood(tmp_path: Path) -> None:
    numbers = ("2.012.345.667", "BE02012345667", "2012345667")
    rows = [f"Winkel {at} BV;{number};an@w{at}.be;An;Claes" for at, number in enumerate(numbers)]
    lines = ["Naam;Ondernemingsnummer;E-mail;Voornaam;Achternaam", *rows]
    (tmp_path / "clients.csv").write_text("\n".join(lines), encoding="utf-8")
    answer = clientimport("validate", "clients.csv", *PARTNER, *GIVEN, "--json")
    found = [one for one in answer.json["files"][0]["findings"] if one["code"].startswith("company_number.")]
    assert [(one["code"], one["value"]) for one in found] == [
        ("company_number.establishment", "2.012.345.667"),
        ("company_number.establishment", "BE02012345667"),
        ("company_number.establishment_or_national", "**.**.**-***.67"),
    ]


@pytest.mark.parametrize("how", [("--json",), ()])
def test_what_cannot_be_understood_is_not_echoed_with_a_number(how: tuple[str, ...]) -> None:
    answer = clientimport("profiles", "rename", "one", "other", NUMBER, *how)
    assert answer.exit_code == 2
    assert "**.**.**-***.28" in answer.out + answer.err
    assert "85.07" not in answer.out + answer.err


def test_a_client_on_the_platform_is_listed_without_its_number_and_with_its_id(portfolio: str) -> None:
    pushed = clientimport("push", portfolio, *SANDBOX, *GIVEN, "--accept-proposals", "--yes", "--json").json
    client_id = pushed["rows"][0]["client_id"]
    for how, shown_id in ((("--json",), client_id), ((), client_id[:8])):
        answer = clientimport("clients", "list", *SANDBOX, *how)
        assert "85.07.30" not in answer.out
        assert shown_id in answer.out


def test_a_plan_on_stdout_carries_the_data_in_full(portfolio: str) -> None:
    answer = clientimport("plan", portfolio, *SANDBOX, *GIVEN, "-o", "-")
    assert NUMBER in answer.out
    assert NUMBER not in answer.err


@pytest.mark.parametrize(
    "value",
    ["+32475123456", "+33612345678", "0403019261", "a1234567-8901-4bcd-8507-300332800000", "20261122-101500-1234"],
)
def test_ids_phones_and_company_numbers_stay_as_they_are(value: str) -> None:
    outcome = CommandResult({"fields": {"text": f"x {value} y"}, "client_id": "85073003328"})
    told = json.loads(result_json("clients list", outcome))
    assert told["fields"]["text"] == f"x {value} y"
    assert told["client_id"] == "85073003328"


def test_the_message_of_a_failure_is_masked_in_json() -> None:
    failure = CommandFailure("defect", f"at {NUMBER}", 2)
    assert "85.07" not in result_json("push", failure)
    assert "85.07" in result_json("push", failure, masks=False)


def test_questions_and_notes_are_masked(capsys: pytest.CaptureFixture[str]) -> None:
    screen = Console(message_catalog("en"))
    screen.info("clients.deleted", name=NUMBER)
    screen.warn("clients.deleted", name=NUMBER)
    assert "85.07" not in capsys.readouterr().err
    assert "85.07" not in screen.table(["Name"], [[NUMBER]])
