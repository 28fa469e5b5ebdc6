"""A server that goes away: what cannot be written down is not sent, and who loses the lock writes nothing more."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
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


@dataclass
class Line:
    """A line to a server that breaks at a commit: before it is there, or before its answer is."""

    port: int
    at: int
    arrives: bool
    commits: int = 0
    broken: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self.port)
        back = asyncio.create_task(self._answers(there_reader, writer))
        try:
            while sent := await reader.read(65536):
                self.commits += sent.count(b"COMMIT")
                if b"COMMIT" in sent and self.commits == self.at and not self.broken:
                    self.broken = True
                    back.cancel()
                    await asyncio.wait([back])
                    if self.arrives:
                        there_writer.write(sent)
                        await there_reader.read(65536)  # the server has committed, and nobody hears of it
                    break
                there_writer.write(sent)
        finally:
            back.cancel()
            for end in (writer, there_writer):
                end.close()

    async def _answers(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while answered := await reader.read(65536):
            writer.write(answered)


@contextmanager
def breaking(line: Line) -> Iterator[int]:
    """Serve a line that breaks, and return its port."""
    begun: queue.Queue[tuple[int, asyncio.AbstractEventLoop, asyncio.Event]] = queue.Queue()

    async def serve() -> None:
        ended = asyncio.Event()
        async with await asyncio.start_server(line.serve, "127.0.0.1", 0) as server:
            begun.put((server.sockets[0].getsockname()[1], asyncio.get_running_loop(), ended))
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    port, loop, ended = begun.get(timeout=30)
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(30)


@pytest.mark.parametrize("arrives", [True, False])
def test_a_commit_without_an_answer_sends_nothing_and_is_read_back_or_looked_up(
    postgres_server: PostgresServer, tmp_path: Path, arrives: bool
) -> None:
    """At every commit of a push: of the run, of intents and of outcomes."""
    at = 0
    while True:
        at += 1
        home = tmp_path / f"{arrives}{at}"
        place = shared_ledger(postgres_server, home)
        Ledger(place).close()
        line = Line(postgres_server.port, at, arrives)
        with running(HELPLESS) as url, breaking(line) as port:
            broken = replace(place, url=place.url.replace(f":{postgres_server.port}/", f":{port}/"))
            plan = World(url, home, place=place, rows=PARTNER[:2]).planned()
            try:
                stopped = World(url, home, place=broken, rows=PARTNER[:2]).push(plan=plan, invite=True).exit_code
            except PlatformUnreachable as error:  # before the run was begun
                stopped = error.exit_code
            while sessions(postgres_server):  # until then the account is locked
                pass
            with Ledger(place) as ledger:
                intents = ledger.database.read("SELECT count(*) FROM action")[0][0]
            assert len(clients(url)) + len(mails(url)) <= intents
            assert World(url, home, place=place, rows=PARTNER[:2]).push(invite=True).exit_code == 0
            everybody_once(url, PARTNER[:2])
        if not line.broken:
            break
        assert stopped == 3
    assert at > 8
