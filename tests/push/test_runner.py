"""What stops a run: those in flight finish, and the run gets its end in the ledger, even when the program is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from clientimport.model.remote import PushOptions
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.identity_hmac import IdentityHmac
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.records import RunRecord
from clientimport.push.run_history import all_runs
from clientimport.push.run_result import RowResult, RowState
from clientimport.push.runner import Job, Runner, new_run_id
from clientimport.sandbox import running
from connectors.faulty_proxy import Faults, faulty
from ledgers import ledger_of
from push_world import PARTNER, World, journal, patient_clock


def test_what_nobody_expected_lets_the_others_finish_and_is_raised_then(tmp_path: Path) -> None:
    wrong = asyncio.Event()

    async def broken() -> AsyncIterator[RowResult]:
        wrong.set()
        yield RowResult(RowState.PENDING)
        raise ValueError

    async def whole() -> AsyncIterator[RowResult]:
        await wrong.wait()
        for _ in range(5):
            await asyncio.sleep(0)
        yield RowResult(RowState.CREATED, "c1", created=True)

    head = RunRecord("r1", "push", "office", "banqup-partner", False, "a", "Office", "", "", "{}", "now")
    jobs = [Job((2,), whole), Job((3,), broken), Job((4,), whole)]
    with Ledger(ledger_of(tmp_path)) as ledger:
        journal = AccountLedger(ledger, IdentityHmac.for_account("a", b"key"), patient_clock())
        with pytest.raises(ValueError, match=r"^$"):
            asyncio.run(Runner(head, jobs, journal, None).run(2, asyncio.Event()))
        (kept,) = all_runs(ledger)
    assert [row.result.state.value for row in kept.rows] == ["created", "pending", "pending"]
    assert kept.ended is not None


def test_an_odd_answer_about_a_client_stops_the_run_and_concludes_nothing(tmp_path: Path) -> None:
    with running() as url:
        world = World(url, tmp_path, rows=PARTNER[:1])
        plan = world.planned()
        world.push(plan=plan)
        faults = Faults()
        with faulty(url, faults) as address:
            assert world.through(address).push(plan=plan).counts["unchanged"] == 1
        asked = next(at for at, line in enumerate(faults.log, 1) if line.startswith("GET") and "/clients/" in line)
        with faulty(url, Faults(asked, "refusal")) as address:
            odd = world.through(address).push(plan=plan)
        assert (odd.exit_code, odd.counts["pending"]) == (3, 1)
        assert odd.ended is not None
        assert world.push(plan=plan).counts["unchanged"] == 1


def test_a_contact_without_an_address_whose_answer_was_lost_waits_for_a_person(tmp_path: Path) -> None:
    nameless = ({"contact_first_name": "Bea", "contact_last_name": "Peeters"},)
    with running() as url, faulty(url, Faults(2, "after", writes_only=True)) as address:
        world = World(address, tmp_path, rows=PARTNER[:1])
        plan = world.planned()
        (entry,) = plan.new
        assert entry.client is not None
        plan = replace(plan, new=(replace(entry, client=replace(entry.client, contacts=nameless)),))
        for created in (1, 0):
            doubt = world.push(plan=plan, options=PushOptions(), invite=True)
            assert (doubt.exit_code, doubt.counts["uncertain"], doubt.counts["created"]) == (5, 1, created)


def test_runs_that_begin_in_one_second_have_names_of_their_own(tmp_path: Path) -> None:
    """Of a thousand names with four random letters some two would nearly surely be the same."""
    with Ledger(ledger_of(tmp_path)) as ledger:
        book, names = journal(ledger), set()
        for _ in range(1000):
            name = new_run_id(book)
            ledger.begin_run(RunRecord(name, "push", "office", "accounton", True, "a", "A", "f", "", "{}", "now"), [])
            names.add(name)
        assert len(names) == 1000
