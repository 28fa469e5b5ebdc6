"""What was asked is never forgotten, and nobody's number can be read back from it."""

from __future__ import annotations

import asyncio
import stat
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from clientimport.connectors.protocol import PlatformRejected
from clientimport.errors import ClientImportError, PlatformUnreachable, SettingsUnusable
from clientimport.push.ledger.hash_chain import HashChain
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.operation import OperationState
from clientimport.push.ledger.records import RowRecord, RunRecord
from clientimport.push.ledger.sql_dialect import POSTGRESQL, SQLITE
from clientimport.sandbox import running
from ledgers import around_the_program, ledger_of, stored
from older_ledger import brought_back
from push_world import ACCOUNTON, FIELDS, NOW, Row, World, journal, patient_clock

RUN = RunRecord("r", "push", "office", "accounton", False, "a", "A", "c.csv", "0", "{}", "2026-11-28T00:00:00+00:00")


FULL = {
    SQLITE: ("CREATE TRIGGER full_disk BEFORE INSERT ON action BEGIN SELECT RAISE(FAIL, 'disk full'); END",),
    POSTGRESQL: (
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON action FOR EACH ROW EXECUTE FUNCTION fail()",
    ),
}
"""What makes writing an operation fail."""


def test_an_intent_survives_without_its_outcome(tmp_path: Path) -> None:
    with Ledger(ledger_of(tmp_path)) as ledger:
        asyncio.run(journal(ledger).begin_create(2, FIELDS))
    with Ledger(ledger_of(tmp_path)) as ledger:
        (action,) = journal(ledger).creations(FIELDS)
        assert action.is_unresolved
        assert journal(ledger, account="office-2").creations(FIELDS) == ()


def test_the_key_stays_while_nobody_knows_and_changes_after_an_answer(tmp_path: Path) -> None:
    with Ledger(ledger_of(tmp_path)) as ledger:
        book = journal(ledger)
        keys = []
        for state in (OperationState.ABSENT, OperationState.UNSENT, OperationState.REFUSED, OperationState.ACKED):
            action = asyncio.run(book.begin_create(2, FIELDS))
            book.record_outcome(action, state)
            keys.append(action.key)
        keys.append(asyncio.run(book.begin_create(2, FIELDS)).key)
        assert keys[0] == keys[1] == keys[2]
        assert len(set(keys)) == 3


def test_an_old_key_is_not_used_again(tmp_path: Path) -> None:
    """A platform that has forgotten it would take it for a new request."""
    keys = []
    with Ledger(ledger_of(tmp_path)) as ledger:
        book = journal(ledger)
        for hours in (0, 19, 40):
            book.clock = replace(patient_clock(), now=lambda hours=hours: NOW + timedelta(hours=hours))  # type: ignore[misc]
            action = asyncio.run(book.begin_create(2, FIELDS))
            book.record_outcome(action, OperationState.UNSENT)
            keys.append(action.key)
    assert [key == keys[0] for key in keys] == [True, True, False]


def test_changed_content_never_travels_under_an_old_key(tmp_path: Path) -> None:
    with Ledger(ledger_of(tmp_path)) as ledger:
        book = journal(ledger)
        first = asyncio.run(book.begin_create(2, FIELDS))
        book.record_outcome(first, OperationState.ABSENT)
        assert asyncio.run(book.begin_create(2, {**FIELDS, "box": "3"})).key != first.key


def test_homes_make_the_same_keys_when_they_share_the_key_of_the_ledger(tmp_path: Path) -> None:
    made = []
    for home in ("a", "b"):
        with Ledger(ledger_of(tmp_path / home)) as ledger:
            made.append(asyncio.run(journal(ledger).begin_create(2, FIELDS)).key)
    with Ledger(ledger_of(tmp_path / "c")) as ledger:
        made.append(asyncio.run(journal(ledger, key=b"other").begin_create(2, FIELDS)).key)
    assert made[0] == made[1] != made[2]


def test_no_national_number_is_in_the_home_and_names_stand_in_the_rows_of_the_ledger_alone(tmp_path: Path) -> None:
    number = str(ACCOUNTON[0]["national_register_number"])
    people: tuple[Row, ...] = ({**ACCOUNTON[0], "contact_last_name": f"Peeters {number}"}, *ACCOUNTON[1:])
    with running() as url:
        World(url, tmp_path, "accounton", people).push(invite=True)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()) + stored(tmp_path)
    assert b"an@peeters.be" in kept
    assert b"demo-secret" not in kept
    assert number.encode() not in kept
    with around_the_program(tmp_path) as sql:
        for table in ("run", "action", "subject", "trail"):
            told = repr(sql.query(f"SELECT * FROM {table}"))
            assert "Peeters" not in told
            assert "@peeters.be" not in told
        names = [name for (name,) in sql.query("SELECT name FROM row ORDER BY position")]
    assert names == ["An Peeters **.**.**-***.28", "Bo Peeters", "Ces Peeters"]


def test_findings_keep_no_national_number(tmp_path: Path) -> None:
    rows: tuple[Row, ...] = ({**ACCOUNTON[0], "national_register_number": "85073003329", "contact_email": "an"},)
    with running() as url:
        run = World(url, tmp_path, "accounton", rows).push()
    assert {finding.field for finding in run.rows[0].result.findings} >= {"national_register_number", "contact_email"}
    assert b"85073003329" not in stored(tmp_path)


@pytest.mark.parametrize(
    "written", ["85.07.30-033.28", "85/07/30 - 033/28", "85073003328", "85 07 30 033 28", "85.07.30\u2013033.29"]
)
def test_reasons_keep_no_national_number_whoever_gives_them(tmp_path: Path, written: str) -> None:
    masked = f"**.**.**-***.{written[-2:]} exists, call +32470123456"
    with Ledger(ledger_of(tmp_path)) as ledger:
        book, said = journal(ledger), f"{written} exists, call +32470123456"
        action = asyncio.run(book.begin_create(2, FIELDS))
        ledger.record_outcome(action, OperationState.REFUSED, "now", reason=said)
        ledger.save_rows("r1", [RowRecord(0, 2, True, "refused", reason=said)])
        assert book.creations(FIELDS)[0].reason == ledger.rows("r1")[0].reason == masked
    assert PlatformRejected(said).reason == masked


@pytest.mark.only_sqlite("a server never had an older layout")
def test_reasons_that_an_older_version_kept_unmasked_are_masked_and_sealed_anew(tmp_path: Path) -> None:
    path, said = tmp_path / "state.db", "85/07/30 - 033.28 exists"
    with Ledger(path) as ledger:
        ledger.who = None
        action = asyncio.run(journal(ledger).begin_create(2, FIELDS))
        ledger.record_outcome(action, OperationState.REFUSED, "now", reason="other")
        ledger.save_rows("r1", [RowRecord(0, 2, True, "refused", reason="other")])
        ledger.end_run("r1", "now")
    with around_the_program(tmp_path) as sql:
        for table in ("action", "row"):
            sql.query(f"UPDATE {table} SET reason = ?", (said,))
        sql.query("DELETE FROM trail")
        trail = HashChain(sql)
        trail.mark_all_written()
        trail.append_lines()
    brought_back(path, 3)
    with Ledger(path) as ledger:
        assert ledger.rows("r1")[0].reason == "**.**.**-***.28 exists"
        assert ledger.mismatches() == ()
    assert b"85/07/30" not in b"".join(file.read_bytes() for file in tmp_path.glob("state.db*"))


@pytest.mark.only_sqlite("a server looks after its own files")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    with Ledger(ledger_of(tmp_path)):
        assert stat.S_IMODE((tmp_path / "state.db").stat().st_mode) == 0o600


@pytest.mark.only_sqlite("a server looks after its own files")
@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be read" * 50, b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_damaged_ledger_is_said_and_never_started_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.db").write_bytes(content)
    with pytest.raises(SettingsUnusable, match=r"ledger\.damaged"):
        Ledger(ledger_of(tmp_path))
    assert (tmp_path / "state.db").read_bytes() == content


def test_a_ledger_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    Ledger(ledger_of(tmp_path)).close()
    with around_the_program(tmp_path) as sql:
        sql.set_layout_version(99)
    with pytest.raises(SettingsUnusable, match=r"ledger\.newer"):
        Ledger(ledger_of(tmp_path))


def test_what_cannot_be_written_down_is_not_sent(tmp_path: Path) -> None:
    with running() as url:
        world = World(url, tmp_path)
        plan = world.planned()
        Ledger(ledger_of(tmp_path)).close()
        with around_the_program(tmp_path) as sql:
            for statement in FULL[sql.dialect]:
                sql.query(statement)
        with pytest.raises(ClientImportError):
            raise world.push(plan=plan).stop_reason or AssertionError
        assert world.planned().only_on_platform == world.planned().existing == ()


def test_a_second_push_to_the_same_account_is_turned_away_at_once(tmp_path: Path) -> None:
    with Ledger(ledger_of(tmp_path)) as first, Ledger(ledger_of(tmp_path)) as second:
        with first.locked_account("office-1"):
            with pytest.raises(PlatformUnreachable) as refused, second.locked_account("office-1"):
                pass
            assert refused.value.code == "locked"
            with second.locked_account("office-2"):
                pass
        with second.locked_account("office-1"):
            pass


@pytest.mark.parametrize("together", [True, False])
def test_what_is_interrupted_half_way_is_not_written_at_all(tmp_path: Path, together: bool) -> None:
    """A second Ctrl-C, between two rows."""

    def rows() -> Iterator[RowRecord]:
        yield RowRecord(0, 2, True, "pending")
        raise KeyboardInterrupt

    async def interrupted(ledger: Ledger) -> None:
        with ledger.group_commits() if together else nullcontext():
            ledger.begin_run(RUN, ())
            await ledger.wait_for_commit()
            with suppress(KeyboardInterrupt):
                ledger.amend_rows(RUN.id, rows())

    with Ledger(ledger_of(tmp_path)) as ledger:
        asyncio.run(interrupted(ledger))
        ledger.end_run(RUN.id, "2026-11-28T00:00:01+00:00")
        assert [run.id for run in ledger.runs()] == [RUN.id]
        assert ledger.rows(RUN.id) == ()
        assert ledger.mismatches() == ()
