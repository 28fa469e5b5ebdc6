"""Stop the push before or after any request, give the same command again: every client once, every mail once."""

from __future__ import annotations

import multiprocessing
import multiprocessing.process
from pathlib import Path

import pytest

from clientimport.push.run_result import RunResult
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from push.once import HELPLESS, everybody_once
from push_world import DRAFTING, ROWS, World

FAULTS = [
    ("banqup-partner", kind, options) for kind in ("before", "after", "half", "status") for options in (HELPLESS,)
]
FAULTS += [("banqup-partner", "after", SandboxOptions())]
FAULTS += [(platform, "after", HELPLESS) for platform in ROWS if platform != "banqup-partner"]
CLIENTS = 2
WRITES = dict.fromkeys(DRAFTING, 2 * CLIENTS) | {"billit": CLIENTS}
"""Created and then mailed, in two steps or in one."""
CASES = [(*fault, at) for fault in FAULTS for at in range(1, WRITES[fault[0]] + 1)]


def office(url: str, home: Path, platform: str = "banqup-partner") -> World:
    """Return an office with a few clients."""
    return World(url, home, platform, ROWS[platform][:CLIENTS])


@pytest.mark.parametrize("platform", ROWS)
def test_a_whole_push_changes_something_once_per_client_and_mail(tmp_path: Path, platform: str) -> None:
    faults = Faults(writes_only=True)
    with running() as url, faulty(url, faults) as address:
        assert office(address, tmp_path, platform).push(invite=True).exit_code == 0
    assert faults.count == WRITES[platform]


@pytest.mark.parametrize(("platform", "kind", "options", "at"), CASES)
def test_a_lost_write_is_looked_up_and_the_push_goes_on(
    tmp_path: Path, platform: str, kind: str, options: SandboxOptions, at: int
) -> None:
    with running(options) as url, faulty(url, Faults(at, kind, writes_only=True)) as address:
        world = office(address, tmp_path, platform)
        run = world.push(invite=True)
        assert run.exit_code == 0
        assert run.counts["created"] == run.counts["invited"] == CLIENTS
        everybody_once(url, world.rows or ())
        assert _changes_nothing(world.through(url).push(invite=True))


@pytest.mark.parametrize(("platform", "kind", "options", "at"), [case for case in CASES if case[1] != "status"])
def test_when_the_platform_goes_away_the_same_command_goes_on(
    tmp_path: Path, platform: str, kind: str, options: SandboxOptions, at: int
) -> None:
    with running(options) as url, faulty(url, Faults(at, kind, from_then_on=True, writes_only=True)) as address:
        world = office(address, tmp_path, platform)
        assert world.push(invite=True).exit_code == 3
        assert world.through(url).push(invite=True).exit_code == 0
        everybody_once(url, world.rows or ())
        assert _changes_nothing(world.through(url).push(invite=True))


def _changes_nothing(run: RunResult) -> bool:
    return run.counts["unchanged"] == CLIENTS and run.counts["created"] == run.counts["invited"] == 0


def _push_in_a_process(url: str, home: Path) -> None:
    office(url, home).push(invite=True)


@pytest.fixture(scope="module")
def processes() -> multiprocessing.context.ForkServerContext:
    """Processes that can be killed without harm to this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["push_world", "aiohttp", "phonenumbers"])
    return context


@pytest.mark.parametrize("kind", ["before", "after"])
def test_a_process_killed_at_any_request_leaves_nothing_undone_or_doubled(
    tmp_path: Path, processes: multiprocessing.context.ForkServerContext, kind: str
) -> None:
    faults = Faults()
    with running() as url, faulty(url, faults) as address:
        office(address, tmp_path / "whole").push(invite=True)
    for at in range(1, faults.count + 1):
        with running(HELPLESS) as url:
            victim: list[multiprocessing.process.BaseProcess] = []
            killing = Faults(at, kind, act=lambda victim=victim: victim[0].kill())  # type: ignore[misc]
            with faulty(url, killing) as address:
                victim.append(processes.Process(target=_push_in_a_process, args=(address, tmp_path / str(at))))
                victim[0].start()
                victim[0].join(30)
                assert victim[0].exitcode == -9, at
                victim[0].close()
            world = office(url, tmp_path / str(at))
            assert world.push(invite=True).exit_code == 0
            everybody_once(url, world.rows or ())
            assert _changes_nothing(world.push(invite=True))


def test_the_proof_bites(tmp_path: Path) -> None:
    """A client too many is seen."""
    with running() as url:
        world = office(url, tmp_path)
        world.push(invite=True)
        everybody_once(url, world.rows or ())
        office(url, tmp_path, "banqup-console-be").push()
        with pytest.raises(AssertionError):
            everybody_once(url, world.rows or ())
