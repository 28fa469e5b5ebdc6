"""What `fix` writes stands: fixed again nothing changes, and rejected rows go round by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientimport.schema.data_files import data_folder, platform_ids
from command_line import clientimport

SURE = ("--yes", "--accept-proposals", "--json")
FLAGS = {"accounton": ("--questionnaire", "PIT"), "billit": ("--invite",)}


PARTNER = ("-p", "banqup-partner")


def messy(platform: str) -> Path:
    return next(file for file in (data_folder("samples") / platform).iterdir() if file.stem == "messy")


MESSY = messy("banqup-partner")


def rows(file: Path) -> list[tuple[object, ...]]:
    return list(load_workbook(file).worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("platform", platform_ids())
def test_fixing_what_was_fixed_changes_nothing(tmp_path: Path, platform: str) -> None:
    first = clientimport("fix", messy(platform), "-p", platform, "-o", "one.xlsx", "--json").json
    again = clientimport("fix", "one.xlsx", "-p", platform, "-o", "two.xlsx", "--json")
    assert first["repairs"]
    assert (again.exit_code, again.json["repairs"]) == (0, [])
    assert rows(tmp_path / "one.xlsx") == rows(tmp_path / "two.xlsx")


def test_every_repair_is_listed_with_before_and_after() -> None:
    repairs = clientimport("fix", MESSY, *PARTNER, "-o", "one.xlsx", "--json").json["repairs"]
    assert all(one["value"] and one["cell"] for one in repairs)
    changed = [one for one in repairs if not one["code"].startswith("derived.")]
    assert all(one["suggestion"] != one["value"] for one in changed)


def test_a_repair_that_is_not_wanted_is_an_error_that_shows_what_would_be_right() -> None:
    asked = ("validate", MESSY, *PARTNER, "--json")
    wanted = clientimport(*asked).json["totals"]
    without = clientimport(*asked, "--no-repair", "company_number").json
    refused = [one for one in without["files"][0]["findings"] if one["code"] == "company_number.separators"]
    assert {one["severity"] for one in refused} == {"error"}
    assert all(one["suggestion"].isdigit() for one in refused)
    assert without["totals"]["repairs"] < wanted["repairs"]
    sent = clientimport("push", MESSY, "-c", "sandbox", *PARTNER, *SURE, "--no-repair", "all")
    assert sent.json["counts"]["created"] == 0


@pytest.mark.parametrize(("kind", "meant"), [("company_numbr", "company_number"), ("nothing.at_all", "")])
def test_an_unknown_kind_of_repair_is_refused(kind: str, meant: str) -> None:
    answer = clientimport("validate", MESSY, *PARTNER, "--no-repair", kind, "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "repair.unknown")
    assert meant in answer.json["error"]["message"]


@pytest.mark.parametrize("platform", platform_ids())
def test_rejected_rows_given_again_uncorrected_send_nothing(platform: str) -> None:
    on = ("-c", "sandbox", "-p", platform, *FLAGS.get(platform, ()))
    first = clientimport("push", messy(platform), *on, *SURE).json
    assert first["counts"]["created"] > 0
    clientimport("fix", messy(platform), "-p", platform, "-o", "upload.xlsx", "--rejects", "rejects.xlsx")
    again = clientimport("push", "rejects.xlsx", *on, *SURE).json
    assert again["counts"]["created"] == 0
    assert {row["state"] for row in again["rows"]} == {"invalid"}


def test_rejected_rows_go_round_by_themselves_once_they_are_corrected(tmp_path: Path) -> None:
    on = ("-c", "sandbox", *PARTNER)
    first = clientimport("push", MESSY, *on, *SURE).json["counts"]["created"]
    clientimport("fix", MESSY, *PARTNER, "-o", "upload.xlsx", "--rejects", "rejects.xlsx")
    book = load_workbook(tmp_path / "rejects.xlsx")
    sheet = book.worksheets[0]
    for cell, text in {
        "C2": "0202.239.951",
        "C3": "0403.170.701",
        "D2": None,
        "D3": None,
        "J4": "sofie@mertens.be",
    }.items():
        sheet[cell] = text
    book.save(tmp_path / "corrected.xlsx")
    assert clientimport("validate", "corrected.xlsx", *PARTNER, "--json").json["totals"]["errors"] == 0
    second = clientimport("push", "corrected.xlsx", *on, *SURE, "--invite")
    assert second.json["counts"]["created"] == 3
    assert len(clientimport("clients", "list", *on, "--json").json["clients"]) == first + 3
    assert clientimport("push", "corrected.xlsx", *on, *SURE, "--invite").json["counts"]["created"] == 0
