"""Billit as its pages describe it: headers, bodies, the list, who is on Peppol, one mail a company."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest

from clientimport.connectors.protocol import KnowsPeppol, require
from clientimport.errors import PlatformUnreachable, UsageError
from clientimport.model.client import Client
from clientimport.model.remote import PushOptions, RemoteClient
from clientimport.push.run_result import RowState
from clientimport.sandbox import running
from push_world import BILLIT, Row, World, clients, mails, undone

COMPANY = {
    "legal_name": "Bakkerij De Korenbloem BV",
    "company_number": "0566988259",
    "vat_number": "BE0566988259",
    "contact_email": "an@korenbloem.be",
    "contact_first_name": "An",
    "contact_last_name": "Peeters",
    "contact_phone": "+3292233445",
    "contact_mobile": "+32475123456",
    "language": "nl",
    "iban": "BE71096123456769",
    "bic": "GKCCBEBB",
    "street": "Kerkstraat",
    "house_number": "12",
    "box": "3",
    "postal_code": "9000",
    "city": "Gent",
    "country": "BE",
}
DOCUMENTED = {
    "TaxIdentifier": "BE0566988259",
    "CompanyName": "Bakkerij De Korenbloem BV",
    "IBAN": "BE71096123456769",
    "BIC": "GKCCBEBB",
    "Mobile": "+32475123456",
    "Phone": "+3292233445",
    "Email": "an@korenbloem.be",
    "ContactFirstName": "An",
    "ContactLastName": "Peeters",
    "Language": "NL",
    "Addresses": [
        {
            "AddressType": "InvoiceAddress",
            "Name": "Bakkerij De Korenbloem BV",
            "Street": "Kerkstraat",
            "StreetNumber": "12",
            "Box": "3",
            "Zipcode": "9000",
            "City": "Gent",
            "CountryCode": "BE",
        }
    ],
}
LISTED = {
    "CompanyID": 574122,
    "CompanyDetails": {
        "TaxIdentifier": "BE0566988259",
        "CompanyName": "Bakkerij De Korenbloem BV",
        "Addresses": DOCUMENTED["Addresses"],
        "TaxDeductable": True,
        "TaxLiable": True,
        "Identifiers": [{"IdentifierType": "CBE", "Identifier": "0566988259"}],
    },
    "Integrations": [
        {"IntegrationID": "1", "Integration": "Peppol", "IntegrationStatus": "Active", "IntegrationStatusDesc": "ok"}
    ],
}


class _Documented(BaseHTTPRequestHandler):
    """A server that keeps what it is asked and answers as the pages say."""

    asked: ClassVar[list[tuple[str, str, dict[str, str], Any]]] = []
    answers: ClassVar[dict[str, Any]] = {}

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        self.asked.append((self.command, self.path, dict(self.headers.items()), body))
        content = json.dumps(self.answers[f"{self.command} {self.path}"]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = _answer  # noqa: N815 -- http.server's names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def documented() -> Iterator[str]:
    _Documented.asked.clear()
    _Documented.answers.update(
        {
            "GET /billit/v1/einvoices/registrations": {"Companies": [LISTED, {"CompanyID": 2}]},
            "POST /billit/v1/einvoices/registrations": LISTED,
            "GET /billit/v1/peppol/participantInformation/0566988259": {"Registered": True, "Identifier": "x"},
            "GET /billit/v1/peppol/participantInformation/BE0403019261": {"Registered": False, "Identifier": "x"},
            "GET /billit/v1/peppol/participantInformation/1": {"Unknown": 1},
        }
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Documented)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def url() -> Iterator[str]:
    with running() as address:
        yield address


def test_the_headers_and_every_field_of_a_registration_are_the_documented_ones(documented: str, tmp_path: Path) -> None:
    world = World(documented, tmp_path, "billit", client_id="574100", secret="key")
    client = Client(2, (2,), COMPANY)
    made = world.asked(lambda connector: connector.create(client, PushOptions(), "k"))
    ((method, path, headers, body),) = _Documented.asked
    assert (method, path, made) == ("POST", "/billit/v1/einvoices/registrations", "574122")
    assert (headers["partyID"], headers["apiKey"], headers["Idempotency-Key"]) == ("574100", "key", "k")
    assert body == DOCUMENTED


def test_a_company_number_that_the_vat_number_does_not_hold_is_an_extra_identifier(
    documented: str, tmp_path: Path
) -> None:
    world = World(documented, tmp_path, "billit")
    client = Client(2, (2,), {**COMPANY, "vat_number": "BE0403019261"})
    world.asked(lambda connector: connector.create(client, PushOptions(), "k"))
    assert _Documented.asked[0][3]["Identifiers"] == [{"IdentifierType": "CBE", "Identifier": "0566988259"}]


def test_the_documented_list_is_read_with_the_state_of_peppol(documented: str, tmp_path: Path) -> None:
    world = World(documented, tmp_path, "billit")
    known = world.asked(lambda connector: connector.client("574122"))
    told = ("legal_name", "company_number", "vat_number", "street", "house_number", "box", "postal_code", "city")
    fields = {name: COMPANY[name] for name in (*told, "country")}
    assert known == RemoteClient("574122", "active", fields, integrations={"Peppol": "Active"})
    bare = world.asked(lambda connector: connector.client("2"))
    assert bare == RemoteClient("2", "unknown", {}, integrations={})


@pytest.mark.parametrize(("number", "there"), [("0566988259", True), ("BE0403019261", False)])
def test_it_tells_who_is_on_peppol(documented: str, tmp_path: Path, number: str, there: bool) -> None:
    assert (
        World(documented, tmp_path, "billit").asked(
            lambda connector: require(connector, KnowsPeppol).is_on_peppol(number)
        )
        is there
    )


def test_an_answer_without_a_yes_or_no_is_none(documented: str, tmp_path: Path) -> None:
    with pytest.raises(PlatformUnreachable):
        World(documented, tmp_path, "billit").asked(lambda connector: require(connector, KnowsPeppol).is_on_peppol("1"))


def test_other_platforms_cannot_tell_who_is_on_peppol(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not_offered"):
        require(World(url, tmp_path, "accounton").connector(), KnowsPeppol)


def test_nothing_is_registered_without_the_word_invite(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="creating_mails"):
        World(url, tmp_path, "billit").push()
    assert (clients(url), mails(url)) == ([], [])


def test_a_registration_is_counted_as_a_mail_and_never_sent_again(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "billit")
    run = world.push(invite=True)
    assert (run.counts["created"], run.counts["invited"], run.exit_code) == (3, 3, 0)
    assert {row.result.state for row in run.rows} == {RowState.INVITED}
    again = world.push(invite=True)
    assert (again.counts["unchanged"], again.counts["invited"], len(mails(url))) == (3, 0, 3)


def test_no_more_companies_are_registered_than_mails_are_allowed(url: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="too_many"):
        World(url, tmp_path, "billit").push(invite=True, max_invitations=2)
    assert mails(url) == []


def test_a_wave_registers_so_many_and_the_rest_next_time(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "billit")
    first = world.push(invite=True, invite_limit=2)
    assert (first.counts["created"], first.invitations_waiting, first.exit_code) == (2, 1, 0)
    assert world.push(invite=True, invite_limit=2).counts["created"] == 1
    assert len(mails(url)) == 3


def test_what_the_list_does_not_tell_differs_from_nothing(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "billit")
    world.push(invite=True)
    assert [entry.differences for entry in world.planned().existing] == [(), (), ()]
    renamed: tuple[Row, ...] = tuple(
        {**row, "city": "Brugge", "contact_email": f"x{row['contact_email']}"} for row in BILLIT
    )
    world.rows = renamed
    assert [[one.field for one in entry.differences] for entry in world.planned().existing] == [["city"]] * 3


def test_a_company_that_another_program_registered_is_found(url: str, tmp_path: Path) -> None:
    World(url, tmp_path / "one", "billit").push(invite=True)
    run = World(url, tmp_path / "two", "billit").push(invite=True)
    assert (run.counts["unchanged"], len(mails(url))) == (3, 3)


def test_one_address_for_two_companies_is_refused_by_the_platform(url: str, tmp_path: Path) -> None:
    World(url, tmp_path, "billit", BILLIT[:1]).push(invite=True)
    other = {**BILLIT[1], "contact_email": BILLIT[0]["contact_email"]}
    run = World(url, tmp_path, "billit", (other,)).push(invite=True)
    assert (run.rows[0].result.state, run.rows[0].result.reason) == (
        RowState.REFUSED,
        "Email - must be different for every account",
    )


def test_what_was_refused_before_takes_no_place_in_a_wave(url: str, tmp_path: Path) -> None:
    World(url, tmp_path / "before", "billit", BILLIT[2:]).push(invite=True)
    taken = BILLIT[2]["contact_email"]
    world = World(url, tmp_path, "billit", tuple({**row, "contact_email": taken} for row in BILLIT[:1]))
    assert world.push(invite=True).counts["refused"] == 1
    world.rows = (*(world.rows or ()), BILLIT[1])
    run = world.push(invite=True, invite_limit=1)
    assert [row.result.state for row in run.rows] == [RowState.REFUSED, RowState.INVITED]


def test_a_registered_company_cannot_be_taken_back(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, "billit")
    run = undone(world, world.push(invite=True).id)
    assert {row.result.state for row in run.rows} == {RowState.KEPT}
    assert len(clients(url)) == len(BILLIT)
