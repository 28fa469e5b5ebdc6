from __future__ import annotations

import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from clientimport.errors import FileUnreadable
from clientimport.files.writers.upload_file import write_upload_file
from clientimport.model.client import Client
from clientimport.schema.data_files import platform_ids
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.loader import load_schema


def uploaded(path: Path, platform: str, language: str, *clients: dict[str, str]) -> Worksheet:
    made = [Client(row, (row,), fields) for row, fields in enumerate(clients, 2)]
    write_upload_file(load_schema(platform), language, made, path / "upload.xlsx", force=False)
    return load_workbook(path / "upload.xlsx").worksheets[0]


def cells(sheet: Worksheet, row: int = 2) -> dict[str, object]:
    return {str(header.value): cell.value for header, cell in zip(sheet[1], sheet[row], strict=True) if cell.value}


@pytest.mark.parametrize(("platform", "language"), [(p, la) for p in platform_ids() for la in LANGUAGES])
def test_the_header_row_is_the_platform_s_own(tmp_path: Path, platform: str, language: str) -> None:
    sheet = uploaded(tmp_path, platform, language)
    assert [cell.value for cell in sheet[1]] == [column.header(language) for column in load_schema(platform).columns]


def test_each_client_is_one_row_in_the_platform_s_order(tmp_path: Path) -> None:
    first = {"legal_name": "Bakkerij", "country": "BE", "company_number": "0403019261"}
    sheet = uploaded(tmp_path, "banqup-partner", "nl", first, {"legal_name": "Slagerij"})
    assert cells(sheet) == {"Juridische naam": "Bakkerij", "Land (lettercode)": "BE", "Bedrijfsnummer": "0403019261"}
    assert cells(sheet, 3) == {"Juridische naam": "Slagerij"}
    assert sheet.max_row == 3


@pytest.mark.parametrize(("language", "word"), [("nl", "Ja"), ("fr", "Oui"), ("en", "Yes"), ("de", "Ja")])
def test_a_mandate_is_written_in_the_language_of_the_file(tmp_path: Path, language: str, word: str) -> None:
    assert word in cells(uploaded(tmp_path, "banqup-partner", language, {"mandate": "yes"})).values()


def test_an_empty_mandate_stays_empty(tmp_path: Path) -> None:
    assert cells(uploaded(tmp_path, "banqup-partner", "nl", {"legal_name": "A"})) == {"Juridische naam": "A"}


def test_accounton_gets_its_english_word_and_its_literal_person(tmp_path: Path) -> None:
    written = cells(
        uploaded(tmp_path, "accounton", "fr", {"language": "nl", "national_register_number": "01020300171"})
    )
    assert written == {"person": "person", "Taal": "dutch", "Registration Number": "01020300171"}


def test_a_field_the_platform_has_no_column_for_is_left_out(tmp_path: Path) -> None:
    assert cells(uploaded(tmp_path, "banqup-partner", "nl", {"rcs_number": "B82454"})) == {}


def test_every_cell_is_text_and_no_name_becomes_a_formula(tmp_path: Path) -> None:
    sheet = uploaded(tmp_path, "banqup-partner", "nl", {"legal_name": "=cmd|' /C calc'!A0", "postal_code": "01000"})
    filled = [cell for cell in sheet[2] if cell.value is not None]
    assert {cell.data_type for cell in filled} == {"s"}
    assert {cell.number_format for cell in filled} == {"@"}
    assert cells(sheet)["Juridische naam"] == "=cmd|' /C calc'!A0"


def test_the_file_carries_personal_data_so_only_the_user_can_read_it(tmp_path: Path) -> None:
    uploaded(tmp_path, "accounton", "nl", {"language": "nl"})
    assert stat.S_IMODE((tmp_path / "upload.xlsx").stat().st_mode) == 0o600


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    uploaded(tmp_path, "accounton", "nl")
    with pytest.raises(FileUnreadable, match=r"file\.exists"):
        uploaded(tmp_path, "accounton", "nl")
