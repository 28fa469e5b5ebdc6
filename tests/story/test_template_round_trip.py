"""A platform's own template, filled in, maps back to itself with nothing unmatched and passes --strict."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from clientimport.files.read import ReadRequest, read_table
from clientimport.files.writers.template import write_template
from clientimport.matching.known_header import is_known_header
from clientimport.matching.matcher import match_columns
from clientimport.schema.data_files import platform_ids
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import validate


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("platform", platform_ids())
def test_a_filled_template_is_understood_wholly_and_strictly(platform: str, language: str, tmp_path: Path) -> None:
    schema, file = load_schema(platform), tmp_path / "template.xlsx"
    write_template(schema, language, file, force=False)
    book = load_workbook(file)
    for at, column in enumerate(schema.columns, start=1):
        book.worksheets[0].cell(2, at).value = column.word(column.example, language)
    book.save(file)
    table = read_table(str(file), ReadRequest(), is_known_header)
    mapping = match_columns(table, schema, {}, None)
    assert [match.field for match in mapping.matches] == list(schema.fields)
    assert all(match.certain and match.used for match in mapping.matches)
    validation = validate(table, mapping, schema, strict=True)
    # a deadline, which Accounton had rather fill in itself, and addresses that are kept for examples draw a warning
    codes = {finding.code for finding in validation.report.findings if finding.severity in {"error", "warning"}}
    assert codes <= {"tax_deadline.better_empty", "email.reserved_domain"}
    assert validation.invalid_rows == ()
    assert len(validation.clients) == 1


@pytest.mark.parametrize("platform", platform_ids())
def test_an_empty_template_holds_no_row_that_could_be_uploaded(platform: str, tmp_path: Path) -> None:
    write_template(load_schema(platform), "nl", tmp_path / "template.xlsx", force=False)
    table = read_table(str(tmp_path / "template.xlsx"), ReadRequest(), is_known_header)
    assert len(table.rows) == 0


def test_the_older_partner_template_of_fifteen_columns_is_taken_too(tmp_path: Path) -> None:
    schema, file = load_schema("banqup-partner"), tmp_path / "older.xlsx"
    write_template(schema, "fr", file, force=False)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    sheet.delete_cols(16, 2)
    for at, column in enumerate(schema.columns[:15], start=1):
        sheet.cell(1, at).value = f"{column.header('fr')} *" if column.required else column.header("fr")
        sheet.cell(2, at).value = column.example
    book.save(file)
    table = read_table(str(file), ReadRequest(), is_known_header)
    mapping = match_columns(table, schema, {}, None)
    assert [match.field for match in mapping.matches] == list(schema.fields[:15])
    assert all(match.certain for match in mapping.matches)
    assert validate(table, mapping, schema, strict=True).invalid_rows == ()


@pytest.mark.parametrize("platform", platform_ids())
def test_a_template_whose_columns_moved_says_the_same(platform: str, tmp_path: Path) -> None:
    """As when Accounton moved its column of responsible people: a column is known by its header, not by its place."""
    schema, file = load_schema(platform), tmp_path / "moved.xlsx"
    order = (*schema.columns[3:], *schema.columns[:3])
    book = Workbook()
    sheet = book.worksheets[0]
    for at, column in enumerate(order, start=1):
        sheet.cell(1, at).value = column.header("nl")
        sheet.cell(2, at).value = column.word(column.example, "nl")
    book.save(file)
    table = read_table(str(file), ReadRequest(), is_known_header)
    mapping = match_columns(table, schema, {}, None)
    assert [match.field for match in mapping.matches] == [column.field for column in order]
    assert all(match.certain for match in mapping.matches)
    moved = validate(table, mapping, schema, strict=True)
    assert moved.invalid_rows == ()
    write_template(schema, "nl", tmp_path / "template.xlsx", force=False)
    book = load_workbook(tmp_path / "template.xlsx")
    for at, column in enumerate(schema.columns, start=1):
        book.worksheets[0].cell(2, at).value = column.word(column.example, "nl")
    book.save(tmp_path / "template.xlsx")
    table = read_table(str(tmp_path / "template.xlsx"), ReadRequest(), is_known_header)
    unmoved = validate(table, match_columns(table, schema, {}, None), schema, strict=True)
    assert moved.clients[0].fields == unmoved.clients[0].fields


@pytest.mark.parametrize(
    "platform", [platform for platform in platform_ids() if not load_schema(platform).matches_headers]
)
def test_a_template_with_another_header_is_told_and_not_taken_for_the_platforms(platform: str, tmp_path: Path) -> None:
    schema, file = load_schema(platform), tmp_path / "renamed.xlsx"
    write_template(schema, "nl", file, force=False)
    book = load_workbook(file)
    for at, column in enumerate(schema.columns, start=1):
        book.worksheets[0].cell(2, at).value = column.word(column.example, "nl")
    email = next(at for at, column in enumerate(schema.columns, start=1) if column.field == "contact_email")
    book.worksheets[0].cell(1, email).value = "E-mailadres van de contactpersoon (nieuw)"
    book.save(file)
    table = read_table(str(file), ReadRequest(), is_known_header)
    validation = validate(table, match_columns(table, schema, {}, None), schema, strict=True)
    findings = [finding for finding in validation.report.findings if finding.code == "header.not_the_platforms"]
    assert [finding.header for finding in findings] == ["E-mailadres van de contactpersoon (nieuw)"]
    assert all(finding.severity == "error" for finding in findings)
