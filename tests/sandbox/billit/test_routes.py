from __future__ import annotations

from typing import Any

import pytest

from sandbox.api_caller import Caller, mails, stored_clients

REGISTRATIONS = "/v1/einvoices/registrations"
ADDRESS = {"AddressType": "InvoiceAddress", "Name": "Albak", "City": "Gent", "Zipcode": "9000", "CountryCode": "BE"}
ALBAK = {
    "TaxIdentifier": "BE0403019261",
    "CompanyName": "Albak",
    "Email": "an@albak.be",
    "Language": "NL",
    "Addresses": [ADDRESS],
}


def party(anyone: Caller, office: str = "demo") -> Caller:
    return Caller(anyone.url, "/billit", {"partyID": office, "apiKey": office})


def addressed(**changes: Any) -> list[dict[str, Any]]:
    return [{**ADDRESS, **changes}]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"TaxIdentifier": "0403019261"}, "TaxIdentifier"),
        ({"TaxIdentifier": None}, "TaxIdentifier"),
        ({"Email": None}, "Email"),
        ({"Email": "nobody"}, "Email"),
        ({"Mobile": "0475123456"}, "Mobile"),
        ({"Language": "nl"}, "Language"),
        ({"IBAN": "BE71 0961 2345 6769"}, "IBAN"),
        ({"Bogus": "1"}, "Bogus"),
        ({"City": "Gent"}, "City"),
        ({"Addresses": "Gent"}, "Addresses"),
        ({"Addresses": addressed(Zipcode="B-9000")}, "Zipcode"),
        ({"Addresses": addressed(AddressType="Home")}, "AddressType"),
        ({"Addresses": addressed(Planet="Earth")}, "Planet"),
        ({"Addresses": []}, "CountryCode"),
        ({"Identifiers": [{"IdentifierType": "CBE", "Identifier": "1"}]}, "CBE"),
        ({"Identifiers": [{"IdentifierType": "GLN", "Identifier": "1"}]}, "IdentifierType"),
        ({"Identifiers": [{"IdentifierType": "CBE"}]}, "Identifiers"),
    ],
)
def test_what_the_pages_do_not_allow_is_refused(untouched: Caller, changes: dict[str, Any], wrong: str) -> None:
    answer = party(untouched).post(REGISTRATIONS, {**ALBAK, **changes})
    assert (answer.status, list(answer.wrong)) == (400, [wrong])


def test_a_registration_is_active_at_once_and_sends_its_mail(anyone: Caller) -> None:
    answer = party(anyone).post(REGISTRATIONS, ALBAK)
    assert (answer.status, answer.json["Integrations"][0]["IntegrationStatus"]) == (200, "Active")
    assert [
        (client["status"], client["invitations"], client["fields"]["language"]) for client in stored_clients(anyone)
    ] == [("active", 1, "nl")]
    assert [(mail["to"], mail["kind"]) for mail in mails(anyone)] == [("an@albak.be", "verification")]


def test_the_list_holds_companies_without_their_people(anyone: Caller) -> None:
    party(anyone).post(REGISTRATIONS, {**ALBAK, "TaxLiable": False})
    (company,) = party(anyone).get(REGISTRATIONS).json["Companies"]
    assert company["CompanyDetails"] == {
        "TaxIdentifier": "BE0403019261",
        "CompanyName": "Albak",
        "TaxDeductable": True,
        "TaxLiable": False,
        "Addresses": [ADDRESS],
        "Identifiers": [],
    }
    assert party(anyone, "office2").get(REGISTRATIONS).json["Companies"] == []


def test_the_same_number_or_address_is_refused_and_mails_nobody(anyone: Caller) -> None:
    party(anyone).post(REGISTRATIONS, ALBAK)
    assert party(anyone).post(REGISTRATIONS, {**ALBAK, "Email": "bo@albak.be"}).status == 409
    other = party(anyone).post(REGISTRATIONS, {**ALBAK, "TaxIdentifier": "BE0403170701", "Email": "AN@albak.be"})
    assert (other.status, list(other.wrong)) == (400, ["Email"])
    assert len(mails(anyone)) == 1


def test_the_same_key_gives_the_same_answer_and_one_mail(anyone: Caller) -> None:
    first, second = (party(anyone).post(REGISTRATIONS, ALBAK, Idempotency_Key="k").json for _ in range(2))
    assert first == second
    assert len(mails(anyone)) == 1


@pytest.mark.parametrize("number", ["BE0403019261", "0403019261", "9925:BE0403019261", "0208:0403019261"])
def test_everybody_learns_who_is_on_peppol(anyone: Caller, number: str) -> None:
    path = f"/v1/peppol/participantInformation/{number}"
    assert party(anyone).get(path).json["Registered"] is False
    party(anyone).post(REGISTRATIONS, ALBAK)
    assert party(anyone, "office2").get(path).json["Registered"] is True


@pytest.mark.parametrize("headers", [{}, {"partyID": "demo"}, {"partyID": "demo", "apiKey": "wrong"}])
def test_nobody_else_is_let_in(untouched: Caller, headers: dict[str, str]) -> None:
    assert Caller(untouched.url, "/billit", headers).get(REGISTRATIONS).status == 401
