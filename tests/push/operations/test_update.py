"""Fields are overwritten where that was asked, and only there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clientimport.push.run_result import RowState
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from push_world import CONSOLE_LU, PARTNER, Row, World, clients, mails

MOVED: tuple[Row, ...] = (
    {**PARTNER[0], "contact_email": "new@albak.be", "contact_first_name": "Anna", "vat_number": "BE0403019261"},
    PARTNER[1],
)
ALL = ("legal_name", "contact_email", "contact_first_name", "contact_locale", "vat_number")


@pytest.fixture
def url() -> Iterator[str]:
    with running() as address:
        yield address


def there(url: str) -> dict[str, dict[str, str]]:
    return {str(client["fields"]["legal_name"]): client["fields"] for client in clients(url)}


def test_just_the_fields_that_were_named_are_overwritten(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push()
    run = World(url, tmp_path, rows=MOVED).push(update=("contact_email",))
    assert [row.result.state for row in run.rows] == [RowState.UPDATED, RowState.UNCHANGED]
    assert there(url)["Albak"]["contact_email"] == "new@albak.be"
    assert there(url)["Albak"]["contact_first_name"] == "An"
    assert "vat_number" not in there(url)["Albak"]


def test_without_the_word_nothing_is_overwritten(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push()
    before = there(url)
    assert World(url, tmp_path, rows=MOVED).push().counts["updated"] == 0
    assert there(url) == before


def test_an_empty_cell_never_overwrites(url: str, tmp_path: Path) -> None:
    World(url, tmp_path, rows=MOVED).push()
    World(url, tmp_path).push(update=ALL)
    assert there(url)["Albak"]["contact_email"] == "an@albak.be"
    assert there(url)["Albak"]["vat_number"] == "BE0403019261"


def test_the_second_time_nothing_is_left_to_overwrite(url: str, tmp_path: Path) -> None:
    World(url, tmp_path).push()
    world = World(url, tmp_path, rows=MOVED)
    assert world.push(update=ALL).counts["updated"] == 1
    assert world.push(update=ALL).counts["updated"] == 0


def test_a_client_recognised_by_its_contact_alone_is_not_overwritten(url: str, tmp_path: Path) -> None:
    nameless = {**PARTNER[0], "company_number": None}
    World(url, tmp_path, rows=(nameless,)).push()
    run = World(url, tmp_path, rows=({**PARTNER[0], "contact_locale": "fr-BE"},)).push(update=ALL)
    assert [row.result.state for row in run.rows] == [RowState.UNCHANGED]
    assert there(url)["Albak"]["contact_locale"] == "nl-BE"


@pytest.mark.parametrize(("kind", "sent"), [("before", 2), ("after", 1), ("half", 1), ("status", 2)])
def test_an_update_whose_answer_was_lost_is_looked_up(tmp_path: Path, kind: str, sent: int) -> None:
    faults = Faults(1, kind, writes_only=True)
    with running(SandboxOptions(idempotency=False)) as url, faulty(url, faults) as address:
        World(url, tmp_path).push()
        run = World(address, tmp_path, rows=MOVED).push(update=ALL)
        assert run.exit_code == 0
        assert run.counts["updated"] == 1
        assert there(url)["Albak"]["contact_first_name"] == "Anna"
        assert faults.count == sent  # what was carried out is seen, and not sent again


def test_a_refused_update_is_sent_again_when_it_changes_or_when_asked(tmp_path: Path) -> None:
    faults = Faults(1, "refusal", writes_only=True)
    with running() as url, faulty(url, faults) as address:
        World(url, tmp_path).push()
        world = World(address, tmp_path, rows=MOVED)
        first, second = world.push(update=ALL), world.push(update=ALL)
        assert [run.rows[0].result.state for run in (first, second)] == [RowState.FAILED, RowState.FAILED]
        assert [run.rows[0].result.reason for run in (first, second)] == ["odd", "odd"]
        assert (first.exit_code, faults.count) == (1, 1)
        assert world.push(update=("contact_email",)).counts["updated"] == 1
        assert World(address, tmp_path, rows=MOVED).push(update=ALL, retry_refused=True).counts["updated"] == 1


@pytest.mark.parametrize("retry", [False, True])
def test_a_refused_client_is_not_sent_again_every_night_but_when_asked(tmp_path: Path, *, retry: bool) -> None:
    faults = Faults(writes_only=True)
    with running() as url, faulty(url, faults) as address:
        world = World(address, tmp_path, "banqup-console-lu", ({**CONSOLE_LU[0], "rcs_number": "B999991"},))
        first = world.push()
        assert (first.exit_code, faults.count) == (1, 1)
        again = world.push(retry_refused=retry)
        assert (again.exit_code, faults.count) == (1, 2 if retry else 1)
        assert [row.result.reason for row in again.rows] == [row.result.reason for row in first.rows]


@pytest.mark.parametrize("retry", [False, True])
def test_a_refused_mail_is_not_sent_again_every_night_but_when_asked(tmp_path: Path, *, retry: bool) -> None:
    faults = Faults(2, "refusal", writes_only=True)
    with running() as url, faulty(url, faults) as address:
        world = World(address, tmp_path, rows=PARTNER[:1])
        assert world.push(invite=True).counts["invitation_failed"] == 1
        again = world.push(invite=True, retry_refused=retry)
        assert (again.counts["invited"], again.counts["invitation_failed"]) == ((1, 0) if retry else (0, 1))
        assert again.exit_code == (0 if retry else 1)


def test_waves_reach_everybody_once(url: str, tmp_path: Path) -> None:
    world = World(url, tmp_path)
    runs = [world.push(invite=True, invite_limit=2, max_invitations=2, in_flight=3) for _ in range(3)]
    assert [run.counts["invited"] for run in runs] == [2, 1, 0]
    assert [run.invitations_waiting for run in runs] == [1, 0, 0]
    assert len(mails(url)) == 3
