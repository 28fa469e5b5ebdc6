"""Nobody gets a second mail, also where the platform tells neither how many there were nor who was invited."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from clientimport.connectors.protocol import Connector
from clientimport.push.invite import InviteRequest, draft_targets, invite, targets_of_file
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.plan.snapshot import take_snapshot
from clientimport.push.run_result import RunResult
from clientimport.sandbox import running
from connectors.faulty_proxy import Faults, faulty
from ledgers import ledger_of
from push.once import HELPLESS, everybody_once
from push_world import DRAFTING, ROWS, World, clients, mails, patient_clock

COUNTS = ("invitations", "sentCount")
"""What the platforms call the number of mails that a client got."""

DURABLE = {False: ("PRAGMA synchronous", 2), True: ("SHOW synchronous_commit", "on")}
"""In the home, and on a server: https://www.sqlite.org/pragma.html#pragma_synchronous (2 is FULL)."""


class Forgetful:
    """Makes each client look as it did when it was first seen, without a count of its mails."""

    def __init__(self) -> None:
        self.statuses: dict[str, Any] = {}

    def __call__(self, _path: str, document: Any) -> Any:
        if isinstance(document, list):
            return [self(_path, entry) for entry in document]
        if not isinstance(document, dict):
            return document
        kept = {key: self(_path, value) for key, value in document.items() if key not in COUNTS}
        number = kept.get("id", kept.get("_id"))
        if number is not None and "status" in kept:
            kept["status"] = self.statuses.setdefault(str(number), kept["status"])
        return kept


def invited(world: World, *, drafts: bool) -> RunResult:
    """Send a round of invitations as one command does."""

    async def act(connector: Connector) -> RunResult:
        seen = await take_snapshot(connector)
        plan = world.plan(seen)
        with world.ledger() as ledger:
            journal = world.journal(ledger, seen.account.id)
            targets = draft_targets(seen.clients, journal) if drafts else targets_of_file((*plan.new, *plan.existing))
            return await invite(targets, connector, journal, InviteRequest(world.connection()))

    return world.asked(act)


@pytest.mark.parametrize("platform", DRAFTING)
def test_nobody_is_mailed_twice_where_the_platform_tells_nothing_of_mails(tmp_path: Path, platform: str) -> None:
    with running() as url, faulty(url, Faults(rewrite=Forgetful())) as address:
        world = World(url, tmp_path, platform).through(address)
        world.push()
        for _ in range(3):
            world.push(invite=True)
            invited(world, drafts=False)
            invited(world, drafts=True)
        everybody_once(url, _rows(world))


@pytest.mark.parametrize("platform", DRAFTING)
def test_a_lost_mail_that_nobody_counts_is_uncertain_and_not_sent_again(tmp_path: Path, platform: str) -> None:
    def silent(path: str, document: Any) -> Any:
        if isinstance(document, list):
            return [silent(path, entry) for entry in document]
        if not isinstance(document, dict):
            return document
        kept = {key: silent(path, value) for key, value in document.items() if key not in COUNTS}
        return {**kept, "status": "HIBERNATING"} if "status" in kept else kept

    faults = Faults(2, "after", writes_only=True, rewrite=silent)
    with running(HELPLESS) as url, faulty(url, faults) as address:
        world = World(address, tmp_path, platform, ROWS[platform][:1])
        for _ in range(2):
            doubt = world.push(invite=True)
            assert (doubt.exit_code, doubt.counts["uncertain"]) == (5, 1)
        assert len(mails(url)) == 1


def _rows(world: World) -> list[dict[str, str | None]]:
    return [dict(client.fields) for client in world.validation().clients]


def test_what_arrives_between_two_look_ups_is_found_by_the_second(tmp_path: Path) -> None:
    faults = Faults(kind="late", writes_only=True, at=1)

    async def sleep(_seconds: float) -> None:
        while faults.held:
            await asyncio.to_thread(faults.held.pop())

    clock = patient_clock()
    with running(HELPLESS) as url, faulty(url, faults) as address:
        world = World(url, tmp_path, clock=type(clock)(now=clock.now, sleep=sleep, chance=clock.chance))
        run = world.through(address).push()
        while faults.held:  # what nobody waited for arrives all the same
            faults.held.pop()()
        assert run.exit_code == 0
        assert len(clients(url)) == len(_rows(world))
        assert mails(url) == []


def test_what_is_committed_is_on_the_disk_and_not_only_with_the_system(tmp_path: Path) -> None:
    with Ledger(ledger_of(tmp_path)) as ledger:
        setting, value = DURABLE[ledger.is_shared]
        assert ledger.database.read(setting) == [(value,)]
