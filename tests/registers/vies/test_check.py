from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from clientimport.model.clock import Clock
from clientimport.registers.vies.cache import ViesCache
from clientimport.registers.vies.check import ViesService, check_vat_numbers
from clientimport.registers.vies.vies_answer import ViesAnswer
from clientimport.sandbox import SandboxOptions, running
from registers.vies.scripted_vies import Script, refused, scripted_vies, valid

OWN = "BE0403019261"
NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)


async def _no_wait(_: float) -> None:
    await asyncio.sleep(0)


CLOCK = Clock(now=lambda: NOW, sleep=_no_wait)


def asked(url: str, folder: Path, *numbers: str, requester: str = "", clock: Clock = CLOCK) -> Mapping[str, ViesAnswer]:
    with closing(ViesCache(folder / "vies.db", url, requester)) as cache:
        return check_vat_numbers(numbers, ViesService(url, requester), cache, clock)


def ok(question: dict[str, str], **other: Any) -> tuple[int, Any, dict[str, str]]:
    return 200, valid(question, **other), {}


def always(code: str, status: int = 200) -> Script:
    return lambda _question, _before: (status, refused(code), {})


def test_a_number_is_valid_or_invalid_as_vies_says(tmp_path: Path) -> None:
    with scripted_vies(lambda question, _: ok(question, valid=question["vatNumber"] == "0403019261")) as vies:
        answers = asked(vies.url, tmp_path, OWN, "LU12345678")
    assert {number: answer.state for number, answer in answers.items()} == {OWN: "valid", "LU12345678": "invalid"}


def test_what_a_country_does_not_give_is_nothing(tmp_path: Path) -> None:
    with scripted_vies(lambda question, _: ok(question, address="Dorp 1\n9000 Gent")) as vies:
        answer = asked(vies.url, tmp_path, OWN)[OWN]
    assert (answer.name, answer.address, answer.consultation) == (None, "Dorp 1\n9000 Gent", None)


def test_the_requester_is_sent_in_both_its_parts_and_the_proof_kept_with_its_day(tmp_path: Path) -> None:
    with scripted_vies(lambda question, _: ok(question, requestIdentifier="WAPIAAAAW1234567")) as vies:
        answer = asked(vies.url, tmp_path, "LU12345678", requester=OWN)["LU12345678"]
    (question,) = vies.questions
    assert (question["requesterMemberStateCode"], question["requesterNumber"]) == ("BE", "0403019261")
    assert (answer.consultation, answer.checked_at) == ("WAPIAAAAW1234567", "2026-11-29T10:00:00+00:00")


@pytest.mark.parametrize(
    "code", ["INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED", "SOMETHING_NEW"]
)
@pytest.mark.parametrize("status", [200, 400])
def test_a_refusal_is_no_verdict_and_concerns_that_number_alone(tmp_path: Path, code: str, status: int) -> None:
    def script(question: dict[str, str], _: int) -> Any:
        return (status, refused(code), {}) if question["vatNumber"] == "1" else ok(question)

    with scripted_vies(script) as vies:
        answers = asked(vies.url, tmp_path, "BE1", "BE2", "BE3")
    assert [(answer.state, answer.reason) for answer in answers.values()] == [
        ("not_checked", code),
        ("valid", None),
        ("valid", None),
    ]
    assert len(vies.questions) == 3


@pytest.mark.parametrize(
    "code", ["MS_MAX_CONCURRENT_REQ", "MS_UNAVAILABLE", "TIMEOUT", "GLOBAL_MAX_CONCURRENT_REQ_TIME"]
)
def test_what_is_refused_for_the_moment_is_asked_again(tmp_path: Path, code: str) -> None:
    with scripted_vies(lambda question, before: (200, refused(code), {}) if before < 3 else ok(question)) as vies:
        assert asked(vies.url, tmp_path, OWN)[OWN].state == "valid"
    assert len(vies.questions) == 4


def test_after_four_waits_a_number_is_given_up_and_after_three_such_numbers_each_is_asked_once(tmp_path: Path) -> None:
    with scripted_vies(always("MS_UNAVAILABLE")) as vies:
        answers = asked(vies.url, tmp_path, *(f"BE{number}" for number in range(1, 6)))
    assert {answer.state for answer in answers.values()} == {"not_checked"}
    waited = [number for number in "123" for _ in range(5)]
    assert [question["vatNumber"] for question in vies.questions] == [*waited, "4", "5"]


def test_a_number_that_is_given_up_takes_no_patience_from_the_next(tmp_path: Path) -> None:
    def script(question: dict[str, str], before: int) -> Any:
        busy = question["vatNumber"] == "1" or before < 2
        return (200, refused("MS_MAX_CONCURRENT_REQ"), {}) if busy else ok(question)

    with scripted_vies(script) as vies:
        answers = asked(vies.url, tmp_path, "BE1", "BE2")
    assert [answer.state for answer in answers.values()] == ["not_checked", "valid"]


def test_the_waits_double_and_are_spared_on_this_machine_alone(tmp_path: Path) -> None:
    waits: list[float] = []

    async def noted(seconds: float) -> None:
        waits.append(round(seconds, 3))
        await asyncio.sleep(0)

    with scripted_vies(always("MS_MAX_CONCURRENT_REQ")) as vies:
        asked(vies.url, tmp_path, OWN, clock=dataclasses.replace(CLOCK, sleep=noted))
    assert waits == [0, 0.02, 0.04, 0.08, 0.16]


def test_too_many_requests_are_waited_for_as_long_as_the_service_says(tmp_path: Path) -> None:
    waits: list[float] = []

    async def noted(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    busy = (429, b"slow down", {"Retry-After": "7"})
    with scripted_vies(lambda question, before: busy if before == 0 else ok(question)) as vies:
        answer = asked(vies.url, tmp_path, OWN, clock=dataclasses.replace(CLOCK, sleep=noted))[OWN]
    assert (answer.state, waits) == ("valid", [0, 7.0])


@pytest.mark.parametrize(
    "body",
    [
        {"countryCode": "BE", "vatNumber": "0403019261", "name": "X"},
        {"valid": "true"},
        {"valid": None},
        [],
        b"<html>maintenance</html>",
        b"",
    ],
)
def test_an_answer_without_a_verdict_is_not_invalid(tmp_path: Path, body: Any) -> None:
    with scripted_vies(lambda *_: (200, body, {})) as vies:
        assert asked(vies.url, tmp_path, OWN)[OWN].state == "not_checked"


def test_an_answer_about_another_number_is_none(tmp_path: Path) -> None:
    with scripted_vies(lambda question, _: ok(question, vatNumber="0999999999")) as vies:
        answer = asked(vies.url, tmp_path, OWN)[OWN]
    assert (answer.state, answer.reason) == ("not_checked", "other_number")


def test_a_server_error_is_no_verdict(tmp_path: Path) -> None:
    with scripted_vies(lambda *_: (500, refused("VOW-ERR-1"), {})) as vies:
        assert asked(vies.url, tmp_path, OWN)[OWN].reason == "VOW-ERR-1"


def test_a_page_where_an_answer_should_be_concerns_that_number_alone(tmp_path: Path) -> None:
    def script(question: dict[str, str], _: int) -> Any:
        return ok(question) if question["vatNumber"] == "7" else (200, b"<html>maintenance</html>", {})

    with scripted_vies(script) as vies:
        answers = asked(vies.url, tmp_path, *(f"BE{number}" for number in range(8)))
    assert [answer.state for answer in answers.values()] == ["not_checked"] * 7 + ["valid"]


def test_a_service_that_never_answers_is_given_up(tmp_path: Path) -> None:
    with scripted_vies(lambda *_: None) as vies:
        answers = asked(vies.url, tmp_path, *(f"BE{number}" for number in range(20)))
    assert {(answer.state, answer.reason) for answer in answers.values()} == {("not_checked", "unreachable")}
    assert len({question["vatNumber"] for question in vies.questions}) == 5


def test_a_member_state_is_asked_one_thing_at_a_time(tmp_path: Path) -> None:
    numbers = [f"{country}{number}" for country in ("BE", "LU", "NL") for number in range(10)]
    with scripted_vies(lambda question, _: ok(question)) as vies:
        asked(vies.url, tmp_path, *numbers)
    assert vies.most_at_once == 1
    assert len(vies.questions) == 30


def test_numbers_of_countries_outside_are_not_sent_anywhere(tmp_path: Path) -> None:
    with scripted_vies(lambda question, _: ok(question)) as vies:
        answers = asked(vies.url, tmp_path, "GB123456789", "CHE123456788")
    assert [answer.reason for answer in answers.values()] == ["not_in_vies", "not_in_vies"]
    assert vies.questions == []


def test_what_was_answered_is_not_asked_again_that_day_but_what_was_not_is(tmp_path: Path) -> None:
    def script(question: dict[str, str], _: int) -> Any:
        return ok(question) if question["vatNumber"] != "2" else (200, refused("VAT_BLOCKED"), {})

    with scripted_vies(script) as vies:
        first = asked(vies.url, tmp_path, "BE1", "BE2")
        second = asked(vies.url, tmp_path, "BE1", "BE2")
        next_day = dataclasses.replace(CLOCK, now=lambda: NOW + timedelta(hours=25))
        third = asked(vies.url, tmp_path, "BE1", clock=next_day)
    assert [question["vatNumber"] for question in vies.questions] == ["1", "2", "2", "1"]
    assert first["BE1"] == second["BE1"]
    assert third["BE1"].checked_at == "2026-11-30T11:00:00+00:00"


def test_a_stopped_list_goes_on_where_it_was(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop_after_two() -> None:
        told.append(1)
        if len(told) == 2:
            raise Stopped

    told: list[int] = []
    numbers = [f"BE{number}" for number in range(5)]
    with scripted_vies(lambda question, _: ok(question)) as vies:
        with closing(ViesCache(tmp_path / "vies.db", vies.url, "")) as cache, pytest.raises(Stopped):
            check_vat_numbers(numbers, ViesService(vies.url), cache, CLOCK, stop_after_two)
        asked(vies.url, tmp_path, *numbers)
    assert [question["vatNumber"] for question in vies.questions] == ["0", "1", "2", "3", "4"]


def test_another_requester_has_proofs_of_its_own(tmp_path: Path) -> None:
    with scripted_vies(lambda question, _: ok(question, requestIdentifier=question.get("requesterNumber", ""))) as vies:
        answers = [asked(vies.url, tmp_path, "LU1", requester=own)["LU1"] for own in ("", OWN)]
    assert [answer.consultation for answer in answers] == [None, "0403019261"]


@pytest.mark.parametrize(
    ("number", "state", "reason"),
    [
        ("BE100", "valid", None),
        ("BE200", "invalid", None),
        ("BE201", "not_checked", "INVALID_INPUT"),
        ("BE301", "not_checked", "MS_UNAVAILABLE"),
        ("BE601", "not_checked", "MS_MAX_CONCURRENT_REQ_TIME"),
        (OWN, "valid", None),
        ("BE0403019262", "invalid", None),
    ],
)
def test_the_sandbox_answers_as_the_official_test_service(
    tmp_path: Path, number: str, state: str, reason: str | None
) -> None:
    with running(SandboxOptions()) as url:
        answer = asked(f"{url}/vies/rest-api", tmp_path, number, requester=OWN)[number]
    assert (answer.state, answer.reason) == (state, reason)
    assert bool(answer.consultation) == (state != "not_checked")
