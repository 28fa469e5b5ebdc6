"""A format of a report is one module and one row of the table, the workbook among them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientimport.messages.added_headers import added_sheets
from clientimport.messages.catalog import message_catalog
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import Report
from clientimport.reports.formats import FORMATS, TEXT_FORMATS
from clientimport.reports.protocol import ReportContext
from clientimport.schema.data_files import data_folder
from command_line import clientimport

PARTNER = ("-p", "banqup-partner")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
REPORT = Report("clients.xlsx", None, 1, 1, (Finding("iban.check_digits", Severity.ERROR, 2, "A", "iban", "X", "BE0"),))


@pytest.mark.parametrize("name", FORMATS)
def test_each_row_of_the_table_names_a_function_of_a_module(name: str) -> None:
    module = import_module(f"clientimport.reports.{FORMATS[name].module}")
    assert callable(getattr(module, FORMATS[name].function))


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_makes_text_or_a_file_as_the_table_says(name: str) -> None:
    context = ReportContext(message_catalog("en"), "banqup-partner", "Partner", annotate=lambda _: b"PK")
    assert isinstance(FORMATS[name]((REPORT,), context), bytes if FORMATS[name].binary else str)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_can_be_a_file_and_only_text_can_be_shown(name: str, tmp_path: Path) -> None:
    target = tmp_path / f"report.{name}"
    assert clientimport("validate", MESSY, *PARTNER, "--report", f"{name}={target}").exit_code == 1
    assert target.stat().st_size > 0
    shown = clientimport("validate", MESSY, *PARTNER, "--format", name, "--json")
    assert (shown.json["error"] or {}).get("code") == (None if name in TEXT_FORMATS else "report.unknown_format")


def test_the_workbook_is_written_after_the_texts_and_of_one_file_alone(tmp_path: Path) -> None:
    workbook, text = tmp_path / "marked.xlsx", tmp_path / "report.txt"
    reports = ("--report", f"xlsx={workbook}", "--report", f"text={text}")
    assert clientimport("validate", MESSY, *PARTNER, *reports).exit_code == 1
    assert added_sheets() & set(load_workbook(workbook).sheetnames)
    two = clientimport("validate", MESSY, MESSY, *PARTNER, *reports, "--json")
    assert two.json["error"]["code"] == "report.one_file"
