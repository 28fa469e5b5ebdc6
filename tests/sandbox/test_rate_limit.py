from __future__ import annotations

import time

from sandbox.api_caller import Clock, accounton, banqup, sandbox


def test_more_requests_than_a_minute_allows_are_told_when_to_come_back() -> None:
    clock = Clock()
    with sandbox(rate_limit=3, now=clock) as anyone:
        office = banqup(anyone)  # two requests
        clock.forward(20)
        assert office.get("/users").status == 200
        answer = office.get("/users")
        assert (answer.status, answer.headers["retry-after"], answer.json["error"]) == (429, "40", "TOO_MANY_REQUESTS")
        assert accounton(anyone).get("/users").json == {"message": "More than 3 requests in a minute"}
        clock.forward(40)
        assert office.get("/users").status == 200
        assert anyone.get("/_sandbox/clients").status == 200


def test_answers_take_as_long_as_told() -> None:
    with sandbox(latency_ms=60) as anyone:
        before = time.monotonic()
        accounton(anyone).get("/users")
        assert time.monotonic() - before >= 0.06


def test_requests_are_counted_by_method_and_path() -> None:
    with sandbox() as anyone:
        office = banqup(anyone)
        office.get("/clients/one")
        office.get("/clients/two")
        counted = anyone.get("/_sandbox/requests").json["requests"]
        assert counted["GET /banqup-partner/partnerstore/v1/spaces/{space}/clients/{id}"] == 2
        assert counted["POST /banqup-partner/oauth2/client_credential/gettoken"] == 1
