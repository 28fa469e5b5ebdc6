"""The report for a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clientimport.messages.catalog import message_catalog
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import Report
from clientimport.model.row_ranges import row_ranges
from clientimport.reports.json_report import as_json, report_data
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


def test_the_counts_stand_on_top() -> None:
    text = as_text([report(wrong(2, "BE00"))], ENGLISH)
    assert text.splitlines()[1].startswith("199 of 200 rows are in order · 1 error")
    assert text.count("199 of 200") == 1


def test_below_a_report_longer_than_a_screen_the_counts_are_said_again() -> None:
    text = as_text([report(*(wrong(row, "x" * 900) for row in (2, 3)), wrong(4, "y" * 900))], ENGLISH)
    assert text.splitlines()[1] == text.splitlines()[-1]


def test_many_rows_stand_below_their_message_over_the_whole_width() -> None:
    text = as_text([report(*(wrong(row, "BE00") for row in range(2, 180, 2)))], ENGLISH)
    assert "rows 2, 4, 6, 8, 10, 12, 14" in text
    assert len(text.splitlines()) < 14


def test_an_option_to_copy_is_in_one_piece() -> None:
    unknown = Finding("country.unknown", Severity.ERROR, 2, "D", "country", "Land", "Republiek der Verenigde Wouden")
    lines = [line.strip() for line in as_text([report(unknown)], ENGLISH).splitlines()]
    assert '--value "country:Republiek der Verenigde Wouden=…"' in lines


def change(row: int, before: str, after: str, code: str = "country.name", column: str = "D") -> Finding:
    return Finding(code, Severity.REPAIR, row, column, "country", "Land", before, after)


MANY = (
    *(change(row, "Belgique" if row % 2 else "België", "BE") for row in range(2, 120)),
    *(change(row, "Luxembourg", "LU") for row in (120, 121)),
    *(change(row, f"0403.019.{row:03}", f"0403019{row:03}", "company_number.separators", "B") for row in range(2, 60)),
)


def test_repairs_take_a_line_a_kind_with_their_count_and_examples() -> None:
    lines = as_text([report(*MANY)], replace(ENGLISH, width=120)).splitlines()
    (countries,), (numbers,) = ([line for line in lines if title in line] for title in ("Country name", "Separators"))
    assert countries.split()[:3] == ["120", "×", "D"]
    assert "België → BE · Belgique → BE" in countries
    assert numbers.split()[:3] == ["58", "×", "B"]
    assert len(lines) < 10


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_line_of_repairs_is_never_wider_than_the_page(width: int) -> None:
    long = change(5, "Rue de l'Église " * 9, "x" * 200, "derived.street")
    text = as_text([report(*MANY, long)], replace(ENGLISH, width=width))
    assert max(map(len, text.splitlines())) <= width


def test_with_all_each_repair_and_each_message_is_shown() -> None:
    errors = [wrong(row, f"value {row}", "iban") for row in range(2, 40)]
    text = as_text([report(*MANY, *errors)], replace(ENGLISH, shows_all=True))
    assert all(f"0403.019.{row:03}" in text for row in range(2, 60))
    assert all(f"“value {row}”" in text for row in range(2, 40))


def test_a_number_under_a_mask_is_no_example_of_itself() -> None:
    zero = Finding(
        "national_register_number.zero_restored",
        Severity.REPAIR,
        2,
        "C",
        "national_register_number",
        "RRN",
        "1020304526",
        "01020304526",
    )
    assert "**" not in as_text([report(zero)], ENGLISH)
    assert "1020304526 → 01020304526" in as_text([report(zero)], replace(ENGLISH, masks=False))


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


def repaired(code: str, field: str, value: str, suggestion: str | None) -> Finding:
    return Finding(code, Severity.REPAIR, 2, "C", field, "Header", value, suggestion)


@pytest.mark.parametrize(
    ("language", "yes"), [("nl", "x → ja"), ("fr", "x → oui"), ("de", "x → ja"), ("en", "x → yes")]
)
def test_a_yes_is_shown_in_the_language_of_the_report(language: str, yes: str) -> None:
    found = report(repaired("yes_no.word", "mandate", "x", "yes"))
    context = replace(ENGLISH, messages=message_catalog(language))
    assert yes in as_text([found], context)
    assert '"suggestion": "yes"' in as_json([found], context)


def test_a_cell_that_was_left_empty_is_an_example_of_it() -> None:
    assert "geen → (empty)" in as_text([report(repaired("empty.filled", "iban", "geen", None))], ENGLISH)


def test_an_example_that_fits_whole_comes_before_one_that_must_be_shortened() -> None:
    long, short = "Avenue de la Toison d'Or 12345678901234567890", "Kerkstraat 1"
    kinds = [repaired("text.spaces", "street", text, f"{text}.") for text in (long, short)]
    assert f"{short} → {short}." in as_text([report(*kinds)], ENGLISH)


def test_a_kind_that_is_called_after_its_field_names_it_once() -> None:
    assert "IBAN: IBAN" not in as_text([report(wrong(2, "BE00"))], ENGLISH)
