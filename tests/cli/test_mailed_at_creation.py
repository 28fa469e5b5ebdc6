"""A platform that mails a client when it is created: nothing goes out unless somebody said --invite."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientimport.schema.data_files import data_folder
from command_line import clientimport

MESSY = data_folder("samples") / "billit" / "messy.csv"
ON = ("-c", "sandbox", "-p", "billit")
NOVA = ("legal_name=Nova BV", "vat_number=BE0554433291", "country=BE", "contact_email=eva@nova.be")
FIELDS = tuple(word for field in NOVA for word in ("--field", field))


def registered() -> list[str]:
    return [one["fields"]["vat_number"] for one in clientimport("clients", "list", *ON, "--json").json["clients"]]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("push", MESSY, *ON, "--yes", "--accept-proposals"), "push.creating_mails"),
        (("clients", "add", *ON, *FIELDS), "push.creating_mails"),
        (("clients", "add", *ON, *FIELDS, "--invite"), "usage.send_needs_yes"),
        (("invite", "--all-drafts", *ON, "--yes"), "invite.at_creation"),
        (("push", MESSY, *ON, "--yes", "--invite", "--update", "city"), "push.option_elsewhere"),
    ],
)
def test_what_would_mail_unasked_or_cannot_be_done_is_wrong_usage(command: tuple[str | Path, ...], code: str) -> None:
    refused = clientimport(*command, "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, code)
    assert registered() == []


def test_a_dry_run_shows_what_would_be_registered_and_registers_nothing() -> None:
    shown = clientimport("push", MESSY, *ON, "--dry-run", "--accept-proposals", "--json").json
    assert len(shown["groups"]["new"]) == 3
    assert registered() == []


def test_one_client_is_added_with_its_mail() -> None:
    added = clientimport("clients", "add", *ON, *FIELDS, "--invite", "--yes", "--json")
    assert added.exit_code == 0
    assert registered() == ["BE0554433291"]
    listed = clientimport("clients", "list", *ON)
    assert "Peppol" in listed.out
    assert "Active" in listed.out
    told = clientimport("clients", "peppol", "0554.433.291", "BE0403019261", *ON, "--json").json["companies"]
    assert told == [
        {"typed": "0554.433.291", "number": "0554433291", "on_peppol": True},
        {"typed": "BE0403019261", "number": told[1]["number"], "on_peppol": False},
    ]


@pytest.mark.parametrize(
    ("number", "on", "code"),
    [("0403019262", ON, "peppol.no_number"), ("0403019261", (*ON[:3], "accounton"), "platform.not_offered")],
)
def test_who_is_on_peppol_is_asked_with_a_number_where_it_is_known(number: str, on: tuple[str, ...], code: str) -> None:
    refused = clientimport("clients", "peppol", number, *on, "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, code)


def test_the_command_that_comes_next_says_invite(tmp_path: Path) -> None:
    step = clientimport("plan", MESSY, *ON, "--language", "en").out.splitlines()[-1]
    assert "-c sandbox -p billit" in step
    assert step.endswith(" --invite")
    clientimport("template", "-p", "billit", "-o", tmp_path / "t.xlsx")
    cells = [cell.value for sheet in load_workbook(tmp_path / "t.xlsx") for row in sheet.iter_rows() for cell in row]
    assert "clientimport push t.xlsx -c CONNECTION --invite" in cells
