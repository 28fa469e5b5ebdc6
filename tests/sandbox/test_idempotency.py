from __future__ import annotations

from sandbox.api_caller import CUSTOMER, PARTNER, Caller, accounton, banqup, checklist, mails, sandbox, stored_clients


def test_the_same_request_twice_makes_one_client(anyone: Caller) -> None:
    office = banqup(anyone)
    first = office.post("/clients", PARTNER, Idempotency_Key="k1")
    again = office.post("/clients", PARTNER, Idempotency_Key="k1")
    assert (again.status, again.json) == (201, first.json)
    assert len(stored_clients(anyone)) == 1


def test_the_same_key_for_another_body_is_refused(anyone: Caller) -> None:
    office = banqup(anyone)
    office.post("/clients", PARTNER, Idempotency_Key="k1")
    answer = office.post("/clients", {**PARTNER, "companyNumber": "1018265814"}, Idempotency_Key="k1")
    assert (answer.status, answer.json["error"]) == (422, "IDEMPOTENCY_KEY_REUSED")
    customers = accounton(anyone)
    customer = {**CUSTOMER, "checklist": checklist(customers)}
    customers.create("/customers", customer, Idempotency_Key="k1")
    answer = customers.post("/customers", {**customer, "city": "Gent"}, Idempotency_Key="k1")
    assert (answer.status, answer.json) == (422, {"message": "This Idempotency-Key was used with another body"})


def test_a_refusal_is_not_remembered_so_that_the_mended_row_can_follow(anyone: Caller) -> None:
    office = banqup(anyone)
    assert office.post("/clients", {**PARTNER, "companyNumber": "1"}, Idempotency_Key="k1").status == 422
    assert office.post("/clients", PARTNER, Idempotency_Key="k1").status == 201


def test_a_key_is_the_offices_own_and_holds_for_one_path(anyone: Caller) -> None:
    first, second = banqup(anyone), banqup(anyone, office="office2")
    client_id = first.create("/clients", PARTNER, Idempotency_Key="k1")
    two = second.create("/clients", PARTNER, Idempotency_Key="k1")
    assert client_id != two
    assert first.post(f"/clients/{client_id}/invitations", Idempotency_Key="k1").status == 202


def test_an_invitation_and_a_contact_with_a_key_happen_once(anyone: Caller) -> None:
    office = banqup(anyone)
    client_id = office.create("/clients", PARTNER)
    for _ in range(2):
        assert office.post(f"/clients/{client_id}/invitations", Idempotency_Key="k2").status == 202
        contact = {"email": "jo@peeters.example"}
        assert office.post(f"/clients/{client_id}/contacts", contact, Idempotency_Key="k3").status == 201
    assert len(mails(anyone)) == 1
    assert len(stored_clients(anyone)[0]["contacts"]) == 1


def test_keys_mean_nothing_when_switched_off() -> None:
    with sandbox(idempotency=False) as anyone:
        office = banqup(anyone)
        client_id = office.create("/clients", PARTNER, Idempotency_Key="k1")
        assert office.post("/clients", PARTNER, Idempotency_Key="k1").status == 409
        for _ in range(2):
            office.post(f"/clients/{client_id}/invitations", Idempotency_Key="k2")
        assert [mail["number"] for mail in mails(anyone)] == [1, 2]
