from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clientimport.errors import FileUnreadable
from clientimport.files.writers.template import write_template
from clientimport.model.remote import ReferenceLists
from clientimport.model.table import column_letter
from clientimport.schema.data_files import platform_ids
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.loader import load_schema

EVERY = pytest.mark.parametrize(("platform", "language"), [(p, la) for p in platform_ids() for la in LANGUAGES])


@cache
def template(platform: str, language: str, lists: ReferenceLists | None = None) -> Workbook:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(load_schema(platform), language, path, lists=lists, force=False)
        return load_workbook(path)


def offered(workbook: Workbook, column: str) -> tuple[str, ...]:
    """Return what the drop-down of a column offers."""
    sheet = workbook.worksheets[0]
    for rule in sheet.data_validations.dataValidation:
        if str(rule.sqref).startswith(f"{column}2:"):
            name, cells = rule.formula1.split("!")
            return tuple(str(row[0].value) for row in workbook[name.strip("'")][cells.replace("$", "")])
    return ()


def column_of(platform: str, field: str) -> str:
    return column_letter(load_schema(platform).fields.index(field))


@EVERY
def test_the_first_sheet_holds_the_platform_s_headers_and_nothing_else(platform: str, language: str) -> None:
    rows = list(template(platform, language).worksheets[0].values)
    assert rows == [tuple(column.header(language) for column in load_schema(platform).columns)]


@EVERY
def test_required_columns_are_told_by_style_and_note_and_not_by_an_asterisk(platform: str, language: str) -> None:
    sheet = template(platform, language).worksheets[0]
    fills = {True: set(), False: set()}  # type: dict[bool, set[str]]
    for cell, column in zip(sheet[1], load_schema(platform).columns, strict=True):
        fills[column.required].add(cell.fill.fgColor.rgb)
        assert "*" not in str(cell.value)
        assert cell.comment
        assert column.word(column.example, language) in cell.comment.text
    assert [len(fills[True]), len(fills[False])] == [1, 1]
    assert fills[True].isdisjoint(fills[False])


@EVERY
def test_every_column_keeps_leading_zeros_below_a_frozen_header(platform: str, language: str) -> None:
    sheet = template(platform, language).worksheets[0]
    assert sheet.freeze_panes == "A2"
    for index in range(len(load_schema(platform).columns)):
        assert sheet.column_dimensions[column_letter(index)].number_format == "@"


@EVERY
def test_the_instructions_name_every_column_its_rule_and_the_command(platform: str, language: str) -> None:
    schema = load_schema(platform)
    texts = [str(value) for row in template(platform, language).worksheets[1].values for value in row if value]
    assert all(column.header(language) in texts for column in schema.columns)
    assert f"clientimport validate template.xlsx -p {platform}" in texts
    assert {column.source for column in schema.columns} <= set(texts)


@EVERY
def test_a_drop_down_offers_only_what_its_column_takes(platform: str, language: str) -> None:
    schema, workbook = load_schema(platform), template(platform, language)
    for index, column in enumerate(schema.columns):
        canonical = {column.word(value, language): value for value in column.words}
        for value in offered(workbook, column_letter(index)):
            parsed = column.type.parse(canonical.get(value, value), schema.country)
            assert getattr(parsed, "value", None) == canonical.get(value, value)


@pytest.mark.parametrize(("language", "words"), [("nl", ("Ja", "Nee")), ("fr", ("Oui", "Non")), ("de", ("Ja", "Nein"))])
def test_the_mandate_is_offered_in_the_language_of_the_file(language: str, words: tuple[str, ...]) -> None:
    assert offered(template("banqup-partner", language), column_of("banqup-partner", "mandate")) == words


def test_the_likely_countries_stand_first_and_none_is_missing() -> None:
    countries = offered(template("banqup-console-lu", "fr"), column_of("banqup-console-lu", "country"))
    assert countries[:3] == ("LU", "BE", "NL")
    assert len(set(countries)) == len(countries) == 249


def test_languages_are_those_the_platform_takes() -> None:
    assert offered(template("banqup-console-lu", "en"), column_of("banqup-console-lu", "language")) == ("fr", "en")
    assert offered(template("banqup-console-be", "en"), column_of("banqup-console-be", "language")) == LANGUAGES
    accounton = offered(template("accounton", "en"), column_of("accounton", "language"))
    assert sorted(accounton) == ["dutch", "english", "french"]


def test_a_connection_s_lists_are_offered() -> None:
    lists = ReferenceLists(configurations=("Standard", "=Premium"), languages=("fr",), users=("ann@office.example",))
    partner, accounton = template("banqup-partner", "nl", lists), template("accounton", "nl", lists)
    assert offered(partner, column_of("banqup-partner", "configuration_template")) == ("Standard", "=Premium")
    assert offered(accounton, column_of("accounton", "language")) == ("french",)
    assert offered(accounton, column_of("accounton", "responsible_email")) == ("ann@office.example",)
    without = template("banqup-partner", "nl")
    assert offered(without, column_of("banqup-partner", "configuration_template")) == ()


def test_a_value_outside_a_list_is_questioned_and_not_refused() -> None:
    for language in LANGUAGES:
        for rule in template("banqup-partner", language).worksheets[0].data_validations.dataValidation:
            assert rule.errorStyle == "warning"
            assert len(rule.errorTitle) <= 32  # Excel's limits; beyond them it calls the file damaged
            assert len(rule.error) <= 225


def test_either_of_two_columns_is_said_where_one_is_enough() -> None:
    sheet = template("banqup-console-lu", "en").worksheets[0]
    assert note(sheet, column_of("banqup-console-lu", "rcs_number")).startswith("Required if VAT is empty")


def note(sheet: Worksheet, column: str) -> str:
    comment = sheet[f"{column}1"].comment
    assert comment
    return str(comment.text)


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_text("filled in already")
    with pytest.raises(FileUnreadable, match=r"file\.exists"):
        write_template(load_schema("accounton"), "nl", path, force=False)
    assert path.read_text() == "filled in already"


def test_the_same_template_is_the_same_file(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "template.xlsx" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        write_template(load_schema("banqup-partner"), "fr", path, force=False)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.libreoffice
def test_libreoffice_reads_the_template_as_it_was_written(tmp_path: Path) -> None:
    schema = load_schema("banqup-partner")
    write_template(schema, "de", tmp_path / "template.xlsx", force=False)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "ods:calc8", "--outdir", str(tmp_path / "out")]
    subprocess.run([*convert, str(tmp_path / "template.xlsx")], check=True, capture_output=True, timeout=100)
    back = [profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "back")]
    subprocess.run(["soffice", *back, str(tmp_path / "out/template.ods")], check=True, capture_output=True, timeout=100)
    sheet = load_workbook(tmp_path / "back" / "template.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[1]] == [column.header("de") for column in schema.columns]
    assert len(sheet.data_validations.dataValidation) == 3
    assert all(cell.comment for cell in sheet[1])
