"""A dry run is the run: what it says will happen is what happens when nothing has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from clientimport.schema.data_files import data_folder
from command_line import clientimport

PLATFORMS = ("banqup-partner", "banqup-console-be", "banqup-console-lu", "accounton", "billit")


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_dry_run_tells_just_the_clients_that_are_then_sent(tmp_path: Path, platform: str) -> None:
    folder = data_folder("samples") / platform
    messy = next(iter(sorted(folder.glob("messy.[xc][ls][sv]*"))))
    shutil.copy(messy, tmp_path / messy.name)
    given = ("--default", "country=BE", "--default", "language=nl") if platform == "billit" else ()
    push = ("push", messy.name, "-c", "sandbox", "-p", platform, "--accept-proposals", "--json", *given)
    also = ("--questionnaire", "PIT") if platform == "accounton" else ()
    said = clientimport(*push, *also, "--dry-run").json
    invite = ("--invite",) if platform == "billit" else ()
    done = clientimport(*push, *also, *invite, "--yes").json
    groups = said["groups"]
    rows = {row["row"]: row["state"] for row in done["rows"]}
    created = [row for row, state in rows.items() if state in ("created", "invited")]
    refused = [row for row, state in rows.items() if state == "refused"]  # by a rule that only the platform knows
    assert created
    new = [entry["row"] for entry in groups["new"]]  # the first row of each client
    assert set(refused) <= set(new) <= {*created, *refused}
    assert len(new) == done["counts"]["created"] + len(refused)
    assert {entry["row"] for entry in groups["invalid"]} <= {row for row, state in rows.items() if state == "invalid"}
    again = clientimport(*push, *also, "--dry-run").json["groups"]
    assert [entry["row"] for entry in again["existing"]] == [row for row in new if row not in refused]
    assert [entry["row"] for entry in again["new"]] == refused


def test_a_plan_whose_file_changed_since_is_refused(tmp_path: Path) -> None:
    file, on = tmp_path / "clients.xlsx", ("-c", "sandbox", "-p", "banqup-partner")
    shutil.copy(data_folder("samples") / "banqup-partner" / "clean.xlsx", file)
    assert clientimport("plan", file, *on, "-o", "plan.json").exit_code == 0
    whole = file.read_bytes()
    file.write_bytes(whole + b"\n")
    refused = clientimport("push", "plan.json", *on, "--yes", "--json")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "plan.source_changed")
    file.write_bytes(whole)
    assert clientimport("push", "plan.json", *on, "--yes", "--json").json["counts"]["created"] > 0
