"""What becomes of a request: answered, certainly not sent, or lost on the way."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Mapping
from dataclasses import replace

import pytest

from clientimport.connectors.http.client import MAX_TRIES, HttpClient, Request, Response
from clientimport.connectors.http.oauth_client_credentials import ClientCredentials
from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.connectors.protocol import AnswerLost
from clientimport.errors import ClientImportError, CredentialsRefused, PlatformUnreachable, SettingsUnusable
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection, require_safe_url
from connectors.scripted import Script, scripted
from push_world import patient_clock

OK: tuple[int, Mapping[str, str], str] = (200, {}, '{"id": "1"}')


def call(url: str, request: Request, clock: Clock | None = None) -> Response:
    return asyncio.run(_call(url, request, clock or patient_clock()))


async def _call(url: str, request: Request, clock: Clock) -> Response:
    session = HttpClient(Connection("office", "x", url, "me"), RateLimiter(2, 0, clock), clock, 1.0)
    try:
        return await session.call(request)
    finally:
        await session.close()


def waiting_clock(waits: list[float]) -> Clock:
    """Return a clock that moves only when somebody waits, and writes down for how long."""
    now = [100.0]

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    return replace(patient_clock(), sleep=sleep, monotonic=lambda: now[0])


@pytest.mark.parametrize("status", [500, 502, 503, 504, 408])
def test_a_write_without_a_clear_answer_is_lost_and_not_repeated(status: int) -> None:
    script = Script([(status, {}, "")])
    with scripted(script) as url, pytest.raises(AnswerLost):
        call(url, Request("POST", "/clients", json={}))
    assert len(script.asked) == 1


@pytest.mark.parametrize("body", ["<html>", '{"id": "1'])
def test_a_yes_that_cannot_be_read_is_lost(body: str) -> None:
    with scripted(Script([(201, {}, body)])) as url, pytest.raises(AnswerLost):
        call(url, Request("POST", "/clients", json={}))


def test_half_a_letter_is_a_question_mark_for_it_can_be_written_nowhere() -> None:
    said = json.dumps({"error": "cut here: 😀", "name": "Ann 😀"}).replace('\\ude00", "name', '", "name')
    with scripted(Script([(400, {}, said)])) as url:
        answer = call(url, Request("POST", "/clients", json={}))
    assert (answer.text("error"), answer.text("name")) == ("cut here: ?", "Ann 😀")


def test_reading_is_repeated_with_growing_pauses_and_then_given_up() -> None:
    waits: list[float] = []
    script = Script([(503, {}, "")])
    with scripted(script) as url, pytest.raises(PlatformUnreachable):
        call(url, Request("GET", "/clients"), waiting_clock(waits))
    assert len(script.asked) == MAX_TRIES
    assert waits == sorted(waits)
    assert len(waits) == MAX_TRIES - 1


def test_a_platform_that_is_not_there_is_unreachable_and_nothing_was_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(PlatformUnreachable) as gone:
        call(f"http://127.0.0.1:{port}", Request("POST", "/clients", json={}))
    assert gone.value.code == "platform_down"


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("7", 7.0),
        ("Sun, 22 Nov 2026 09:30:20 GMT", 20.0),
        ("-5", 0.5),
        ("rubbish", 0.5),
        ("Sun, 22 Nov 2020 09:30:20 GMT", 0.5),
    ],
)
def test_a_platform_that_puts_us_off_is_asked_again_when_it_says(header: str, wait: float) -> None:
    waits: list[float] = []
    script = Script([(429, {"Retry-After": header}, ""), OK])
    with scripted(script) as url:
        answer = call(url, Request("POST", "/clients", json={}, key="k1"), waiting_clock(waits))
    assert (answer.status, waits) == (200, [wait])
    assert [headers["Idempotency-Key"] for _, _, headers, _ in script.asked] == ["k1", "k1"]


def test_an_absurd_pause_ends_the_run() -> None:
    script = Script([(429, {"Retry-After": "999999"}, "")])
    with scripted(script) as url, pytest.raises(PlatformUnreachable) as stop:
        call(url, Request("POST", "/clients", json={}))
    assert stop.value.code == "rate_limited"
    assert len(script.asked) == 1


def test_a_redirect_is_not_followed_and_the_secret_stays_here() -> None:
    elsewhere = Script([OK])
    with (
        scripted(elsewhere) as other,
        scripted(Script([(302, {"Location": other}, "")])) as url,
        pytest.raises(SettingsUnusable, match="redirected"),
    ):
        call(url, Request("GET", "/clients"))
    assert elsewhere.asked == []


def test_no_right_is_said_as_such() -> None:
    with scripted(Script([(403, {}, "{}")])) as url, pytest.raises(CredentialsRefused, match="forbidden"):
        call(url, Request("GET", "/clients"))


def test_no_error_carries_what_was_sent() -> None:
    for status in (500, 403, 302, 401):
        with scripted(Script([(status, {}, "secret-sentinel")])) as url:
            with pytest.raises((ClientImportError, AnswerLost)) as error:
                call(url, Request("POST", "/clients?n=85073003328", json={"n": "85073003328"}, key="secret-sentinel"))
            assert "85073003328" not in repr(error.value)
            assert "sentinel" not in repr(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.example.com",
        "https://api.example.com@evil.example",
        "ftp://127.0.0.1",
        "https://",
        "https://x.be:port",
        "https://x.be/?a=1",
        "http://127.0.0.1.evil.example",
        "http://169.254.169.254",
        "https://169.254.169.254",
        "https://10.0.0.1",
        "https://0x7f.1",
        "https://0x7f000001",
        "https://2130706433",
        "https://127.1",
        "https://0177.0.0.1",
        "https://[::ffff:127.0.0.1]",
        "https://[fe80::1]",
        "https://api.b\u0430nqup.com",  # a Cyrillic a
        "https://xn--bnqup-3ve.com",
        "https://api.banqup\uff0ecom",
        "https://api.banqup.com\\@evil.example",
        "https://api.banqup.com%2f@evil.example",
        "https://api.banqup.com#@evil.example",
        "file:///etc/passwd",
    ],
)
def test_a_secret_never_travels_to_an_unsafe_address(url: str) -> None:
    with pytest.raises(SettingsUnusable, match="unsafe_url"):
        require_safe_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.banqup.com",
        "https://API.Banqup.com:8443/v1",
        "http://[::1]:9",
        "https://proxy",
        "http://localhost:8",
    ],
)
def test_a_named_host_and_this_machine_may_be_called(url: str) -> None:
    require_safe_url(url)


@pytest.mark.parametrize(
    ("url", "known"),
    [
        ("https://api.banqup.com", True),
        ("https://banqup.com.", True),
        ("https://api.uat.btx.eu.banqup.com/x", True),
        ("http://127.0.0.1:8765", True),
        ("https://evilbanqup.com", False),
        ("https://banqup.com.evil.example", False),
        ("https://api-banqup.com", False),
    ],
)
def test_a_host_is_the_platforms_when_it_is_in_its_domain(url: str, known: bool) -> None:
    assert Connection("office", "banqup-partner", url, "1").is_in_domains(("banqup.com",)) is known


def test_several_requests_refused_with_one_token_ask_for_one_other() -> None:
    script, clock = Script([(200, {}, '{"access_token": "A"}'), (200, {}, '{"access_token": "B"}')]), waiting_clock([])

    async def sign(url: str) -> list[Mapping[str, str]]:
        session = HttpClient(Connection("office", "x", url, "me"), RateLimiter(2, 0, clock), clock, 1.0)
        token = ClientCredentials(session, "/token", "office", "me", "hush")
        try:
            refused = await token.sign(None)
            return [await token.sign(refused), await token.sign(refused)]
        finally:
            await session.close()

    with scripted(script) as url:
        assert asyncio.run(sign(url)) == [{"Authorization": "Bearer B"}] * 2
    assert len(script.asked) == 2


@pytest.mark.parametrize(("said", "number"), [("", None), ("3", 3), ('"4"', 4)])
def test_a_number_is_read_and_nonsense_in_its_place_stops_the_reading(said: str, number: int | None) -> None:
    content = json.loads(f'{{"pages": {said or "null"}}}')
    assert Response(200, content, "x").document().count("pages") == number
    with pytest.raises(PlatformUnreachable, match="not_the_api"):
        Response(200, {"pages": "many"}, "x").document().count("pages")


@pytest.mark.parametrize(
    ("answer", "renewed"),
    [
        ((200, {}, '{"access_token": "T", "expires_in": 300}'), 270.0),
        ((200, {}, '{"access_token": "T", "expires_in": 10}'), 5.0),
        ((200, {}, '{"access_token": "T", "expires_at": "2026-11-22T09:40:00Z"}'), 570.0),
        ((200, {}, '{"access_token": "T", "expires_at": "soon"}'), 270.0),
        ((200, {"Content-Type": "text/plain"}, "T"), 270.0),
    ],
)
def test_a_token_is_read_in_every_shape_and_renewed_before_it_ends(
    answer: tuple[int, Mapping[str, str], str], renewed: float
) -> None:
    script, waits = Script([answer]), list[float]()
    clock = waiting_clock(waits)

    async def sign(url: str) -> list[Mapping[str, str]]:
        session = HttpClient(Connection("office", "x", url, "me"), RateLimiter(2, 0, clock), clock, 1.0)
        token = ClientCredentials(session, "/token", "office", "me", "hush")
        try:
            found = [await token.sign(None)]
            await clock.sleep(renewed - 1)
            found.append(await token.sign(None))
            assert len(script.asked) == 1
            await clock.sleep(1)
            found.append(await token.sign(None))
        finally:
            await session.close()
        return found

    with scripted(script) as url:
        assert asyncio.run(sign(url)) == [{"Authorization": "Bearer T"}] * 3
    assert len(script.asked) == 2
    assert "client_secret=hush" in script.asked[0][3]
