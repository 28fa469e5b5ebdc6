"""Clients come out of AdminPulse as a list that goes the way of any file."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from clientimport.connectors.sources.adminpulse import adminpulse
from clientimport.connectors.sources.protocol import PulledClients
from clientimport.errors import CredentialsRefused, SettingsUnusable
from clientimport.model.connection import Connection
from command_line import clientimport
from connectors.sources.adminpulse_server import adminpulse_server
from push_world import patient_clock

OFFICE: list[dict[str, Any]] = [
    {
        "uniqueIdentifier": "APR00001",
        "code": "K001",
        "name": "Bakkerij Peeters",
        "vatNumber": "BE0403019261",
        "email": "info@peeters.be",
        "language": "nl",
        "address": {"street": "Kerkstraat", "number": "12", "zipCode": "9000", "city": "Gent", "country": "BE"},
        "tos": [
            {"linkType": 1, "uniqueIdentifier": "APR00002"},
            {"linkType": 6, "uniqueIdentifier": "APR00003"},
            {"linkType": 1, "uniqueIdentifier": "APR00004"},
        ],
    },
    {"uniqueIdentifier": "APR00002", "name": "Peeters", "firstName": "An", "email": "an@peeters.be"},
    {"uniqueIdentifier": "APR00003", "code": "K003", "name": "Claes NV", "vatNumber": "BE0202239951"},
    {"uniqueIdentifier": "APR00004", "name": "Peeters", "firstName": "Bo", "email": "bo@peeters.be"},
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLIENTIMPORT_ADMINPULSE_SECRET", "key")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pulled(url: str, secret: str = "key", **paths: str) -> PulledClients:
    import asyncio

    async def act() -> PulledClients:
        source = adminpulse(Connection("adminpulse", "adminpulse", url, "", paths=paths), secret, patient_clock())
        try:
            return await source.clients()
        finally:
            await source.close()

    return asyncio.run(act())


def test_each_contact_person_of_a_client_has_a_row_and_no_client_of_their_own() -> None:
    with adminpulse_server(OFFICE) as (url, _):
        found = pulled(url)
    rows = [(row["Klantcode"], row["Naam"], row.get("Voornaam contactpersoon")) for row in found.rows]
    assert rows == [("K001", "Bakkerij Peeters", "An"), ("K001", "Bakkerij Peeters", "Bo"), ("K003", "Claes NV", None)]
    assert found.rows[0]["Gemeente"] == "Gent"
    assert "IBAN" not in found.headers


def test_a_relation_without_a_code_is_not_lost() -> None:
    with adminpulse_server([{"name": "A", "vatNumber": "1"}, {"name": "B", "vatNumber": "2"}]) as (url, _):
        assert [row["Naam"] for row in pulled(url).rows] == ["A", "B"]


def test_every_page_is_read_from_the_first_which_is_0() -> None:
    many = [{"uniqueIdentifier": f"APR{at:05}", "code": f"K{at}", "name": f"Firma {at}"} for at in range(801)]
    with adminpulse_server(many) as (url, asked):
        assert len(pulled(url).rows) == 801
    assert asked == [f"/relations?page={page}&pageSize=400" for page in range(3)]


def test_an_office_that_is_put_off_waits_and_goes_on() -> None:
    with adminpulse_server(OFFICE, too_many=2) as (url, asked):
        assert len(pulled(url).rows) == 3
    assert len(asked) == 3


def test_a_wrong_key_is_said_as_such() -> None:
    with adminpulse_server(OFFICE) as (url, _), pytest.raises(CredentialsRefused):
        pulled(url, "other")


def test_names_of_fields_can_be_corrected_and_unknown_columns_are_refused() -> None:
    office = [{"uniqueIdentifier": "1", "code": "K1", "name": "A", "contact": {"mail": "a@b.be"}}]
    with adminpulse_server(office) as (url, _):
        assert pulled(url, **{"E-mail": "contact.mail"}).rows[0]["E-mail"] == "a@b.be"
        with pytest.raises(SettingsUnusable) as raised:
            pulled(url, **{"E-mal": "contact.mail"})
    assert raised.value.facts["meant"] == "E-mail"


def test_what_was_pulled_goes_through_map_validate_and_push(home: Path) -> None:
    with adminpulse_server(OFFICE) as (url, _):
        settings = home / "home" / "config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f"[connections.adminpulse]\nplatform = 'adminpulse'\nbase_url = '{url}'\nclient_id = '-'\n")
        answer = clientimport("pull", "adminpulse", "-o", "clients.xlsx", "--json")
    assert (answer.exit_code, answer.json["rows"]) == (0, 3)
    assert stat.S_IMODE((home / "clients.xlsx").stat().st_mode) == 0o600
    assert load_workbook(home / "clients.xlsx").worksheets[0]["A2"].value == "K001"
    columns = {
        one["header"]: one["field"]
        for one in clientimport("map", "clients.xlsx", "-p", "banqup-partner", "--json").json["columns"]
    }
    assert columns["Klantcode"] == "client_code"
    assert columns["E-mail contactpersoon"] == "contact_email"
    assert columns["Voornaam contactpersoon"] == "contact_first_name"
    on = ("-c", "sandbox", "-p", "banqup-partner", "--accept-proposals", "--yes", "--json")
    says = ("--default", "configuration_template=Standard")
    assert clientimport("push", "clients.xlsx", *on, *says).json["counts"]["created"] == 1


@pytest.mark.parametrize(("source", "code"), [("admin-consult", "pull.closed"), ("adminpuls", "pull.unknown")])
def test_a_program_that_cannot_be_read_is_said_as_such(source: str, code: str) -> None:
    answer = clientimport("pull", source, "-o", "clients.xlsx", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, code)
