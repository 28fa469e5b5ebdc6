"""Files that LibreOffice wrote, which stores much in another way than openpyxl does."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from clientimport.files.read import ReadRequest, read_table
from clientimport.model.table import CellFlag
from spreadsheets import column, known, stored, write

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("Naam", "IBAN", "Taal", "Land"),
        ("Crème & Œuf", 123456749, date(2025, 6, 30), "=A2"),
        ("0123", 0.21, True, "=1/0"),
        ("verborgen", 1, False, "x"),
        ("lijn 1\nlijn 2", 85073003328, None, '=IF(TRUE,"","")'),
    ):
        sheet.append(row)
    sheet["B2"].number_format = "0000000000"
    sheet["B3"].number_format = "0%"
    sheet.row_dimensions[4].hidden = True
    folder = tmp_path_factory.mktemp("libreoffice")
    return Path(write(folder / "source.xlsx", stored(book)))


def converted(source: Path, extension: str) -> str:
    folder = source.parent / extension.partition(":")[0]
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{source.parent}/profile"]
    subprocess.run(
        [*command, "--convert-to", extension, "--outdir", str(folder), str(source)],
        check=True,
        capture_output=True,
        timeout=100,
    )
    return str(next(folder.iterdir()))


@pytest.mark.parametrize("extension", ["xlsx", "xls", "ods"])
def test_a_workbook_saved_by_libreoffice_is_read(source: Path, extension: str) -> None:
    table = read_table(converted(source, extension), ReadRequest(), known)
    assert table.rows.tolist() == [2, 3, 5]
    assert column(table, "Naam") == ["Crème & Œuf", "0123", "lijn 1\nlijn 2"]
    assert column(table, "IBAN") == ["0123456749", "21%", "85073003328"]
    assert column(table, "Taal") == ["2025-06-30", "TRUE", None]
    assert column(table, "Land") == ["Crème & Œuf", "#DIV/0!", None]
    assert [dict(column.cell_flags) for column in table.columns] == [{}, {}, {0: CellFlag.DATE}, {1: CellFlag.ERROR}]
    assert [finding.code for finding in table.findings] == ["rows.hidden"]


def test_a_page_saved_by_libreoffice_is_read_as_it_is_shown(source: Path) -> None:
    table = read_table(converted(source, "html"), ReadRequest(), known)
    assert column(table, "Naam") == ["Crème & Œuf", "0123", "lijn 1\nlijn 2"]
    assert column(table, "IBAN") == ["0123456749", "21%", "85073003328"]
    assert column(table, "Land") == ["Crème & Œuf", "#DIV/0!", None]


def test_its_csv_is_read(source: Path) -> None:
    table = read_table(converted(source, "csv"), ReadRequest(), known)
    assert column(table, "Naam") == ["Crème & Œuf", "0123", "verborgen", "lijn 1\nlijn 2"]
    assert table.rows.tolist() == [2, 3, 4, 5]
