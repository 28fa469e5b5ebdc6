"""What a platform and the line to it can do in the middle of a push, each made to happen; then everybody once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clientimport.push.plan.plan import PlanEntry
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from push.once import HELPLESS, everybody_once
from push_world import DRAFTING, PARTNER, ROWS, World, clients, mails

TWO = PARTNER[:2]


def reasons(entry: PlanEntry) -> set[str]:
    return {finding.code for finding in entry.findings}


def test_an_answer_that_never_comes_is_looked_up(tmp_path: Path) -> None:
    for at in range(1, 5):
        with running(HELPLESS) as url, faulty(url, Faults(at, "hang", writes_only=True)) as address:
            run = World(address, tmp_path / str(at), rows=TWO, timeout=0.3).push(invite=True)
            assert (run.exit_code, run.counts["created"], run.counts["invited"]) == (0, 2, 2)
            everybody_once(url, TWO)


def test_an_answer_cut_anywhere_is_never_taken_for_a_yes(tmp_path: Path) -> None:
    for cut in range(0, 300, 11):
        faults = Faults(1, "cut", writes_only=True, bytes=cut)
        with running(HELPLESS) as url, faulty(url, faults) as address:
            run = World(address, tmp_path / str(cut), rows=TWO).push(invite=True)
            assert (run.exit_code, run.counts["created"]) == (0, 2)
            everybody_once(url, TWO)


def test_what_lands_after_it_was_said_to_be_absent_is_not_done_twice_where_keys_are_honoured(tmp_path: Path) -> None:
    faults = Faults(1, "late", writes_only=True)
    with running(SandboxOptions(allow_duplicates=True)) as url, faulty(url, faults) as address:
        world = World(address, tmp_path, rows=TWO)
        assert world.push(invite=True).exit_code == 0
        for land in faults.held:
            land()
        everybody_once(url, TWO)
        assert world.push(invite=True).counts["unchanged"] == 2


def test_what_lands_late_on_a_platform_that_does_not_help_is_found_and_told_by_the_next_plan(tmp_path: Path) -> None:
    faults = Faults(1, "late", writes_only=True)
    with running(HELPLESS) as url, faulty(url, faults) as address:
        world = World(address, tmp_path, rows=TWO)
        assert world.push(invite=True).exit_code == 0
        for land in faults.held:
            land()
        (doubled,) = world.planned().invalid
        assert doubled.client is not None
        assert doubled.client.row == 2
        assert "client.ambiguous" in reasons(doubled)
        run = world.push(invite=True)
        assert (run.exit_code, run.counts["created"], run.counts["invited"]) == (1, 0, 0)
    assert faults.held


def test_two_homes_that_created_at_once_hear_of_it_in_their_next_plan(tmp_path: Path) -> None:
    with running(HELPLESS) as url:
        homes = [World(url, tmp_path / name, rows=TWO) for name in ("a", "b")]
        plans = [home.planned() for home in homes]
        for home, plan in zip(homes, plans, strict=True):
            home.push(plan=plan)
        assert len(clients(url)) == 4
        for home in homes:
            assert [reasons(entry) for entry in home.planned().invalid] == [{"client.ambiguous"}] * 2
            assert home.push(invite=True).counts["invited"] == 0
        assert mails(url) == []


@pytest.mark.parametrize("platform", DRAFTING)
def test_a_token_that_is_refused_before_its_time_is_renewed_once(tmp_path: Path, platform: str) -> None:
    rows = ROWS[platform][:2]
    with running() as url, faulty(url, Faults(2, "revoked", writes_only=True)) as address:
        assert World(address, tmp_path, platform, rows).push(invite=True).exit_code == 0
        everybody_once(url, rows)


@pytest.mark.parametrize("platform", ROWS)
def test_an_access_that_is_taken_away_stops_the_run_and_the_same_command_goes_on(tmp_path: Path, platform: str) -> None:
    rows = ROWS[platform][:2]
    faults = Faults(2, "revoked", from_then_on=True, then="revoked", writes_only=True)
    with running() as url, faulty(url, faults) as address:
        world = World(address, tmp_path, platform, rows)
        stopped = world.push(invite=True)
        assert stopped.exit_code == 4
        assert stopped.stop_reason is not None
        assert stopped.stop_reason.code == "credentials.refused"
        assert stopped.ended is not None
        assert world.through(url).push(invite=True).exit_code == 0
        everybody_once(url, rows)


@pytest.mark.parametrize("platform", DRAFTING)
def test_a_client_in_a_state_that_nobody_knows_is_left_alone(tmp_path: Path, platform: str) -> None:
    def another_state(_path: str, said: Any) -> Any:
        for client in said.get("clients", said.get("data", ())):
            if "status" in client:
                client["status"] = "HIBERNATING"
        return said

    rows = ROWS[platform][:1]
    with running() as url, faulty(url, Faults(rewrite=another_state)) as address:
        World(url, tmp_path / "a", platform, rows).push()
        world = World(address, tmp_path / "b", platform, rows)
        (entry,) = world.planned().existing
        assert entry.remote is not None
        assert entry.remote.status == "unknown"
        assert world.push(invite=True).counts["unchanged"] == 1
        assert mails(url) == []


def test_a_platform_that_keeps_its_failure_under_a_key_is_asked_with_another(tmp_path: Path) -> None:
    """The third time: https://docs.stripe.com/api/idempotent_requests replays a 500 for as long as it knows the key."""
    faults = Faults(1, "saved", writes_only=True)
    with running() as url, faulty(url, faults) as address:
        assert World(address, tmp_path, rows=TWO[:1]).push().exit_code == 0
        everybody_once(url, TWO[:1], mailed=False)
    assert faults.count == 3


def test_an_answer_that_is_drawn_out_is_no_reason_to_ask_twice(tmp_path: Path) -> None:
    with running(SandboxOptions(latency_ms=40)) as url:
        world = World(url, tmp_path, rows=PARTNER)
        assert world.push(invite=True, in_flight=8).exit_code == 0
        everybody_once(url, PARTNER)


def test_a_client_that_moves_to_the_next_page_while_pages_are_read_is_one_client(tmp_path: Path) -> None:
    def moved(_path: str, said: Any) -> Any:
        return {**said, "clients": said["clients"] * 2} if "clients" in said else said

    with running() as url, faulty(url, Faults(rewrite=moved)) as address:
        World(url, tmp_path, rows=TWO).push()
        plan = World(address, tmp_path, rows=TWO).planned()
        assert (len(plan.existing), plan.invalid) == (2, ())
