from __future__ import annotations

from urllib.parse import urlencode

import pytest

from sandbox.api_caller import PARTNER, Caller, Clock, banqup, sandbox, token

PLATFORMS = ["banqup-partner", "banqup-console-be", "banqup-console-lu"]


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_token_is_lent_for_five_minutes(untouched: Caller, platform: str) -> None:
    answer = token(untouched, platform, "demo", "demo").json
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 300)
    assert answer["expires_at"] == "2026-11-22T12:05:00.000Z"


def test_the_older_address_answers_with_the_bare_token(untouched: Caller) -> None:
    form = urlencode({"grant_type": "client_credentials", "client_id": "demo", "client_secret": "demo"})
    answer = untouched.post("/banqup-partner/oauth2/client_credential/accesstoken", form)
    assert answer.headers["content-type"].startswith("text/plain")
    spaces = untouched.call("GET", "/banqup-partner/entitystore/v1/spaces", Authorization=f"Bearer {answer.text}")
    assert spaces.status == 200


@pytest.mark.parametrize("pair", [("demo", "wrong"), ("nobody", "demo"), ("", ""), ("office2", "demo")])
def test_a_wrong_pair_is_not_let_in(untouched: Caller, pair: tuple[str, str]) -> None:
    answer = token(untouched, "banqup-partner", *pair)
    assert (answer.status, answer.json["error"]) == (401, "UNAUTHORIZED")


def test_another_grant_is_not_understood(untouched: Caller) -> None:
    answer = untouched.post("/banqup-partner/oauth2/client_credential/gettoken", '{"client_id": "demo"}')
    assert (answer.status, answer.json["detail"]) == (400, "grant_type must be client_credentials")


def test_a_token_expires() -> None:
    clock = Clock()
    with sandbox(token_lifetime=1, now=clock) as anyone:
        office = banqup(anyone)
        clock.forward(0.9)
        assert office.get("/clients").status == 200
        clock.forward(0.2)
        answer = office.get("/clients")
        assert (answer.status, answer.json["error"]) == (401, "UNAUTHORIZED")
        assert banqup(anyone).get("/clients").status == 200


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic ZGVtbzpkZW1v"}])
def test_nothing_is_shown_without_a_token(untouched: Caller, header: dict[str, str]) -> None:
    office = banqup(untouched)
    assert Caller(office.url, office.base, header).get("/clients").status == 401


def test_a_token_of_one_platform_is_worth_nothing_on_another(untouched: Caller) -> None:
    partner, console = banqup(untouched), banqup(untouched, "banqup-console-be")
    assert Caller(untouched.url, console.base, partner.headers).get("/clients").status == 401


def test_an_app_that_was_not_let_in_sees_no_space_and_no_error(untouched: Caller) -> None:
    bearer = {"Authorization": f"Bearer {token(untouched, 'banqup-partner', 'stranger', 'demo').json['access_token']}"}
    stranger = Caller(untouched.url, "", bearer)
    answer = stranger.get("/banqup-partner/entitystore/v1/spaces")
    assert (answer.status, answer.json) == (200, {"spaces": []})
    assert stranger.get(f"{banqup(untouched).base}/clients").status == 403


def test_two_offices_have_nothing_to_do_with_each_other(anyone: Caller) -> None:
    first, second = banqup(anyone), banqup(anyone, office="office2")
    client_id = first.create("/clients", PARTNER)
    assert second.get("/clients").json["clients"] == []
    assert second.get(f"/clients/{client_id}").status == 404
    assert second.call("DELETE", f"/clients/{client_id}").status == 404
    assert Caller(anyone.url, first.base, second.headers).get("/clients").status == 403
    second.create("/clients", PARTNER)
    first.call("DELETE", "/configuration-templates/Premium")
    assert len(second.get("/configuration-templates").json["configurationTemplates"]) == 2
