"""What a run did is taken back as far as the platform allows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clientimport.push.run_result import RowState, RunResult
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from ledgers import stored
from push_world import ACCOUNTON, DRAFTING, PARTNER, ROWS, World, clients, mails, undone


@pytest.fixture
def url() -> Iterator[str]:
    with running() as address:
        yield address


def states(run: RunResult) -> list[tuple[int | None, str, str | None]]:
    return [(row.row, row.result.state.value, row.result.reason) for row in run.rows]


@pytest.mark.parametrize("platform", DRAFTING)
def test_drafts_that_a_run_created_are_deleted(url: str, tmp_path: Path, platform: str) -> None:
    world = World(url, tmp_path, platform)
    run = undone(world, world.push().id)
    assert [row.result.state for row in run.rows] == [RowState.UNDONE] * len(ROWS[platform])
    assert clients(url) == []
    assert run.exit_code == 0


def test_nothing_is_touched_that_the_run_did_not_make(url: str, tmp_path: Path) -> None:
    World(url, tmp_path / "somebody", rows=PARTNER[:1]).push()
    world = World(url, tmp_path / "we")
    undone(world, world.push().id)
    assert [client["fields"]["legal_name"] for client in clients(url)] == ["Albak"]


def test_who_was_mailed_stays_and_is_told(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path, rows=PARTNER[:1])
    created, mailed = world.push(), world.push(invite=True)
    assert states(undone(world, mailed.id)) == [(2, "kept", "undo.mailed")]
    assert states(undone(world, created.id)) == [(2, "kept", "undo.not_a_draft")]
    assert len(clients(url)) == len(mails(url)) == 1


def test_overwritten_fields_get_their_former_values(url: str, tmp_path: Path) -> None:
    World(url, tmp_path, rows=PARTNER[:1]).push()
    before = clients(url)
    world = World(url, tmp_path, rows=({**PARTNER[0], "vat_number": "BE0403019261", "contact_locale": "fr-BE"},))
    run = world.push(update=("vat_number", "contact_locale"))
    assert states(undone(world, run.id)) == [(2, "undone", None)]
    assert clients(url) == before
    assert states(undone(world, run.id)) == [(2, "undone", None)]


def test_what_somebody_changed_since_is_left_alone(url: str, tmp_path: Path) -> None:
    World(url, tmp_path, rows=PARTNER[:1]).push()
    world = World(url, tmp_path, rows=({**PARTNER[0], "contact_locale": "fr-BE"},))
    run = world.push(update=("contact_locale",))
    World(url, tmp_path, rows=({**PARTNER[0], "contact_locale": "en-BE"},)).push(update=("contact_locale",))
    assert states(undone(world, run.id)) == [(2, "kept", "undo.changed_since")]
    assert clients(url)[0]["fields"]["contact_locale"] == "en-BE"


def test_a_former_national_number_is_not_in_the_ledger_and_said_to_be_gone(url: str, tmp_path: Path) -> None:
    couple = {**ACCOUNTON[0], "spouse_national_register_number": "93051822361", "city": "Gent"}
    assert World(url, tmp_path, "accounton", (couple,)).push().exit_code == 0
    changed = {**couple, "city": "Brugge", "spouse_national_register_number": "72020290081"}
    world = World(url, tmp_path, "accounton", (changed,))
    run = world.push(update=("city", "spouse_national_register_number"))
    assert b"93051822361" not in stored(tmp_path)
    assert run.counts["updated"] == 1
    assert states(undone(world, run.id)) == [(2, "kept", "undo.number_not_kept")]
    assert clients(url)[0]["fields"]["city"] == "Gent"


@pytest.mark.parametrize("kind", ["before", "after", "half", "status"])
@pytest.mark.parametrize("at", [1, 2])
def test_an_undo_goes_on_where_it_was_stopped(tmp_path: Path, kind: str, at: int) -> None:
    with running(SandboxOptions(idempotency=False)) as url:
        world = World(url, tmp_path, rows=PARTNER[:2])
        run = world.push()
        with faulty(url, Faults(at, kind, from_then_on=kind != "status", writes_only=True)) as address:
            undone(world.through(address), run.id)
        assert undone(world, run.id).exit_code == 0
        assert clients(url) == []


def test_what_was_taken_back_comes_again_when_it_is_pushed_again(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    undone(world, world.push().id)
    assert world.push().counts["created"] == len(PARTNER)
    assert len(clients(url)) == len(PARTNER)
