from __future__ import annotations

import stat
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clientimport.files.writers.rejected_rows import write_rejected_rows
from clientimport.messages.added_headers import (
    MARKS_HEADERS,
    MERGED_HEADERS,
    REJECTED_ROWS_HEADERS,
    RESULTS_HEADERS,
    is_added_header,
)
from clientimport.messages.catalog import message_catalog
from clientimport.model.finding import Finding, Severity
from clientimport.model.table import Table
from clientimport.schema.fields import LANGUAGES
from tables import column, table

CODE = "cell.error"
PORTFOLIO: dict[str, list[str | None]] = {
    "Naam": ["An", "=Bob", None],
    "INSZ": ["85.07.30-033.28", "850730033", "x"],
    "": ["a", None, "c"],
}


def error(row: int, column: str = "B", field: str | None = None, value: str | None = None) -> Finding:
    return Finding(CODE, Severity.ERROR, row, column, field, "INSZ", value)


def rejected(path: Path, read: Table, *findings: Finding, language: str = "nl") -> Worksheet:
    write_rejected_rows(read, findings, path / "rejects.xlsx", language, force=True)
    return load_workbook(path / "rejects.xlsx").worksheets[0]


def values(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.values)


def test_rows_with_an_error_come_back_as_they_were_typed(tmp_path: Path) -> None:
    warning = Finding(CODE, Severity.WARNING, row=4, column="A")
    sheet = rejected(tmp_path, table(PORTFOLIO), error(2), error(3), warning)
    rows = [row[:4] for row in values(sheet)]
    row_header = message_catalog("nl").phrase("rejects.row")
    assert rows == [
        ("Naam", "INSZ", None, row_header),
        ("An", "85.07.30-033.28", "a", "2"),
        ("=Bob", "850730033", None, "3"),
    ]


def test_the_count_of_rejected_rows_is_returned(tmp_path: Path) -> None:
    assert write_rejected_rows(table(PORTFOLIO), [error(2), error(2)], tmp_path / "r.xlsx", "nl", force=False) == 1
    assert write_rejected_rows(table(PORTFOLIO), [], tmp_path / "r.xlsx", "nl", force=True) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_column_says_what_to_mend_in_the_language(tmp_path: Path, language: str) -> None:
    said = values(rejected(tmp_path, table(PORTFOLIO), error(2), language=language))[1][-1]
    assert isinstance(said, str)
    assert said.startswith("[B] ")
    assert said.endswith(message_catalog(language).findings[CODE].mend)


def test_several_errors_of_a_row_are_several_lines_and_the_same_one_is_said_once(tmp_path: Path) -> None:
    naam = Finding(CODE, Severity.ERROR, 2, "A", header="Naam")
    said = values(rejected(tmp_path, table(PORTFOLIO), error(2), error(2), naam))[1][-1]
    assert str(said).count("\n") == 1


def test_a_national_number_stands_in_its_cell_and_not_in_the_reasons(tmp_path: Path) -> None:
    number = "85.07.30-033.28"
    finding = error(2, field="national_register_number", value=number)
    row = values(rejected(tmp_path, table(PORTFOLIO), finding))[1]
    assert row[1] == number
    assert "85.07" not in str(row[-1])


def test_the_cell_an_error_is_about_is_coloured_even_when_it_is_empty(tmp_path: Path) -> None:
    sheet = rejected(tmp_path, table(PORTFOLIO), error(4, "A"))
    assert sheet["A2"].fill.fill_type == "solid"
    assert sheet["B2"].fill.fill_type is None


def test_columns_keep_their_letter(tmp_path: Path) -> None:
    read = Table("-", None, 7, (column(2, "Naam", ["An"]),), np.array([8]))
    assert rejected(tmp_path, read, error(8))["C2"].value == "An"


def test_given_again_and_rejected_again_the_file_has_our_columns_once(tmp_path: Path) -> None:
    reason, row = message_catalog("fr").phrase("rejects.reason"), message_catalog("fr").phrase("rejects.row")
    again = table({"Naam": ["An"], row: ["12"], reason: ["…"]})
    headers = [cell.value for cell in rejected(tmp_path, again, error(2), language="de")[1]]
    assert headers == [
        "Naam",
        message_catalog("de").phrase("rejects.row"),
        message_catalog("de").phrase("rejects.reason"),
    ]


def test_our_own_headers_are_known_in_every_language() -> None:
    keys = (*REJECTED_ROWS_HEADERS, *RESULTS_HEADERS, *MARKS_HEADERS, *MERGED_HEADERS)
    assert all(is_added_header(message_catalog(language).phrase(key)) for language in LANGUAGES for key in keys)
    assert is_added_header("clientimport: what to mend")  # what an earlier version wrote


def test_every_cell_is_text_and_only_the_user_can_read_the_file(tmp_path: Path) -> None:
    sheet = rejected(tmp_path, table(PORTFOLIO), error(3))
    assert {cell.data_type for cell in sheet[2] if cell.value} == {"s"}
    assert stat.S_IMODE((tmp_path / "rejects.xlsx").stat().st_mode) == 0o600
