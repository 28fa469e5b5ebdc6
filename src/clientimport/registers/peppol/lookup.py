"""Looking participants up on Peppol: first in DNS, then with the metadata publisher (SMP) that DNS names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientimport.connectors.http.rate_limiter import RateLimiter
from clientimport.model.clock import Clock
from clientimport.registers.exchange import NoAnswer, http_session, may_be_asked, on_this_machine, task_group
from clientimport.registers.peppol.metadata import invoice_endpoint, takes_invoices
from clientimport.registers.peppol.naptr import DNS_SILENT, NotRegistered, open_resolver, smp_url
from clientimport.registers.peppol.participant import ZONE, Participant

if TYPE_CHECKING:
    import aiohttp
    from dns.asyncresolver import Resolver

LEFTOVER = "hermes-belgium"
"""Every Belgian enterprise was registered there in advance; it is switched off since 31 December 2025."""
_IN_FLIGHT, _PER_MINUTE = 4, 600
"""Chosen, not measured: the locator limits how fast DNS is asked, and does not say where the limit is."""
_IN_FLIGHT_HERE = 16
_SILENCES = 20
"""Look-ups in a row that DNS did not answer, after which it will answer none; chosen, not measured."""


class PeppolState(StrEnum):
    """What is known of a participant."""

    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class PeppolAnswer:
    """What Peppol says of one participant."""

    id: str
    state: PeppolState
    receives_invoices: bool | None = None
    smp: str | None = None
    """The host of the metadata publisher."""
    access_point: str | None = None
    """The subject of its access point's certificate."""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PeppolNetwork:
    """Which zone of DNS to look in, and which server to ask; an empty one is the system's own."""

    zone: str = ZONE
    dns: str = ""

    @property
    def on_this_machine(self) -> bool:
        """Whether DNS is asked here, where nobody need be spared."""
        return bool(self.dns) and on_this_machine(f"http://{self.dns}")


def look_up_participants(
    participants: Iterable[Participant],
    network: PeppolNetwork,
    clock: Clock,
    progress: Callable[[], object] = lambda: None,
) -> Mapping[Participant, PeppolAnswer]:
    """Return what Peppol says of each participant; `progress` is called after each. Raises SettingsUnusable."""
    return asyncio.run(_look_up_all(tuple(dict.fromkeys(participants)), network, clock, progress))


async def _look_up_all(
    participants: tuple[Participant, ...], network: PeppolNetwork, clock: Clock, progress: Callable[[], object]
) -> Mapping[Participant, PeppolAnswer]:
    resolver = open_resolver(network.dns)
    most, per_minute = (_IN_FLIGHT_HERE, 0) if network.on_this_machine else (_IN_FLIGHT, _PER_MINUTE)
    limiter = RateLimiter(most, per_minute, clock)

    silences = 0

    async def look_up(session: aiohttp.ClientSession, participant: Participant) -> PeppolAnswer:
        nonlocal silences
        async with limiter.acquire():
            if silences < _SILENCES:
                answer = await _look_up(participant, network.zone, resolver, session)
                silences = silences + 1 if answer.reason == DNS_SILENT else 0
            else:
                answer = PeppolAnswer(participant.id, PeppolState.NOT_CHECKED, reason=DNS_SILENT)
        progress()
        return answer

    async with http_session() as session, task_group() as group:
        tasks = [group.create_task(look_up(session, participant)) for participant in participants]
    return {participant: task.result() for participant, task in zip(participants, tasks, strict=True)}


async def _look_up(
    participant: Participant, zone: str, resolver: Resolver, session: aiohttp.ClientSession
) -> PeppolAnswer:
    smp: str | None = None
    try:
        url = await smp_url(participant.dns_name(zone), resolver)
        smp = urlsplit(url).netloc
        return await _ask_smp(participant, url, smp, session)
    except NotRegistered:
        return PeppolAnswer(participant.id, PeppolState.NOT_REGISTERED)
    except NoAnswer as failure:
        return PeppolAnswer(participant.id, PeppolState.NOT_CHECKED, smp=smp, reason=failure.reason)


async def _ask_smp(participant: Participant, url: str, smp: str, session: aiohttp.ClientSession) -> PeppolAnswer:
    if LEFTOVER in smp.lower():
        return PeppolAnswer(participant.id, PeppolState.NOT_REGISTERED, smp=smp, reason="leftover")
    if not may_be_asked(url):
        raise NoAnswer("smp_not_https")
    receives = await takes_invoices(session, url + participant.smp_path)
    if receives is None:
        return PeppolAnswer(participant.id, PeppolState.NOT_REGISTERED, smp=smp, reason="unknown_to_smp")
    if not receives:
        return PeppolAnswer(participant.id, PeppolState.REGISTERED, receives_invoices=False, smp=smp)
    try:
        endpoint = await invoice_endpoint(session, url + participant.smp_path)
    except NoAnswer:  # that it takes invoices is known; with whom is not
        endpoint = None
    if endpoint is not None and LEFTOVER in endpoint.url.lower():
        return PeppolAnswer(participant.id, PeppolState.NOT_REGISTERED, smp=smp, reason="leftover")
    access_point = endpoint.access_point if endpoint else None
    reason = None if access_point else "access_point_unknown"
    return PeppolAnswer(
        participant.id,
        PeppolState.REGISTERED,
        receives_invoices=True,
        smp=smp,
        access_point=access_point,
        reason=reason,
    )
