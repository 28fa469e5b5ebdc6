"""What was done is told, written into the user's file, taken back and forgotten on the command line."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

from openpyxl import load_workbook

from clientimport.schema.data_files import data_folder
from clientimport.settings.folders import folders
from command_line import clientimport

PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", *PARTNER)
SURE = ("--yes", "--accept-proposals")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"


def test_the_users_file_comes_back_with_what_became_of_each_row_and_can_be_given_again(tmp_path: Path) -> None:
    run = clientimport("push", MESSY, *SANDBOX, *SURE, "--json").json
    answer = clientimport("runs", "export", run["run"], "-o", "done.xlsx", "--language", "en")
    assert answer.exit_code == 0
    sheet = load_workbook(tmp_path / "done.xlsx").worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][-4:] == [
        "clientimport: why",
        "clientimport: client on the platform",
        "clientimport: result",
        "clientimport: when",
    ]
    told = {row["client_id"]: row["state"] for row in run["rows"] if row["client_id"]}
    assert {row[-3]: row[-2] for row in rows[1:] if row[-3]} == told
    assert all(row[-1] for row in rows[1:] if row[-2] == "created")
    again = clientimport("push", "done.xlsx", *SANDBOX, *SURE, "--json").json
    assert again["counts"]["created"] == 0
    assert {row["state"] for row in again["rows"]} == {"unchanged", "invalid"}


def test_a_file_that_changed_since_is_not_taken_for_the_one_that_was_pushed(tmp_path: Path) -> None:
    shutil.copy(MESSY, tmp_path / "clients.xlsx")
    run = clientimport("push", "clients.xlsx", *SANDBOX, *SURE, "--json").json["run"]
    shutil.copy(data_folder("samples") / "banqup-partner" / "clean.xlsx", tmp_path / "clients.xlsx")
    answer = clientimport("runs", "export", run, "-o", "done.xlsx", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "run.file_changed")
    command = "clientimport push clients.xlsx -c sandbox -p banqup-partner --accept-proposals"
    assert answer.json["error"]["message"].endswith(command)
    assert not (tmp_path / "done.xlsx").exists()


def test_a_run_is_taken_back_after_a_yes_and_the_same_again_does_nothing() -> None:
    run = clientimport("push", MESSY, *SANDBOX, *SURE, "--json").json
    assert clientimport("runs", "undo", run["run"], "--json").json["error"]["code"] == "usage.send_needs_yes"
    undone = clientimport("runs", "undo", run["run"], "--yes", "--json")
    assert undone.exit_code == 0
    assert {row["state"] for row in undone.json["rows"]} == {"undone"}
    assert clientimport("clients", "list", *SANDBOX, "--json").json["clients"] == []
    assert clientimport("runs", "undo", run["run"], "--yes", "--json").exit_code == 0
    assert clientimport("runs", "resume", undone.json["run"], "--yes", "--json").exit_code == 0


def test_runs_are_found_by_day_and_rows_have_their_time() -> None:
    run = clientimport("push", MESSY, *SANDBOX, *SURE, "--json").json
    shown = clientimport("runs", "show", run["run"], "--json").json
    day = shown["started"][:10]
    assert {row["at"][:10] for row in shown["rows"] if row["state"] == "created"} == {day}
    for flags, found in ((("--since", day, "--until", day), 1), (("--until", "2020-01-01"), 0)):
        assert len(clientimport("runs", "list", *flags, "--json").json["runs"]) == found


def test_what_was_sent_is_forgotten_by_day() -> None:
    clientimport("push", MESSY, *SANDBOX, *SURE)
    assert clientimport("runs", "forget", "--before", "2020-01-01", "--yes", "--json").json["forgotten"] == 0
    assert clientimport("runs", "forget", "--before", "2999-01-01", "--yes", "--json").json["forgotten"] == 1
    assert clientimport("runs", "list", "--json").json["runs"] == []


def test_the_checksum_of_the_record_is_shown_by_verify_and_fits_until_somebody_changes_the_record() -> None:
    pushed = clientimport("push", MESSY, *SANDBOX, *SURE)
    seal = clientimport("runs", "verify", "--json").json["seal"]
    assert seal not in pushed.out + pushed.err
    assert f"checksum {seal}" in clientimport("runs", "verify").out
    whole = clientimport("runs", "verify", seal, "--json")
    assert (whole.exit_code, whole.json["seal"], whole.json["breaks"]) == (0, seal, [])
    with sqlite3.connect(folders().ledger) as sql:
        sql.execute("UPDATE action SET client_id = 'another' WHERE id = 2")
    sql.close()
    told = clientimport("runs", "verify", seal, "--json")
    (one,) = told.json["breaks"]
    assert (told.exit_code, one["code"]) == (1, "changed")
    shown = clientimport("runs", "verify", seal, "--language", "nl")
    assert f"Run {one['run']}, rij {one['row']}: " in shown.out
    assert f"(regel {one['line']})" in shown.out
    assert clientimport("runs", "verify", "x", "--json").json["error"]["code"] == "verify.seal_form"


def test_of_many_broken_lines_fifty_are_named_on_the_screen() -> None:
    for _ in range(20):
        clientimport("push", data_folder("samples") / "banqup-partner" / "clean.xlsx", *SANDBOX, *SURE, "--invite")
    with sqlite3.connect(folders().ledger) as sql:
        sql.execute("UPDATE trail SET seal = substr(seal, 2)")
    sql.close()
    broken = len(clientimport("runs", "verify", "--json").json["breaks"])
    lines = clientimport("runs", "verify", "--language", "en").out.splitlines()
    assert broken > 50
    assert len(lines) == 52
    assert str(broken - 50) in lines[50]


def test_a_nightly_push_with_nothing_to_do_says_so_in_one_line() -> None:
    clean = data_folder("samples") / "banqup-partner" / "clean.xlsx"
    clientimport("push", clean, *SANDBOX, *SURE)
    answer = clientimport("push", clean, *SANDBOX, *SURE, "--language", "en")
    assert answer.exit_code == 0
    assert "nothing to do" in answer.out
    assert len(answer.out.splitlines()) == 1


def test_rows_are_chosen_and_fields_overwritten_on_the_command_line() -> None:
    first = clientimport("push", MESSY, *SANDBOX, *SURE, "--only", "new", "--skip", "5-100", "--json").json
    assert first["counts"]["created"] == 1
    assert {row["state"] for row in first["rows"]} == {"created", "skipped"}
    answer = clientimport("push", MESSY, *SANDBOX, *SURE, "--update", "emial", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage.unknown_field")
    assert clientimport("push", MESSY, *SANDBOX, *SURE, "--only", "4", "--update", "all", "--json").exit_code == 0
