from __future__ import annotations

from typing import Any

import pytest

from sandbox.api_caller import CONSOLE_LU, PARTNER, Caller, banqup, sandbox, stored_clients

ANONYMOUS = {**PARTNER, "companyNumber": None}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (PARTNER, {**PARTNER, "legalName": "Other", "contactEmail": "other@peeters.example"}),
        ({**ANONYMOUS, "vatNumber": "BE0403019261"}, {**PARTNER, "vatNumber": "BE0403019261"}),
        ({**ANONYMOUS, "externalReference": "C1"}, {**ANONYMOUS, "externalReference": "C1", "legalName": "Other"}),
        (ANONYMOUS, {**ANONYMOUS, "legalName": "BAKKERIJ-Peeters", "contactEmail": "An@Peeters.example"}),
    ],
)
def test_the_same_identity_is_refused(anyone: Caller, first: dict[str, Any], second: dict[str, Any]) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", first)
    answer = office.post("/clients", second)
    assert (answer.status, answer.json["error"]) == (409, "CLIENT_ALREADY_EXISTS")
    assert client_id in answer.json["detail"]
    assert len(stored_clients(anyone)) == 1


def test_a_reference_or_a_contact_identifies_only_a_client_without_a_number(anyone: Caller) -> None:
    office = banqup(anyone)
    office.create("/clients", {**PARTNER, "externalReference": "C1"})
    office.create("/clients", {**PARTNER, "companyNumber": "1018265814", "externalReference": "C1"})
    office.create("/clients", ANONYMOUS)
    office.create("/clients", {**ANONYMOUS, "contactEmail": "jo@peeters.example"})
    assert len(stored_clients(anyone)) == 4


def test_a_change_may_not_make_a_double(anyone: Caller) -> None:
    office = banqup(anyone)
    office.create("/clients", PARTNER)
    other = office.create("/clients", {**PARTNER, "companyNumber": "1018265814"})
    assert office.call("PATCH", f"/clients/{other}", {"companyNumber": "0403019261"}).status == 409
    assert office.call("PATCH", f"/clients/{other}", {"companyNumber": "1018265814", "city": "Gent"}).status == 200


def test_a_number_is_free_again_once_its_client_is_changed_or_deleted(anyone: Caller) -> None:
    office = banqup(anyone)
    first = office.create("/clients", PARTNER)
    office.call("PATCH", f"/clients/{first}", {"companyNumber": "1018265814"})
    second = office.create("/clients", PARTNER)
    office.call("DELETE", f"/clients/{second}")
    office.create("/clients", PARTNER)


def test_doubles_are_taken_when_told_to() -> None:
    with sandbox(allow_duplicates=True) as anyone:
        office = banqup(anyone)
        assert office.create("/clients", PARTNER) != office.create("/clients", PARTNER)


def test_the_register_of_luxembourg_identifies(anyone: Caller) -> None:
    office = banqup(anyone, "banqup-console-lu")
    office.create("/clients", CONSOLE_LU)
    assert office.post("/clients", {**CONSOLE_LU, "clientName": "Other"}).status == 409


@pytest.mark.parametrize(
    ("state", "word", "goes"),
    [
        ("draft", "DRAFT", True),
        ("invited", "INVITED", False),
        ("active", "ACTIVE", False),
        ("archived", "ARCHIVED", True),
        ("lost", "LOST", True),
        ("failed", "INVITATION_REJECTED", False),
    ],
)
def test_only_drafts_archived_and_lost_clients_are_deleted(anyone: Caller, state: str, word: str, goes: bool) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", PARTNER)
    assert anyone.post(f"/_sandbox/clients/{client_id}/status", {"status": state}).json["status"] == state
    assert office.get(f"/clients/{client_id}").json["status"] == word
    answer = office.call("DELETE", f"/clients/{client_id}")
    if goes:
        assert (answer.status, stored_clients(anyone)) == (204, [])
    else:
        assert (answer.status, answer.json["error"]) == (409, "CLIENT_NOT_DELETABLE")


@pytest.mark.parametrize("state", ["archived", "lost", "failed"])
def test_a_client_that_left_can_be_invited_again(anyone: Caller, state: str) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", PARTNER)
    anyone.post(f"/_sandbox/clients/{client_id}/status", {"status": state})
    assert office.post(f"/clients/{client_id}/invitations").json == {"status": "INVITED"}


def test_clients_come_by_page_and_by_filter(anyone: Caller) -> None:
    office = banqup(anyone)
    first = office.create("/clients", {**PARTNER, "vatNumber": "BE0403019261", "externalReference": "C1"})
    second = office.create("/clients", {**ANONYMOUS, "contactEmail": "jo@peeters.example"})
    page = office.get("/clients?page=1&pageSize=1").json
    assert ([client["id"] for client in page["clients"]], page["page"], page["pageCount"]) == ([second], 1, 2)
    assert [client["id"] for client in office.get("/clients").json["clients"]] == [first, second]
    for query, ids in (
        ("companyNumber=0403019261", [first]),
        ("vatNumber=BE0403019261", [first]),
        ("externalReference=C1", [first]),
        ("contactEmail=JO@peeters.example", [second]),
        ("companyNumber=1018265814", []),
    ):
        assert [client["id"] for client in office.get(f"/clients?{query}").json["clients"]] == ids


@pytest.mark.parametrize(
    "query", ["legalName=Bakkerij", "compnyNumber=1", "page=-1", "pageSize=0", "pageSize=501", "page=x"]
)
def test_a_question_that_is_not_understood_is_not_answered(untouched: Caller, query: str) -> None:
    assert banqup(untouched).get(f"/clients?{query}").status == 400


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "\ud83d".encode("utf-8", "replace").decode()])
def test_a_body_that_is_no_object_is_refused(untouched: Caller, body: str) -> None:
    answer = banqup(untouched).post("/clients", body)
    assert (answer.status, answer.json["error"]) == (400, "BAD_REQUEST")


def test_the_error_body_is_banqups(untouched: Caller) -> None:
    office = banqup(untouched)
    answer = office.get("/clients/nobody")
    body = answer.json
    assert body.pop("requestId")
    assert (answer.status, body) == (
        404,
        {
            "status": 404,
            "error": "NOT_FOUND",
            "timestamp": "2026-11-22T12:00:00.000Z",
            "title": "Not found",
            "detail": "Client not found",
            "type": "about:blank",
            "instance": f"{office.base}/clients/nobody",
        },
    )
    assert office.call("PUT", "/clients").json["error"] == "METHOD_NOT_ALLOWED"
    assert office.get("/nowhere").json["error"] == "NOT_FOUND"
