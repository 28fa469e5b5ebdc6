"""Asking VIES about a list of VAT numbers: one question at a time in each member state, not too fast, stopping safely.

The interface: https://ec.europa.eu/assets/taxud/vow-information/swagger_publicVAT.yaml.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientimport.connectors.http.rate_limiter import retry_after_seconds
from clientimport.model.clock import Clock
from clientimport.registers.exchange import SILENT, NoAnswer, ask, http_session, on_this_machine, task_group
from clientimport.registers.vies.cache import ViesCache
from clientimport.registers.vies.vies_answer import MEMBERS, ViesAnswer, ViesRefusal, ViesState, read_answer

if TYPE_CHECKING:
    import aiohttp

SERVICE = "https://ec.europa.eu/taxation_customs/vies/rest-api"
PAUSE = 1.5
"""Seconds between two questions to one member state. VIES names no limit; others who ask it in bulk wait as long."""
BACK_OFF = (2.0, 4.0, 8.0, 16.0)
"""Seconds to wait after each refusal of the moment, before the number is given up."""
_HERE = 0.01
"""How much shorter all waits are where the service is on this machine: nobody need be spared."""
_LONGEST_WAIT = 60.0
_IN_VAIN = 3
"""Numbers in a row after which waiting does not help now: each of the others is asked once, until one is answered."""
_SILENCES = 5
"""Numbers in a row that nobody answered for, after which nobody will for the rest; chosen, not measured."""


@dataclass(frozen=True, slots=True)
class ViesService:
    """Where VIES is, and who asks."""

    url: str = SERVICE
    requester: str = ""
    """The VAT number of who asks, prefix included; without one there is no consultation number."""

    @property
    def host(self) -> str:
        """Whose answers these are."""
        return urlsplit(self.url).netloc

    def question(self, number: str) -> Mapping[str, str]:
        """Return what is asked about a number."""
        question = {"countryCode": number[:2], "vatNumber": number[2:]}
        if self.requester:  # half of it would be passed over without a word
            question |= {"requesterMemberStateCode": self.requester[:2], "requesterNumber": self.requester[2:]}
        return question


def check_vat_numbers(
    numbers: Iterable[str],
    service: ViesService,
    cache: ViesCache,
    clock: Clock,
    progress: Callable[[], object] = lambda: None,
) -> Mapping[str, ViesAnswer]:
    """Return what VIES says of each VAT number, from the cache where it was asked a short while ago.

    A number that could not be checked says why; `progress` is called after each. Stopped half-way, what was answered
    is in the cache.
    """
    by_member: dict[str, list[str]] = {}
    answers: dict[str, ViesAnswer] = {}
    for number in dict.fromkeys(numbers):
        known = cache.fresh(number, clock.now()) if number[:2] in MEMBERS else _not_checked("not_in_vies")
        if known is None:
            by_member.setdefault(number[:2], []).append(number)
        else:
            answers[number] = known
            progress()
    if by_member:
        answers.update(asyncio.run(_ask_members(by_member, service, cache, clock, progress)))
    return answers


async def _ask_members(
    by_member: Mapping[str, list[str]],
    service: ViesService,
    cache: ViesCache,
    clock: Clock,
    progress: Callable[[], object],
) -> Mapping[str, ViesAnswer]:
    answers: dict[str, ViesAnswer] = {}

    async def ask_member(session: aiohttp.ClientSession, numbers: Iterable[str]) -> None:
        member = _MemberState(service, session, clock)
        for number in numbers:
            answers[number] = await member.check(number)
            cache.keep(number, answers[number])
            progress()

    async with http_session() as session, task_group() as group:
        for numbers in by_member.values():
            group.create_task(ask_member(session, numbers))
    return answers


class _MemberState:
    """One member state, which is asked one thing at a time."""

    def __init__(self, service: ViesService, session: aiohttp.ClientSession, clock: Clock) -> None:
        self._service = service
        self._session = session
        self._clock = clock
        self._is_here = on_this_machine(service.url)
        self._pause = 0.0
        self._in_vain = 0
        """Numbers in a row for which all waiting was in vain."""
        self._silences = 0
        """Numbers in a row that nobody answered for."""
        self._asked_wait = 0.0
        """Seconds that the last answer asked us to wait."""

    async def check(self, number: str) -> ViesAnswer:
        """Return the answer about one number."""
        if self._silences >= _SILENCES:
            return _not_checked("unreachable")
        await self._clock.sleep(self._pause)
        self._pause = 0.0 if self._is_here else PAUSE
        waits = list(BACK_OFF if self._in_vain < _IN_VAIN else ())
        while True:
            try:
                answer = await self._once(number)
            except ViesRefusal as refusal:
                self._silences = 0
                if not refusal.passing:
                    return _not_checked(refusal.reason)
                reason = refusal.reason
            except NoAnswer as failure:
                reason, waits = failure.reason, waits[:1]  # waiting again and again is for who says so
            else:
                self._in_vain = self._silences = 0
                return answer
            if not waits:
                self._in_vain += 1
                self._silences += reason in SILENT
                return _not_checked(reason)
            await self._clock.sleep(max(waits.pop(0) * (_HERE if self._is_here else 1.0), self._asked_wait))

    async def _once(self, number: str) -> ViesAnswer:
        self._asked_wait = 0.0
        question = self._service.question(number)
        answer = await ask(self._session, f"{self._service.url}/check-vat-number", question)
        asked = retry_after_seconds(answer.retry_after, self._clock.now())
        self._asked_wait = min(asked or 0.0, _LONGEST_WAIT)
        return read_answer(answer, number, self._clock.timestamp())


def _not_checked(reason: str) -> ViesAnswer:
    return ViesAnswer(ViesState.NOT_CHECKED, reason=reason)
