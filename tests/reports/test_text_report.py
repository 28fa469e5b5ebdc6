"""The report for a person."""

from __future__ import annotations

import pytest

from clientimport.messages.catalog import message_catalog
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import Report
from clientimport.model.row_ranges import row_ranges
from clientimport.reports.json_report import report_data
from clientimport.reports.protocol import ReportContext
from clientimport.reports.text_report import EXAMPLES, as_text
from clientimport.reports.text_tables import render, text_table

ENGLISH = ReportContext(message_catalog("en"), "accounton", "Accounton")


def wrong(row: int, value: str, field: str = "iban") -> Finding:
    return Finding("iban.check_digits", Severity.ERROR, row, "C", field, "Number", value)


def report(*findings: Finding) -> Report:
    return Report("clients.xlsx", "Clients", 1, 200, findings)


def test_no_row_is_left_out_however_many_there_are() -> None:
    text = as_text([report(*(wrong(row, f"value {row}") for row in range(2, 120)))], ENGLISH)
    assert f"in rows {row_ranges(range(2 + EXAMPLES, 120))}" in text


def test_the_same_message_is_written_once_for_all_its_rows() -> None:
    text = as_text([report(*(wrong(row, "BE00") for row in (2, 3, 4, 9)))], ENGLISH)
    assert text.count("BE00") == 1
    assert "C2-C4, C9" in text


def test_a_table_that_is_too_wide_folds_and_loses_nothing() -> None:
    row = ("20261122-100352-e6ef", "2026-11-22 10:03", "push", "SANDBOX banqup-partner", "created 8")
    for width in range(64, 100):
        text = render(
            [text_table(["Run", "Started (UTC)", "Command", "Connection", "Result"], [row], 2)],
            width=width,
            colour=False,
        )
        assert sorted("".join(text.rpartition("─\n")[2].split())) == sorted("".join("".join(row).split()))
        assert "20261122-100352-e6ef   2026-11-22 10:03" in text
        assert max(map(len, text.splitlines())) <= width


def test_the_conclusion_stands_last() -> None:
    text = as_text([report(wrong(2, "BE00"))], ENGLISH)
    assert text.splitlines()[-1].startswith("199 of 200 rows are in order · 1 error")


def test_no_line_is_wider_than_the_page() -> None:
    text = as_text([report(wrong(2, "x" * 300), wrong(3, "y " * 200))], ENGLISH)
    assert max(map(len, text.splitlines())) <= ENGLISH.width
    assert text.replace("\n", "").replace(" ", "").count("x" * 300) == 1


@pytest.mark.parametrize("harm", ["\x1b[31m", "[bold red]", ":boom:", "\u202e"])
def test_what_a_cell_holds_cannot_change_the_screen(harm: str) -> None:
    text = as_text([report(wrong(2, f"a{harm}b"))], ENGLISH)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert harm in text or not harm.isprintable()


def test_national_register_numbers_are_masked_in_every_format() -> None:
    finding = Finding(
        "national_register_number.check_digits",
        Severity.ERROR,
        2,
        "C",
        "national_register_number",
        "RRN",
        "85.07.30-033.29",
        "85073003328",
    )
    assert "85.07.30" not in as_text([report(finding)], ENGLISH)
    told = report_data([report(finding)], ENGLISH)["files"]
    assert "850730" not in str(told)
    assert "**.**.**-***.29" in str(told)
