"""Nobody changes what was written down without its showing, and what is forgotten leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.errors import SettingsUnusable, UsageError
from clientimport.push.ledger.hash_chain import HashChain, Mismatch, parse_head_hash
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.operation import OperationState
from clientimport.push.ledger.schema import VERSION
from clientimport.push.run_history import resolve_row
from clientimport.sandbox import SandboxOptions, running
from connectors.faulty_proxy import Faults, faulty
from ledgers import around_the_program, copied, ledger_of
from older_ledger import brought_back
from push_world import NOW, PARTNER, World, patient_clock

LATER = (NOW + timedelta(days=1)).isoformat()


@pytest.fixture(scope="module")
def written(dialect: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ledger of a push that is over, and the seal that the push printed."""
    home = tmp_path_factory.mktemp("written")
    with running() as url:
        run = World(url, home, rows=PARTNER).push(invite=True)
    assert run.head_hash
    return home, run.head_hash


@pytest.fixture
def copy(written: tuple[Path, str], tmp_path: Path) -> Path:
    return copied(written[0], tmp_path)


def change(home: Path, *statements: str) -> None:
    with around_the_program(home) as sql:
        for statement in statements:
            assert sql.query(f"{statement} RETURNING 1")


def breaks(home: Path, seal: str | None = None) -> tuple[Mismatch, ...]:
    with Ledger(ledger_of(home)) as ledger:
        return ledger.mismatches(None if seal is None else parse_head_hash(seal))


def last_line_about(home: Path, record: object) -> int:
    with around_the_program(home) as sql:
        ((number,),) = sql.query("SELECT max(number) FROM trail WHERE record = ?", (str(record),))
    return int(number)


def test_what_a_push_wrote_is_whole_and_ends_with_the_seal_that_it_printed(written: tuple[Path, str]) -> None:
    path, seal = written
    with Ledger(ledger_of(path)) as ledger:
        assert ledger.mismatches(parse_head_hash(seal)) == ()
        assert ledger.head_hash() == seal
        lines = 2 * len([action for run in ledger.runs() for action in ledger.operations_of_run(run.id)]) + 2
    assert parse_head_hash(seal)[0] == lines  # an intent and an answer each; the run's beginning and end


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("action", "state", "'refused'"),
        ("action", "client_id", "'somebody-else'"),
        ("action", "settled", "'2025-01-01T00:00:00+00:00'"),
        ("action", "reason", "'a word'"),
        ("action", "subject", "'00'"),
        ("subject", "identity", "'00'"),
    ],
)
def test_a_changed_action_is_named_with_its_line_run_and_row(copy: Path, table: str, column: str, value: str) -> None:
    number = "id" if table == "action" else "action"
    change(copy, f"UPDATE {table} SET {column} = {value} WHERE {number} = 3")
    (one,) = breaks(copy)
    assert (one.code, one.line) == ("changed", last_line_about(copy, 3))
    with Ledger(ledger_of(copy)) as ledger:
        action = ledger.operation(3)
    assert action is not None
    assert (one.run, one.row) == (action.run, action.row)


@pytest.mark.parametrize("change_to", ["state = 'refused'", "client_id = 'x'", "mailed = 0", "row = 99", "created = 0"])
def test_a_changed_row_is_named_with_its_run(copy: Path, change_to: str) -> None:
    change(copy, f"UPDATE row SET {change_to} WHERE position = 1")
    (one,) = breaks(copy)
    assert (one.code, one.row) == ("changed", None)
    with Ledger(ledger_of(copy)) as ledger:
        assert one.run == ledger.runs()[0].id


def test_what_was_taken_out_or_put_in_is_named(copy: Path) -> None:
    change(copy, "DELETE FROM subject WHERE action = 2", "DELETE FROM action WHERE id = 2")
    assert [one.code for one in breaks(copy)] == ["gone"]
    columns = "id, run, row, account, kind, subject, content, key, state, intended"
    values = columns.replace("id", "99", 1)
    change(copy, f"INSERT INTO action ({columns}) SELECT {values} FROM action WHERE id = 1")
    assert [one.code for one in breaks(copy)] == ["gone", "added"]


@pytest.mark.parametrize("column", ["about", "record", "salt", "digest", "seal"])
def test_one_changed_letter_of_a_line_names_the_line(copy: Path, column: str) -> None:
    """A line's salt is no part of the chain: it shows where the line is the last about its record."""
    number = last_line_about(copy, 2)
    change(copy, f"UPDATE trail SET {column} = substr({column}, 2) WHERE number = {number}")
    assert number in [one.line for one in breaks(copy)]


def test_a_missing_line_is_named_and_a_cut_end_shows_by_the_seal(written: tuple[Path, str], copy: Path) -> None:
    change(copy, "DELETE FROM trail WHERE number = 4")
    assert Mismatch("missing_line", 4) in breaks(copy)
    last, _ = parse_head_hash(written[1])
    change(copy, f"DELETE FROM trail WHERE number = {last}")
    assert Mismatch("seal", last) in breaks(copy, written[1])


def test_a_record_written_anew_by_somebody_who_can_shows_by_the_seal_alone(
    written: tuple[Path, str], copy: Path
) -> None:
    change(copy, "UPDATE action SET client_id = 'another' WHERE id = 1", "DELETE FROM trail")
    with around_the_program(copy) as sql:
        trail = HashChain(sql)
        trail.mark_all_written()
        trail.append_lines()
    assert breaks(copy) == ()
    assert [one.code for one in breaks(copy, written[1])] == ["seal"]


@pytest.mark.only_sqlite("a server looks after its own files")
@settings(max_examples=40)
@given(data=st.data())
def test_any_byte_of_what_was_done_shows(
    written: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Beside the trail there is nothing in the file that one could change unseen, but what SQLite keeps for itself."""
    home = copied(written[0], tmp_path_factory.mktemp("turned"))
    path = home / "state.db"
    with around_the_program(home) as sql:
        said = [str(value) for row in sql.query("SELECT subject, content, key FROM action") for value in row]
    word = data.draw(st.sampled_from(said)).encode()
    content = path.read_bytes()
    places = [at for at in range(len(content)) if content.startswith(word, at)]
    at = data.draw(st.sampled_from(places)) + data.draw(st.integers(0, len(word) - 1))
    path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
    try:
        found = breaks(home, written[1])
    except SettingsUnusable:  # the damage is seen at once
        return
    assert found


def test_what_is_forgotten_leaves_a_whole_trail_without_it(copy: Path, written: tuple[Path, str]) -> None:
    with Ledger(ledger_of(copy)) as ledger:
        assert ledger.forget(LATER) == 1
    assert breaks(copy, written[1]) == ()
    with around_the_program(copy) as sql:
        salts = sql.query("SELECT salt FROM trail WHERE number <= ?", (parse_head_hash(written[1])[0],))
    assert set(salts) == {("",)}
    change(copy, "UPDATE action SET client_id = 'another' WHERE id = 1")
    assert [one.code for one in breaks(copy)] == ["changed"]


def test_a_persons_word_on_a_row_is_sealed_too(tmp_path: Path) -> None:
    with (
        running(SandboxOptions(idempotency=False)) as url,
        faulty(url, Faults(2, "before", writes_only=True)) as address,
    ):
        World(address, tmp_path, rows=PARTNER[:1]).push(invite=True)
    with Ledger(ledger_of(tmp_path)) as ledger:
        (head,) = ledger.runs()
        action = ledger.operations_of_run(head.id)[-1]
        ledger.record_outcome(action, OperationState.UNCERTAIN, NOW.isoformat())
        (row,) = ledger.rows(head.id)
        ledger.amend_rows(head.id, [replace(row, state="uncertain", action=action.id)])
        resolve_row(ledger, head.id, row.row or 0, done=True, clock=patient_clock())
        assert ledger.mismatches() == ()
    change(tmp_path, "UPDATE row SET mailed = 1 - mailed")
    assert [one.run for one in breaks(tmp_path)] == [head.id]


@pytest.mark.only_sqlite("a server never had an older layout")
def test_a_ledger_of_before_the_trail_is_sealed_as_it_is(copy: Path) -> None:
    brought_back(copy / "state.db", 2)
    assert breaks(copy) == ()
    with around_the_program(copy) as sql:
        assert sql.layout_version() == VERSION
        assert sql.query("SELECT count(*) FROM trail")[0][0] > len(PARTNER)


@pytest.mark.parametrize("seal", ["", "12", "12-", f"-{'0' * 32}", f"x-{'0' * 32}"])
def test_what_is_no_seal_is_refused(seal: str) -> None:
    with pytest.raises(UsageError, match="seal_form"):
        parse_head_hash(seal)
