"""The pace of requests, with a clock moved by hand."""

from __future__ import annotations

import asyncio
import dataclasses

from clientimport.connectors.http.rate_limiter import RateLimiter, max_in_flight
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.schema.loader import load_schema


class Hand:
    """A clock whose waiting moves it."""

    def __init__(self) -> None:
        self.time = 0.0
        self.clock = Clock(monotonic=lambda: self.time, sleep=self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0)


async def most_at_once(pace: RateLimiter, requests: int) -> int:
    busy = most = 0

    async def one() -> None:
        nonlocal busy, most
        async with pace.acquire():
            busy += 1
            most = max(most, busy)
            await asyncio.sleep(0)
            busy -= 1

    await asyncio.gather(*(one() for _ in range(requests)))
    return most


def test_no_more_go_at_once_than_allowed() -> None:
    assert asyncio.run(most_at_once(RateLimiter(4, 0, Hand().clock), 20)) == 4


def test_requests_keep_the_distance_of_the_limit() -> None:
    hand = Hand()
    asyncio.run(most_at_once(RateLimiter(4, 60, hand.clock), 11))
    assert hand.time == 10


def test_a_pause_halves_how_many_go_and_answers_bring_them_back_one_by_one() -> None:
    hand = Hand()
    pace = RateLimiter(8, 0, hand.clock)
    pace.back_off(5)
    pace.back_off(5)  # of the same burst
    assert pace.allowed == 4
    assert asyncio.run(most_at_once(pace, 20)) == 4
    assert hand.time == 5
    for _ in range(5):
        pace.record_success()
    assert pace.allowed == 5
    for _ in range(100):
        pace.record_success()
    assert pace.allowed == 8


def test_one_always_goes() -> None:
    hand = Hand()
    pace = RateLimiter(4, 0, hand.clock)
    for _ in range(5):
        pace.back_off(1)
        hand.time += 2
    assert pace.allowed == 1


def test_one_that_is_cancelled_while_waiting_takes_nobodys_place() -> None:
    async def act() -> int:
        pace = RateLimiter(1, 0, Hand().clock)
        async with pace.acquire():
            waiting = asyncio.create_task(most_at_once(pace, 1))
            await asyncio.sleep(0)
            waiting.cancel()
        return await most_at_once(pace, 3)

    assert asyncio.run(act()) == 1


def test_a_connection_may_state_other_limits_than_its_platform() -> None:
    api = load_schema("banqup-partner").api
    office = Connection("office", "banqup-partner", "https://api.example.com", "me")
    assert max_in_flight(api, office) == 4
    assert max_in_flight(api, dataclasses.replace(office, in_flight=2)) == 2
