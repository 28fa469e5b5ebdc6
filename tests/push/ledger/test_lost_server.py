"""A server that goes away: what cannot be written down is not sent, and who loses the lock writes nothing more."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from clientimport.errors import PlatformUnreachable
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.operation import OperationState
from clientimport.push.ledger.records import RowRecord, RunRecord
from clientimport.push.run_result import RunResult
from clientimport.sandbox import running
from connectors.faulty_proxy import Faults, faulty
from ledgers import shared_ledger
from postgres_server import PostgresServer
from push.once import HELPLESS, everybody_once
from push_world import FIELDS, PARTNER, World, clients, journal, mails

pytestmark = pytest.mark.postgres


def sessions(server: PostgresServer) -> list[int]:
    """Return the server's processes for ledgers."""
    rows = server.execute("SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'clientimport %'")
    return [int(str(pid)) for (pid,) in rows]


def end_sessions(server: PostgresServer) -> None:
    """End every session of a ledger, as a line that breaks does."""
    for process in sessions(server):
        server.execute(f"SELECT pg_terminate_backend({process}, 5000)")


def test_who_loses_its_session_loses_the_account_and_can_write_nothing_more(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    place = shared_ledger(postgres_server, tmp_path)
    with Ledger(place) as ledger:
        book = journal(ledger)
        operation = asyncio.run(book.begin_create(2, FIELDS))
        end_sessions(postgres_server)
        with Ledger(place) as other, other.locked_account("office-1"):
            for _ in range(2):
                with pytest.raises(PlatformUnreachable) as refused:
                    book.record_outcome(operation, OperationState.ACKED, "c1")
                assert (refused.value.code, refused.value.exit_code) == ("io", 3)
            (seen,) = journal(other).creations(FIELDS)
            assert seen.state is OperationState.INTENT


def test_a_server_that_goes_away_in_the_middle_stops_the_push_and_the_same_command_goes_on(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    place = shared_ledger(postgres_server, tmp_path)
    for at in range(1, 2 * len(PARTNER) + 1):
        faults = Faults(at, "seen", writes_only=True, act=lambda: end_sessions(postgres_server))
        with running(HELPLESS) as url:
            with faulty(url, faults) as address:
                stopped = World(address, tmp_path / str(at), place=place).push(invite=True)
            assert stopped.exit_code == 3
            assert len(clients(url)) + len(mails(url)) <= at
            assert World(url, tmp_path / str(at), place=place).push(invite=True).exit_code == 0
            everybody_once(url, PARTNER)
            postgres_server.execute(f"DROP SCHEMA {schema(place.url)} CASCADE")
            postgres_server.execute(f"CREATE SCHEMA {schema(place.url)}")


def schema(url: str) -> str:
    return url.rpartition("%3D")[2]


def test_a_server_that_only_reads_stops_a_push_before_anything_is_sent(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    place = shared_ledger(postgres_server, tmp_path)
    with running() as url:
        world = World(url, tmp_path, place=place)
        plan = world.planned()
        Ledger(place).close()
        postgres_server.execute("ALTER DATABASE postgres SET default_transaction_read_only = on")
        try:
            with pytest.raises(PlatformUnreachable) as refused:
                world.push(plan=plan)
        finally:
            postgres_server.execute("ALTER DATABASE postgres RESET ALL", writable=True)
        assert (refused.value.code, refused.value.exit_code) == ("io", 3)
        assert clients(url) == []


def test_desks_that_write_at_once_make_one_chain(postgres_server: PostgresServer, tmp_path: Path) -> None:
    place = shared_ledger(postgres_server, tmp_path)
    head = ("push", "office", "banqup-partner", False, "a", "A", "", "", "{}", "now")
    Ledger(place).close()

    def write(name: str) -> None:
        with Ledger(place) as ledger:
            for at in range(40):
                ledger.begin_run(RunRecord(f"{name}{at}", *head), [RowRecord(0, 2, True, "pending")])

    with ThreadPoolExecutor(3) as desks:
        list(desks.map(write, "abc"))
    with Ledger(place) as ledger:
        assert len(ledger.runs()) == 3 * 40
        assert ledger.mismatches() == ()
        assert ledger.head_hash().startswith("120-")


def test_two_desks_with_one_ledger_create_and_mail_everybody_once(
    postgres_server: PostgresServer, tmp_path: Path
) -> None:
    """On a platform that refuses nothing: with a ledger each it would be everybody twice."""
    place = shared_ledger(postgres_server, tmp_path)

    async def desk(world: World) -> RunResult | PlatformUnreachable:
        try:
            return await asyncio.to_thread(world.push, invite=True)
        except PlatformUnreachable as locked:
            return locked

    async def both(url: str) -> list[RunResult | PlatformUnreachable]:
        desks = [World(url, tmp_path / name, place=place) for name in ("a", "b")]
        return list(await asyncio.gather(*map(desk, desks)))

    with running(HELPLESS) as url:
        told = asyncio.run(both(url))
        for answer in told:
            assert isinstance(answer, RunResult) or answer.code == "locked"
        everybody_once(url, PARTNER)
