"""A machine that pushes, invites, fails and is killed in any order: once and only what was asked, whatever happens.

CLIENTIMPORT_CRASHES=2000 (or `make crash`) kills as many times at random; a few dozen times without it.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from clientimport.push.run_result import RowState
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from push.once import HELPLESS
from push_world import PARTNER, Row, World, clients, mails

KILLS = int(os.environ.get("CLIENTIMPORT_CRASHES", "0")) or 24
PORTFOLIO: tuple[Row, ...] = tuple(
    {**PARTNER[0], "legal_name": f"Firma {at}", "contact_email": f"k{at}@firma{at}.be", "company_number": number}
    for at, number in enumerate(("0403019261", "0403170701", "0419618535", "0202239951", "0404484654"))
)


def emails(found: list[dict[str, object]]) -> Counter[str]:
    return Counter(str(one["fields"]["contact_email"]) for one in found)  # type: ignore[index]


class Pushing(RuleBasedStateMachine):
    """One office, one file that grows, and a platform that does nothing to help."""

    @initialize(platform=st.sampled_from([HELPLESS, SandboxOptions()]))
    def begin(self, platform: SandboxOptions) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.sandbox = running(platform)
        self.url = self.sandbox.__enter__()
        self.rows = 2
        self.asked: set[str] = set()
        """Who was to be mailed, ever."""
        self.acknowledged: set[str] = set()
        """Whom a push said to have created."""

    def teardown(self) -> None:
        if hasattr(self, "sandbox"):
            self.sandbox.__exit__(None, None, None)
            self.folder.cleanup()

    def world(self, url: str) -> World:
        return World(url, Path(self.folder.name), rows=PORTFOLIO[: self.rows])

    def told(self, run: object) -> None:
        for row in run.rows:  # type: ignore[attr-defined]
            if row.result.created or row.result.state is RowState.UNCHANGED:
                self.acknowledged.add(str(PORTFOLIO[row.row - 2]["contact_email"]))

    @precondition(lambda self: self.rows < len(PORTFOLIO))
    @rule()
    def the_file_grows(self) -> None:
        self.rows += 1

    @rule(invite=st.booleans(), limit=st.none() | st.integers(1, 2))
    def push(self, invite: bool, limit: int | None) -> None:
        if invite:
            self.asked.update(str(row["contact_email"]) for row in PORTFOLIO[: self.rows])
        run = self.world(self.url).push(invite=invite, invite_limit=limit, in_flight=2)
        assert run.exit_code == 0
        self.told(run)

    @rule(
        invite=st.booleans(),
        at=st.integers(1, 4),
        kind=st.sampled_from(["after", "half", "before", "status"]),
        gone=st.booleans(),
    )
    def push_over_a_bad_line(self, invite: bool, at: int, kind: str, gone: bool) -> None:
        if invite:
            self.asked.update(str(row["contact_email"]) for row in PORTFOLIO[: self.rows])
        faults = Faults(at, kind, from_then_on=gone and kind != "status", writes_only=True)
        with faulty(self.url, faults) as address:
            self.told(self.world(address).push(invite=invite))

    @rule()
    def the_same_again_changes_nothing(self) -> None:
        self.world(self.url).push()
        before = (clients(self.url), mails(self.url))
        self.world(self.url).push()
        assert (clients(self.url), mails(self.url)) == before

    @invariant()
    def acknowledged_is_present_and_present_is_once_and_mailed_was_asked_for(self) -> None:
        if not hasattr(self, "url"):
            return
        present, mailed = emails(clients(self.url)), Counter(str(mail["to"]) for mail in mails(self.url))
        assert self.acknowledged <= set(present)
        assert not present or max(present.values()) == 1
        assert not mailed or max(mailed.values()) == 1
        assert set(mailed) <= self.asked


TestPushing = Pushing.TestCase
# a failing order of steps is short already, and shrinking it would take minutes over HTTP
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
TestPushing.settings = settings(max_examples=14, stateful_step_count=8, deadline=None, phases=PHASES)


def _push(url: str, home: Path) -> None:
    World(url, home, rows=PORTFOLIO).push(invite=True, in_flight=3)


@pytest.mark.timeout(0 if KILLS > 100 else 120)
def test_killed_at_any_moment_nothing_is_lost_and_nothing_done_twice(tmp_path: Path) -> None:
    """The moment is random; where a mail may have gone and the platform tells, the next push knows."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["push_world", "aiohttp", "phonenumbers"])
    random = Random((os.environ.get("CLIENTIMPORT_CRASHES") and time.time_ns()) or 20261126)
    killed = 0
    while killed < KILLS:
        home = tmp_path / str(killed)
        with running(HELPLESS) as url:
            for _ in range(6):
                process = context.Process(target=_push, args=(url, home))
                process.start()
                process.join(random.uniform(0.02, 0.45))
                killed += process.exitcode is None
                process.kill()
                process.join()
            assert World(url, home, rows=PORTFOLIO).push(invite=True).exit_code == 0
            assert set(emails(clients(url)).values()) == {1}
            assert Counter(str(mail["to"]) for mail in mails(url)) == emails(clients(url))
            assert len(emails(clients(url))) == len(PORTFOLIO)
