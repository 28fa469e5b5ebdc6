from __future__ import annotations

from typing import Any

import pytest

from sandbox.api_caller import CONSOLE, CONSOLE_LU, Caller, banqup, mails, stored_clients

TRN = "trn - est invalide"
SHARING = "must be enabled, with a channel and the accountant's e-mail"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("companyNumber", "0403 019 261", "must be 10 digits starting with 0 or 1, without dots or spaces"),
        ("companyNumber", None, "must not be blank"),
        ("vatNumber", "0403019261", "must start with BE followed by 10 digits, without dots or spaces"),
        ("iban", None, "must not be blank"),
        ("iban", "BE72096123456769", "must be a valid IBAN without spaces"),
        ("bic", "gkccbebb", "must be a BIC of 8 or 11 characters"),
        ("country", "Atlantis", "must be the full name of a country or its two-letter code"),
        ("country", "be", "must be the full name of a country or its two-letter code"),
        ("language", "NL", "must be one of nl, fr, en, de"),
        ("contactLanguage", "Dutch", "must be one of nl, fr, en, de"),
        ("assigneeEmails", "ann@office.example", "must be a list of texts"),
        ("assigneeEmails", ["ann@office.example", "bob"], "must contain @ and ."),
        ("assigneeEmails", [3], "must be a list of texts"),
        ("zip", "B-9000", "must not have a country prefix"),
        ("rcsNumber", "B82454", "is not allowed"),
        ("documentSharing", {"enabled": "yes"}, SHARING),
        ("documentSharing", {"enabled": True, "channel": "Banqup Files"}, SHARING),
        ("documentSharing", {"enabled": True, "channel": "Banqup Files", "email": "ann"}, SHARING),
        ("documentSharing", {"enabled": True, "mail": "ann@office.example"}, "is not allowed"),
    ],
)
def test_the_belgian_console_refuses(untouched: Caller, field: str, value: Any, words: str) -> None:
    answer = banqup(untouched, "banqup-console-be").post("/clients", {**CONSOLE, field: value})
    assert (answer.status, answer.wrong) == (422, {field: words})


@pytest.mark.parametrize(
    "accepted",
    [
        {"country": "bElGië"},
        {"country": "Belgique"},
        {"country": "NL", "companyNumber": "12345678", "vatNumber": "NL123456789B01", "iban": "NL91ABNA0417164300"},
        {"companyNumber": "1018265814", "bic": "GKCCBEBB", "assigneeEmails": ["ann@office.example"]},
        {"documentSharing": {"enabled": False}},
    ],
)
def test_the_belgian_console_takes(untouched: Caller, accepted: dict[str, Any]) -> None:
    office = banqup(untouched, "banqup-console-be")
    client_id = office.create("/clients", {**CONSOLE, **accepted})
    assert office.call("DELETE", f"/clients/{client_id}").status == 204


def test_a_foreign_number_must_be_numeric_at_the_belgian_console(untouched: Caller) -> None:
    answer = banqup(untouched, "banqup-console-be").post(
        "/clients", {**CONSOLE, "country": "DE", "companyNumber": "HRB1"}
    )
    assert answer.wrong == {"companyNumber": "must be numeric"}


@pytest.mark.parametrize("number", ["B999990", "B999999", "82454", "B 82.454", "b82454"])
def test_a_number_that_the_luxembourg_register_does_not_know(untouched: Caller, number: str) -> None:
    answer = banqup(untouched, "banqup-console-lu").post("/clients", {**CONSOLE_LU, "rcsNumber": number})
    assert (answer.status, answer.wrong) == (422, {"rcsNumber": TRN})
    assert answer.json["detail"] == TRN


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"rcsNumber": None}, {"vatNumber": "must not be blank without an RCS number"}),
        ({"vatNumber": "LU15027443"}, {"vatNumber": "must be LU followed by 8 digits"}),
        ({"iban": "BE71096123456769"}, {"iban": "must be LU followed by digits"}),
        ({"iban": "LU290019400644750000"}, {"iban": "must be a valid IBAN without spaces"}),
        ({"language": "de"}, {"language": "must be one of fr, en"}),
        ({"contactLanguage": "nl"}, {"contactLanguage": "must be one of fr, en"}),
    ],
)
def test_the_luxembourg_console_refuses(untouched: Caller, changes: dict[str, Any], wrong: dict[str, str]) -> None:
    assert banqup(untouched, "banqup-console-lu").post("/clients", {**CONSOLE_LU, **changes}).wrong == wrong


def test_a_vat_number_is_enough_in_luxembourg(untouched: Caller) -> None:
    client = {**CONSOLE_LU, "rcsNumber": None, "vatNumber": "LU15027442"}
    office = banqup(untouched, "banqup-console-lu")
    client_id = office.create("/clients", client)
    assert office.call("DELETE", f"/clients/{client_id}").status == 204


def test_a_client_is_shown_in_canonical_fields(anyone: Caller) -> None:
    sharing = {"enabled": True, "channel": "Banqup Files", "email": "ann@office.example"}
    emails = ["ann@office.example", "bob@office.example"]
    client = {**CONSOLE, "country": "belgië", "assigneeEmails": emails, "documentSharing": sharing}
    banqup(anyone, "banqup-console-be").create("/clients", client)
    shown = stored_clients(anyone)[0]
    assert shown["document_sharing"] == sharing
    assert shown["fields"] == {
        "legal_name": "Bakkerij Peeters",
        "address": "Dorp 1",
        "postal_code": "9000",
        "city": "Gent",
        "country": "BE",
        "company_number": "0403019261",
        "iban": "BE71096123456769",
        "language": "nl",
        "contact_name": "An Peeters",
        "contact_language": "nl",
        "contact_email": "an@peeters.example",
        "assignee_emails": "ann@office.example,bob@office.example",
    }


def test_belgium_invites_and_luxembourg_provisions(anyone: Caller) -> None:
    for platform, client, verb, other in (
        ("banqup-console-be", CONSOLE, "invitations", "provisioning"),
        ("banqup-console-lu", CONSOLE_LU, "provisioning", "invitations"),
    ):
        office = banqup(anyone, platform)
        client_id = office.create("/clients", client)
        assert office.post(f"/clients/{client_id}/{other}").status == 404
        assert office.post(f"/clients/{client_id}/{verb}").json == {"status": "INVITED"}
        contact = office.post(f"/clients/{client_id}/contacts", {"email": "jo@peeters.example"})
        assert contact.status == 404
        assert office.get("/configuration-templates").status == 404
    assert [(mail["platform"], mail["kind"]) for mail in mails(anyone)] == [
        ("banqup-console-be", "invitation"),
        ("banqup-console-lu", "provisioning"),
    ]


def test_the_consoles_have_words_of_their_own_for_states(anyone: Caller) -> None:
    office = banqup(anyone, "banqup-console-be")
    client_id = office.create("/clients", CONSOLE)
    for state, word, canonical in (
        ("active", "ACTIVATED", "active"),
        ("CONNECTING", "CONNECTING", "invited"),
        ("failed", "ACTIVATION_FAILED", "failed"),
    ):
        assert anyone.post(f"/_sandbox/clients/{client_id}/status", {"status": state}).json["status"] == canonical
        assert office.get(f"/clients/{client_id}").json["status"] == word
