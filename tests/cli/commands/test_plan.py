"""plan: what a push with the same options would do, and whether there is anything to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.cli.given_options import option_names
from clientimport.cli.sending_options import SendingOptions
from clientimport.schema.data_files import data_folder
from command_line import clientimport

SAMPLES = data_folder("samples") / "banqup-partner"
CLEAN = SAMPLES / "clean.xlsx"
ON = ("-c", "sandbox", "-p", "banqup-partner")
SURE = ("--yes", "--accept-proposals")


def test_something_to_send_is_6_and_nothing_left_is_0() -> None:
    assert clientimport("plan", CLEAN, *ON).exit_code == 0
    assert clientimport("plan", CLEAN, *ON, "--exit-code").exit_code == 6
    assert clientimport("push", CLEAN, *ON, *SURE).exit_code == 0
    assert clientimport("plan", CLEAN, *ON, "--exit-code").exit_code == 0
    assert clientimport("plan", CLEAN, *ON, "--exit-code", "--invite").exit_code == 6
    assert clientimport("invite", CLEAN, *ON, *SURE).exit_code == 0
    done = clientimport("plan", CLEAN, *ON, "--exit-code", "--invite")
    assert done.exit_code == 0
    assert "clientimport push" not in done.out  # there is no next step


def test_an_error_is_1_also_where_there_is_something_to_send() -> None:
    answer = clientimport("plan", SAMPLES / "messy.xlsx", *ON, "--exit-code", "--json")
    assert (answer.exit_code, answer.json["exit_code"]) == (1, 1)
    assert answer.json["groups"]["new"]


def test_what_would_be_overwritten_is_something_to_do() -> None:
    clientimport("push", CLEAN, *ON, *SURE)
    name = clientimport("clients", "list", *ON, "--json").json["clients"][0]["client_id"]
    assert clientimport("clients", "edit", name, *ON, "--field", "contact_email=other@bakkerij.be").exit_code == 0
    assert clientimport("plan", CLEAN, *ON, "--exit-code").exit_code == 0
    assert clientimport("plan", CLEAN, *ON, "--exit-code", "--update", "contact_email").exit_code == 6


@pytest.mark.parametrize(
    "given",
    [("--only", "2"), ("--skip", "existing"), ("--invite",), ("--update", "all"), ("--all-or-nothing",)],
)
def test_plan_and_dry_run_show_the_same_for_the_same_options(given: tuple[str, ...]) -> None:
    planned = clientimport("plan", CLEAN, *ON, *SURE, *given, "--json").json
    tried = clientimport("push", CLEAN, *ON, *SURE, *given, "--dry-run", "--json").json
    shared = ("groups", "digest", "mails", "held", "warnings", "mandates")
    assert {key: planned[key] for key in shared} == {key: tried[key] for key in shared}


def test_plan_takes_every_option_of_a_push() -> None:
    shown = clientimport("plan", "--help").out
    assert [name for name in option_names(SendingOptions) if name not in shown] == []
    assert all(name in shown for name in ("--accept-proposals", "--adopt-ledger", "--yes"))


def test_a_kept_plan_of_a_part_is_pushed_as_it_was_shown(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    text = clientimport("plan", CLEAN, *ON, "--only", "2", "--invite", "-o", plan).out
    (line,) = (line.partition("  ")[2] for line in text.splitlines() if "clientimport push" in line)
    assert "--invite" in line
    assert "--only" not in line
    pushed = clientimport("push", plan, *ON, "--invite", "--yes", "--json").json
    assert (pushed["counts"]["created"], pushed["counts"]["invited"]) == (1, 1)


def test_the_next_step_names_the_questionnaire_that_a_push_cannot_do_without() -> None:
    sample = data_folder("samples") / "accounton" / "clean.xlsx"
    text = clientimport("plan", sample, "-c", "sandbox", "-p", "accounton").out
    assert "--questionnaire PIT" in text
