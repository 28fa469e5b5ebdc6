"""Stop the push before or after any request, give the same command again: every client once, every mail once."""

from __future__ import annotations

import dataclasses
import multiprocessing
import multiprocessing.process
from collections.abc import Iterator
from pathlib import Path

import pytest
from platforms.faulty_proxy import Faults, faulty
from push_world import ROWS, World, clients, mails

from clientimport.run import Run
from clientimport.sandbox import Options, running

KINDS = ("before", "after", "half", "status")


@pytest.fixture(params=[Options(), Options(idempotency=False, allow_duplicates=True)], ids=["helpful", "helpless"])
def options(request: pytest.FixtureRequest) -> Options:
    """A platform that helps, and one that neither honours keys nor refuses a second client."""
    found: Options = request.param
    return found


def once(url: str, world: World) -> None:
    """Everybody is there once and got one mail."""
    names = [str(client["fields"].get("contact_email")) for client in clients(url)]
    wanted = sorted(str(row["contact_email"]) for row in ROWS[world.platform])
    assert sorted(names) == wanted
    assert sorted(mail["to"] for mail in mails(url)) == wanted


def writes(home: Path, platform: str) -> int:
    """Return how many requests of a whole push change something."""
    faults = Faults(writes_only=True)
    with running() as url, faulty(url, faults) as address:
        assert World(address, home, platform).push(invite=True).exit_code == 0
    return faults.count


@pytest.mark.parametrize("platform", ROWS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_lost_write_is_looked_up_and_the_push_goes_on(tmp_path: Path, options: Options, platform: str, kind: str) -> None:
    count = 6
    assert writes(tmp_path / "whole", platform) == count
    for at in range(1, count + 1):
        faults = Faults(at, kind, writes_only=True)
        with running(options) as url, faulty(url, faults) as address:
            world = World(address, tmp_path / str(at), platform)
            run = world.push(invite=True)
            assert run.exit_code == 0, (at, run)
            assert run.counts["created"] == run.counts["invited"] == 3
            once(url, world)
            assert _changes_nothing(world.through(url).push(invite=True))


@pytest.mark.parametrize("platform", ROWS)
@pytest.mark.parametrize("kind", KINDS[:3])
def test_when_the_platform_goes_away_the_same_command_goes_on(
    tmp_path: Path, options: Options, platform: str, kind: str
) -> None:
    for at in range(1, 7):
        faults = Faults(at, kind, from_then_on=True, writes_only=True)
        with running(options) as url, faulty(url, faults) as address:
            world = World(address, tmp_path / str(at), platform)
            stopped = world.push(invite=True)
            assert stopped.exit_code == 3, (at, stopped)
            again = world.through(url).push(invite=True)
            assert again.exit_code == 0, (at, again)
            once(url, world)
            assert _changes_nothing(world.through(url).push(invite=True))


def _changes_nothing(run: Run) -> bool:
    return run.counts["unchanged"] == 3 and run.counts["created"] == run.counts["invited"] == 0


def _push_in_a_process(url: str, home: Path) -> None:
    World(url, home).push(invite=True)


@pytest.fixture(scope="module")
def processes() -> Iterator[multiprocessing.context.ForkServerContext]:
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
        World(address, tmp_path / "whole").push(invite=True)
    helpless = Options(idempotency=False, allow_duplicates=True)
    for at in range(1, faults.count + 1):
        with running(helpless) as url:
            victim: list[multiprocessing.process.BaseProcess] = []
            killing = Faults(at, kind, act=lambda victim=victim: victim[0].kill())  # type: ignore[misc]
            with faulty(url, killing) as address:
                victim.append(processes.Process(target=_push_in_a_process, args=(address, tmp_path / str(at))))
                victim[0].start()
                victim[0].join(30)
                assert victim[0].exitcode == -9, at
                victim[0].close()
            world = World(url, tmp_path / str(at))
            assert world.push(invite=True).exit_code == 0
            once(url, world)
            assert _changes_nothing(world.push(invite=True))


def test_the_proof_bites(tmp_path: Path) -> None:
    """Without its ledger a home on a helpless platform that hides what it has would mail twice: the check sees it."""
    with running(Options(idempotency=False)) as url:
        world = World(url, tmp_path / "one")
        world.push(invite=True)
        once(url, world)
        other = dataclasses.replace(world, platform="banqup-console-be")
        other.push()
        with pytest.raises(AssertionError):
            once(url, world)
