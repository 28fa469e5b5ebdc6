"""What the computer itself can do in the middle of a push: run full, fall asleep, have its clock set."""

from __future__ import annotations

import dataclasses
import itertools
import multiprocessing
import multiprocessing.process
import os
import signal
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from clientimport.errors import ClientImportError
from clientimport.push.ledger.ledger import Ledger
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from ledgers import ledger_of
from push.once import HELPLESS, everybody_once
from push_world import NOW, PARTNER, World, patient_clock

TWO = PARTNER[:2]


@pytest.fixture(scope="module")
def processes() -> multiprocessing.context.ForkServerContext:
    """Processes that may be limited and stopped without harm to this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["push_world", "aiohttp", "phonenumbers"])
    return context


def _push_with_little_room(url: str, home: Path, room: int) -> None:
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit then fails as on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    try:
        run = World(url, home, rows=TWO).push(invite=True)
    except ClientImportError as unwritten:
        sys.exit(unwritten.exit_code)
    sys.exit(run.exit_code)


def test_a_disk_that_is_full_at_any_moment_stops_the_push_and_nothing_is_done_twice(
    tmp_path: Path, processes: multiprocessing.context.ForkServerContext
) -> None:
    ends: list[int | None] = []
    for room in itertools.count(4096, 24 * 1024):
        home = tmp_path / str(room)
        with running(HELPLESS) as url:
            push = processes.Process(target=_push_with_little_room, args=(url, home, room))
            push.start()
            push.join(30)
            ends.append(push.exitcode)
            world = World(url, home, rows=TWO)
            assert world.push(invite=True).exit_code == 0
            everybody_once(url, TWO)
        if push.exitcode == 0:
            break
    assert set(ends[:-1]) == {3}
    assert len(ends) > 3


def _push(url: str, home: Path) -> None:
    sys.exit(World(url, home, rows=TWO, timeout=0.5).push(invite=True).exit_code)


@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_computer_that_sleeps_longer_than_its_token_lives_goes_on(
    tmp_path: Path, processes: multiprocessing.context.ForkServerContext, at: int
) -> None:
    """The answer waits for longer than we do, too: it is lost, and looked up with another token."""
    awake = threading.Event()

    def sleep() -> None:
        assert push.pid is not None
        os.kill(push.pid, signal.SIGSTOP)
        threading.Timer(1.2, wake).start()

    def wake() -> None:
        assert push.pid is not None
        os.kill(push.pid, signal.SIGCONT)
        awake.set()

    lying_down = Faults(at, "after", writes_only=True, act=sleep)
    with running(SandboxOptions(token_lifetime=1, idempotency=False)) as url, faulty(url, lying_down) as address:
        push: multiprocessing.process.BaseProcess = processes.Process(target=_push, args=(address, tmp_path))
        push.start()
        push.join(30)
        assert (push.exitcode, awake.is_set()) == (0, True)
        everybody_once(url, TWO)


@pytest.mark.parametrize("first", range(3))
def test_a_clock_that_is_set_back_and_forth_changes_nothing_and_nobody_waits_a_negative_time(
    tmp_path: Path, first: int
) -> None:
    jumps = itertools.cycle((timedelta(), timedelta(hours=-1), timedelta(days=3653)))
    for _ in range(first):
        next(jumps)
    waits: list[float] = []
    patient = patient_clock()

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        await patient.sleep(seconds)

    clock = dataclasses.replace(patient, now=lambda: NOW + next(jumps), sleep=sleep)
    with running(HELPLESS) as url, faulty(url, Faults(2, "before", writes_only=True)) as address:
        world = World(address, tmp_path, rows=TWO, clock=clock)
        assert world.push(invite=True).exit_code == 0
        everybody_once(url, TWO)
        again = world.push(invite=True)
        assert (again.counts["unchanged"], again.counts["created"]) == (2, 0)
    with Ledger(ledger_of(tmp_path)) as ledger:
        assert ledger.runs()[0].id == again.id
    assert waits
    assert min(waits) >= 0
