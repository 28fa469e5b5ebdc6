"""What is written in one turn waits for the disk once, and nobody goes on before it is there."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from clientimport.errors import PlatformUnreachable
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.database import GroupCommit
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.operation import OperationState
from clientimport.sandbox import running
from connectors.faulty_proxy import Faults, faulty
from ledgers import around_the_program, ledger_of
from push_world import FIELDS, PARTNER, World, journal


def on_disk(home: Path) -> int:
    """Return how many actions another process would see after a crash now."""
    with around_the_program(home) as sql:
        return int(sql.query("SELECT count(*) FROM action")[0][0])


def test_clients_of_one_turn_are_committed_together_before_any_goes_on(tmp_path: Path) -> None:
    seen: list[int] = []

    async def write() -> None:
        with Ledger(ledger_of(tmp_path)) as ledger:
            book = journal(ledger)

            async def one(row: int) -> None:
                await book.begin_create(row, {**FIELDS, "company_number": str(row)})
                seen.append(on_disk(tmp_path))

            with ledger.group_commits():
                async with asyncio.TaskGroup() as group:
                    for row in range(5):
                        group.create_task(one(row))

    asyncio.run(write())
    assert seen == [5] * 5


def test_every_request_that_changes_something_has_its_intent_on_the_disk_when_it_arrives(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    faults = Faults(writes_only=True)

    def look() -> None:
        seen.append((faults.count, on_disk(tmp_path)))
        faults.at += 1

    faults.at, faults.kind, faults.act = 1, "seen", look
    with running() as url, faulty(url, faults) as address:
        World(address, tmp_path, rows=PARTNER).push(invite=True)
    assert [count for count, _ in seen] == list(range(1, 2 * len(PARTNER) + 1))
    assert all(actions >= count for count, actions in seen)


def test_nobody_goes_on_when_what_they_wrote_is_taken_back_with_the_rows_of_another(tmp_path: Path) -> None:
    stopped: list[str] = []

    async def begin(book: AccountLedger) -> None:
        try:
            await book.begin_create(3, {**FIELDS, "company_number": "0403199702"})
        except PlatformUnreachable as error:
            stopped.append(error.code)

    async def both() -> None:
        with Ledger(ledger_of(tmp_path)) as ledger:
            book = journal(ledger)
            earlier = await book.begin_create(2, FIELDS)
            with suppress(PlatformUnreachable), ledger.group_commits():
                begun = asyncio.create_task(begin(book))
                await asyncio.sleep(0)
                with suppress(UnicodeEncodeError):
                    book.record_outcome(earlier, OperationState.REFUSED, reason="half a letter: \ud83d")
                await begun

    asyncio.run(both())
    assert stopped == ["io"]
    assert on_disk(tmp_path) == 1


def test_a_commit_that_fails_is_told_to_everybody_who_waits_and_to_whoever_writes_next(tmp_path: Path) -> None:
    told: list[str] = []

    async def write() -> None:
        with Ledger(ledger_of(tmp_path)) as ledger:
            book = journal(ledger)
            ledger.database.read("PRAGMA max_page_count = 1")
            for row in range(2000):
                await book.begin_create(row, {**FIELDS, "company_number": str(row)})

    async def wait(group: GroupCommit) -> None:
        try:
            await group.next_commit()
        except OSError as error:
            told.append(str(error))

    def fail() -> None:
        raise OSError("full")

    async def both() -> None:
        group = GroupCommit(fail)
        await asyncio.gather(wait(group), wait(group))

    asyncio.run(both())
    assert told == ["full", "full"]
    with pytest.raises(PlatformUnreachable) as full:
        asyncio.run(write())
    assert full.value.code == "io"
