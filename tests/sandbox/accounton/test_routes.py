from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sandbox.api_caller import CUSTOMER, Caller, accounton, checklist, mails, sandbox, stored_clients

NUMBER = "Enter Valid Registration Number"
MOBILE = "Mobile number is invalid or enter mobile number with country code"


def refused(anyone: Caller, **changes: Any) -> tuple[int, str, dict[str, str]]:
    office = accounton(anyone)
    answer = office.post("/customers", {**CUSTOMER, "checklist": checklist(office), **changes})
    return answer.status, answer.json["message"], answer.wrong


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("registrationNumber", "85.07.30-033.28", NUMBER),
        ("registrationNumber", "85073003329", NUMBER),
        ("registrationNumber", "8507300332", NUMBER),
        ("registrationNumber", "85133003303", NUMBER),
        ("spouseRegistrationNumber", "17073003385", NUMBER),
        ("mobileNumber", "0475123456", MOBILE),
        ("mobileNumber", "+32 475 12 34 56", MOBILE),
        ("mobileNumber", "+3247512345", MOBILE),
        ("mobileNumber", "+3292233445", MOBILE),
        ("companyNumber", "0403.019.261", "Enter Valid Company Number"),
        ("spouseCompanyNumber", "0403019262", "Enter Valid Company Number"),
        ("language", "nl", "must be one of dutch, french, english"),
        ("language", "Dutch", "must be one of dutch, french, english"),
        ("labels", "kantoor Gent,dossierbeheerder X", "must be a list of texts"),
        ("labels", ["a,b"], "Label must not contain a comma"),
        ("labels", ["a", " b"], "must not start or end with a space"),
        ("deadline", "15/07/2026", "Deadline must be a date (YYYY-MM-DD)"),
        ("deadline", "20260715", "Deadline must be a date (YYYY-MM-DD)"),
        ("country", "België", "must be a two-letter code of ISO 3166-1 alpha-2"),
        ("postalCode", "B-9000", "must not have a country prefix"),
        ("responsible", "Ann", "must contain @ and ."),
        ("type", "company", "must be one of person"),
        ("extraPb", "x", "is not allowed"),
        ("firstname", None, "must not be blank"),
        ("email", None, "must not be blank"),
        ("checklist", None, "Select a questionnaire"),
        ("checklist", "000000000000000000000000", "Select a questionnaire"),
    ],
)
def test_what_is_not_canonical_is_refused_in_its_words(untouched: Caller, field: str, value: Any, words: str) -> None:
    assert refused(untouched, **{field: value}) == (400, words, {field: words})


def test_the_questionnaire_speaks_the_customers_language(untouched: Caller) -> None:
    status, message, _ = refused(untouched, checklist=checklist(accounton(untouched), "french"))
    assert (status, message) == (400, "Select a questionnaire in the customer's language")


@pytest.mark.parametrize(
    "accepted",
    [
        {"registrationNumber": "17073003384"},  # born since 2000
        {"registrationNumber": "85470100146"},  # BIS: month + 40
        {"registrationNumber": None, "mobileNumber": "+352621123456"},
        {"mobileNumber": "+32475123456", "labels": ["kantoor Gent", "dossierbeheerder X"], "deadline": "2026-07-15"},
        {"responsible": "somebody@office.example", "companyNumber": "1018265814", "country": "NL"},
    ],
)
def test_what_keeps_the_rules_is_taken(untouched: Caller, accepted: dict[str, Any]) -> None:
    office = accounton(untouched)
    client_id = office.create("/customers", {**CUSTOMER, "checklist": checklist(office), **accepted})
    assert office.call("DELETE", f"/customers/{client_id}").status == 204


def test_an_unknown_colleague_is_refused_only_when_the_sandbox_is_strict(anyone: Caller) -> None:
    with sandbox(strict_users=True) as strict:
        message = "Responsible user not found"
        assert refused(strict, responsible="somebody@office.example") == (400, message, {"responsible": message})
        office = accounton(strict)
        customer = {**CUSTOMER, "checklist": checklist(office)}
        assert office.post("/customers", {**customer, "responsible": "ann@office.example"}).status == 201
        assert office.post("/customers", {**customer, "registrationNumber": "17073003384"}).status == 201


def test_a_customer_is_shown_in_canonical_fields(anyone: Caller) -> None:
    office = accounton(anyone)
    labels = ["kantoor Gent", "dossierbeheerder X"]
    customer = {**CUSTOMER, "checklist": checklist(office), "labels": labels, "deadline": "2026-07-15"}
    client_id = office.create("/customers", customer)
    assert stored_clients(anyone) == [
        {
            "id": client_id,
            "platform": "accounton",
            "office": "demo",
            "status": "draft",
            "invitations": 0,
            "questionnaire": "PIT",
            "fields": {
                "person_type": "person",
                "contact_first_name": "An",
                "contact_last_name": "Peeters",
                "contact_email": "an@peeters.example",
                "national_register_number": "85073003328",
                "labels": "kantoor Gent,dossierbeheerder X",
                "language": "nl",
                "tax_deadline": "2026-07-15",
            },
        }
    ]


def test_the_questionnaire_is_linked_first_and_sent_later(anyone: Caller) -> None:
    office = accounton(anyone)
    client_id = office.create("/customers", {**CUSTOMER, "checklist": checklist(office)})
    assert office.get(f"/customers/{client_id}").json["status"] == "NOT_SENT"
    assert mails(anyone) == []
    sent = office.post(f"/customers/{client_id}/send")
    assert (sent.status, sent.json) == (202, {"status": "SENT"})
    mail = {"platform": "accounton", "client_id": client_id, "to": "an@peeters.example", "kind": "questionnaire"}
    assert mails(anyone) == [{**mail, "number": 1}]
    anyone.post(f"/_sandbox/clients/{client_id}/status", {"status": "active"})
    refusal = office.post(f"/customers/{client_id}/send")
    assert (refusal.status, refusal.json) == (409, {"message": "Questionnaire is completed already"})


def test_a_customer_that_is_there_already_is_named(anyone: Caller) -> None:
    office = accounton(anyone)
    customer = {**CUSTOMER, "checklist": checklist(office)}
    client_id = office.create("/customers", customer)
    again = office.post("/customers", {**customer, "email": "other@peeters.example"})
    assert (again.status, again.json) == (409, {"message": "Customer already exists", "_id": client_id})


def test_a_customer_can_be_changed_and_deleted_until_it_is_sent(anyone: Caller) -> None:
    office = accounton(anyone)
    client_id = office.create("/customers", {**CUSTOMER, "checklist": checklist(office)})
    assert office.call("PATCH", f"/customers/{client_id}", {"city": "Gent"}).json["city"] == "Gent"
    office.post(f"/customers/{client_id}/send")
    refusal = office.call("DELETE", f"/customers/{client_id}")
    assert (refusal.status, refusal.json) == (409, {"message": "Customer cannot be deleted"})
    anyone.post(f"/_sandbox/clients/{client_id}/status", {"status": "lost"})
    assert office.call("DELETE", f"/customers/{client_id}").status == 204
    assert office.get(f"/customers/{client_id}").json == {"message": "Not found"}


def test_every_call_needs_both_headers(untouched: Caller) -> None:
    for headers in ({}, {"X-CLIENT-ID": "demo"}, {"X-CLIENT-ID": "demo", "X-CLIENT-SECRET": "wrong"}):
        stranger = Caller(untouched.url, "/accounton", headers)
        for path in ("/financialyears/current", "/checklists", "/settings", "/users", "/customers"):
            answer = stranger.get(path)
            assert (answer.status, answer.json) == (401, {"message": "Unauthorized"})


def test_the_office_its_year_and_its_questionnaires(untouched: Caller) -> None:
    office = accounton(untouched)
    year = office.get("/financialyears/current").json
    assert (year["startDate"], year["endDate"], year["isCurrentYear"]) == ("2026-01-01", "2026-12-31", True)
    listed = office.get(f"/checklists?language=dutch&financialYear={year['_id']}&page=1&pageSize=100").json
    assert [(entry["name"], entry["language"]) for entry in listed["data"]] == [("PIT", "dutch")]
    assert (listed["page"], listed["first_page"], listed["last_page"]) == (1, 1, 1)
    assert office.get("/checklists?language=dutch&financialYear=other").json["data"] == []
    assert len(office.get("/checklists").json["data"]) == 3
    settings = office.get("/settings").json
    assert (settings["office"]["name"], settings["languages"]) == ("Demo Office", ["dutch", "french", "english"])
    assert office.get("/users").json["data"] == [{"email": "ann@office.example"}, {"email": "bob@office.example"}]


def test_an_office_has_only_the_languages_it_chose(tmp_path: Path) -> None:
    setup = tmp_path / "setup.toml"
    setup.write_text('languages = ["dutch"]\n', encoding="utf-8")
    with sandbox(setup=setup) as anyone:
        assert refused(anyone, language="french")[2] == {
            "language": "Language is not one of your office's languages",
            "checklist": "Select a questionnaire in the customer's language",
        }


def test_customers_come_by_page_and_by_filter(anyone: Caller) -> None:
    office = accounton(anyone)
    customer = {**CUSTOMER, "checklist": checklist(office)}
    first = office.create("/customers", {**customer, "clientCode": "C1"})
    second = office.create(
        "/customers", {**customer, "registrationNumber": "17073003384", "email": "Jo@peeters.example"}
    )
    page = office.get("/customers?page=2&pageSize=1").json
    assert ([customer["_id"] for customer in page["data"]], page["page"], page["last_page"]) == ([second], 2, 2)
    for query, expected in (
        ("registrationNumber=85073003328", first),
        ("clientCode=C1", first),
        ("email=jo@PEETERS.example", second),
    ):
        assert [customer["_id"] for customer in office.get(f"/customers?{query}").json["data"]] == [expected]
