"""Rows in are rows accounted for: what became of each is named, those of a second contact among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clientimport.messages.catalog import LANGUAGES
from clientimport.schema.data_files import data_folder, platform_ids
from command_line import Answer, clientimport

PARTNER = ("-c", "sandbox", "-p", "banqup-partner")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
SURE = ("--yes", "--accept-proposals")
SECOND_CONTACT = [{"row": 9, "client_row": 8}]


def sample(platform: str, kind: str) -> Path:
    return next((data_folder("samples") / platform).glob(f"{kind}.[cx]*"))


def entries(plan: Answer) -> list[dict[str, Any]]:
    groups = plan.json["groups"]
    return [entry for name in ("new", "existing", "invalid") for entry in groups[name]]


@pytest.mark.parametrize("kind", ["clean", "messy"])
@pytest.mark.parametrize("platform", platform_ids())
def test_every_row_of_a_file_is_written_rejected_or_of_a_client_that_is_written(
    platform: str, kind: str, tmp_path: Path
) -> None:
    fixed = clientimport("fix", sample(platform, kind), "-p", platform, "-o", tmp_path / "upload.xlsx", "--json").json
    assert fixed["rows_in"] == fixed["rows_written"] + fixed["rows_rejected"] + len(fixed["further_rows"])
    plan = clientimport("plan", sample(platform, kind), "-c", "sandbox", "-p", platform, "--json")
    assert plan.json["rows_in"] == fixed["rows_in"] == len(entries(plan)) + len(plan.json["further_rows"])


def test_the_row_of_a_second_contact_is_named_wherever_rows_are_counted(tmp_path: Path) -> None:
    fixed = clientimport("fix", MESSY, "-p", "banqup-partner", "-o", tmp_path / "upload.xlsx", "--json")
    plan = clientimport("plan", MESSY, *PARTNER, "--json")
    pushed = clientimport("push", MESSY, *PARTNER, *SURE, "--json")
    undone = clientimport("runs", "undo", "last", "--yes", "--json")
    for answer in (fixed, plan, pushed, undone):
        assert answer.json["further_rows"] == SECOND_CONTACT
    assert pushed.json["rows_in"] == len(pushed.json["rows"]) == fixed.json["rows_in"]
    assert undone.json["rows_in"] + len(undone.json["untouched_rows"]) == pushed.json["rows_in"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_read_it_too(language: str, tmp_path: Path) -> None:
    told = ("--language", language)
    fixed = clientimport("fix", MESSY, "-p", "banqup-partner", "-o", tmp_path / "upload.xlsx", *told)
    plan = clientimport("plan", MESSY, *PARTNER, *told)
    pushed = clientimport("push", MESSY, *PARTNER, *SURE, *told)
    shown = clientimport("runs", "show", "last", *told)
    undone = clientimport("runs", "undo", "last", "--yes", *told)
    for answer in (fixed, plan, pushed, shown, undone):
        (line,) = [line for line in answer.out.splitlines() if line.startswith("1 ") and "9 (" in line]
        assert "8)" in line
    assert "13-15" in undone.out.splitlines()[-1]


def test_where_every_row_is_a_client_nothing_is_said_of_it() -> None:
    pushed = clientimport("push", sample("banqup-partner", "clean"), *PARTNER, *SURE, "--json")
    assert pushed.json["further_rows"] == []
    assert pushed.json["rows_in"] == len(pushed.json["rows"])
    assert "(" not in clientimport("runs", "show", "last").out
