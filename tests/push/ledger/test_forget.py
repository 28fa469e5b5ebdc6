"""What is forgotten is gone from the disk; what guards against doing a thing twice stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from clientimport.push.ledger.ledger import Ledger
from clientimport.push.run_history import all_runs, load_run
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from ledgers import ledger_of, stored
from older_ledger import LATER_PARTS, NamelessWorld, brought_back
from push_world import CONSOLE_LU, NOW, PARTNER, World, clients, mails

LATER = (NOW + timedelta(days=1)).isoformat()


@pytest.fixture
def url() -> Iterator[str]:
    with running(SandboxOptions(idempotency=False, allow_duplicates=True)) as address:
        yield address


def forget(world: World, before: str) -> int:
    with world.ledger() as ledger:
        return ledger.forget(before)


def test_nothing_is_done_twice_for_it(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    world.push(invite=True)
    assert forget(world, LATER) == 1
    again = world.push(invite=True)
    assert (again.counts["created"], again.counts["invited"]) == (0, 0)
    assert len(clients(url)) == len(mails(url)) == len(PARTNER)


def test_file_reasons_and_rows_are_gone_from_the_disk(url: str, tmp_path: Path) -> None:
    rows = ({**CONSOLE_LU[0], "rcs_number": "B999991"}, CONSOLE_LU[1])
    world = World(url, tmp_path, "banqup-console-lu", rows)
    reason = world.push().rows[0].result.reason
    assert reason
    assert reason.encode() in stored(tmp_path)
    forget(world, LATER)
    assert reason.encode() not in stored(tmp_path)
    assert b"clients.xlsx" not in stored(tmp_path)


def test_names_and_addresses_are_gone_from_the_disk(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, rows=({**PARTNER[0], "contact_email": "noreply@albak.be"}, PARTNER[1]))
    world.push(invite=True)
    people = (b"Albak", b"noreply@albak.be", b"Bobak", b"bo@bobak.be")
    assert all(one in stored(tmp_path) for one in people)
    forget(world, LATER)
    assert not any(one in stored(tmp_path) for one in people)


def test_what_was_sent_since_stays(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    world.push()
    assert forget(world, NOW.isoformat()) == 0
    with Ledger(ledger_of(tmp_path)) as ledger:
        assert len(all_runs(ledger)) == 1


def test_what_waits_for_a_word_stays(tmp_path: Path) -> None:
    with (
        running(SandboxOptions(idempotency=False)) as url,
        faulty(url, Faults(2, "before", writes_only=True)) as address,
    ):
        world = World(address, tmp_path, rows=PARTNER[:1])
        world.push(invite=True)
        with Ledger(ledger_of(tmp_path)) as ledger:
            action = ledger.operations_of_run(all_runs(ledger)[0].id)[-1]
            ledger.record_outcome(action, type(action.state)("uncertain"), NOW.isoformat())
            assert ledger.forget(LATER) == 0
            assert ledger.operations_of_run(all_runs(ledger)[0].id)[-1].is_unresolved


@pytest.mark.only_sqlite("a server never had an older layout")
@pytest.mark.parametrize("version", LATER_PARTS)
def test_a_ledger_of_an_older_layout_is_brought_up_to_date(url: str, tmp_path: Path, version: int) -> None:
    world = NamelessWorld(url, tmp_path)
    first = world.push()
    brought_back(tmp_path / "state.db", version)
    assert world.push().counts["unchanged"] == len(PARTNER)
    with Ledger(ledger_of(tmp_path)) as ledger:
        assert [row.reached_at for row in load_run(ledger, first.id).rows] == [NOW.isoformat()] * len(PARTNER)
        assert ledger.mismatches() == ()
