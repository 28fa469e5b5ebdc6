"""An answer holds while everything that was said is the same; then it is told again with its age, and not as new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clientimport.model.remote import PushOptions
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.run_history import load_run as shown
from clientimport.push.run_result import RunResult
from clientimport.sandbox import running
from connectors.faulty_proxy import Faults, faulty
from ledgers import ledger_of
from push_world import ACCOUNTON, CONSOLE_BE, NOW, PARTNER, PIT, World, mails

FILES = PushOptions(share_documents="me@office.example", share_channel="Files")


@pytest.fixture
def refusing() -> Iterator[tuple[str, Faults]]:
    """The address of a platform that refuses the first thing that it is asked to write."""
    faults = Faults(1, "refusal", writes_only=True)
    with running() as url, faulty(url, faults) as address:
        yield address, faults


def told(run: RunResult) -> list[tuple[str, str | None, str | None]]:
    return [(row.result.state.value, row.result.reason, row.result.rejected_at) for row in run.rows]


def test_the_same_again_is_told_with_the_day_of_its_answer(refusing: tuple[str, Faults], tmp_path: Path) -> None:
    world = World(refusing[0], tmp_path, "banqup-console-be", CONSOLE_BE[:1])
    assert told(world.push(options=FILES)) == [("refused", "odd", None)]
    again = world.push(options=FILES)
    assert told(again) == [("refused", "odd", NOW.isoformat(timespec="seconds"))]
    with Ledger(ledger_of(tmp_path)) as ledger:
        assert told(shown(ledger, again.id)) == told(again)
        assert ledger.mismatches() == ()
    assert refusing[1].count == 1


@pytest.mark.parametrize(
    "corrected",
    [
        PushOptions(),
        PushOptions(share_documents="me@office.example", share_channel="Banqup Files"),
        PushOptions(share_documents="ann@office.example", share_channel="Files"),
    ],
)
def test_a_corrected_option_is_asked_anew(refusing: tuple[str, Faults], tmp_path: Path, corrected: PushOptions) -> None:
    world = World(refusing[0], tmp_path, "banqup-console-be", CONSOLE_BE[:1])
    world.push(options=FILES)
    assert told(world.push(options=corrected)) == [("created", None, None)]


def test_a_further_contact_is_a_change_of_what_is_said(refusing: tuple[str, Faults], tmp_path: Path) -> None:
    World(refusing[0], tmp_path, rows=PARTNER[:1]).push()
    further = {**PARTNER[0], "contact_email": "cis@albak.be", "contact_first_name": "Cis"}
    assert World(refusing[0], tmp_path, rows=(PARTNER[0], further)).push().counts["created"] == 1


def test_the_questionnaire_of_another_language_changes_nothing(refusing: tuple[str, Faults], tmp_path: Path) -> None:
    world = World(refusing[0], tmp_path, "accounton", ACCOUNTON[:1])
    world.push(options=PIT)
    by_language = PushOptions(questionnaires={"nl": "PIT", "fr": "PIT"})
    assert [state for state, _, _ in told(world.push(options=by_language))] == ["refused"]
    assert refusing[1].count == 1


def test_a_refused_mail_goes_out_once_its_address_was_overwritten(tmp_path: Path) -> None:
    faults = Faults(2, "refusal", writes_only=True)
    with running() as url, faulty(url, faults) as address:
        World(address, tmp_path, rows=PARTNER[:1]).push(invite=True)
        corrected = World(address, tmp_path, rows=({**PARTNER[0], "contact_email": "ann@albak.be"},))
        assert told(corrected.push(invite=True))[0][0] == "invitation_failed"
        assert corrected.push(invite=True, update=("contact_email",)).counts["invited"] == 1
        assert [mail["to"] for mail in mails(url)] == ["ann@albak.be"]
