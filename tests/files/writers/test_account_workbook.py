"""The workbook of an account's state: the page's tables, days and numbers as such, charts, and nothing that runs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from account_states import HARM, NUMBER, state
from clientimport.files.writers.account_workbook import is_account_workbook, write_account_workbook
from clientimport.messages.catalog import LANGUAGES, message_catalog
from clientimport.model.client import Client
from clientimport.model.masking import mask_text
from clientimport.push.plan.plan import PlanEntry
from clientimport.reports.account.account_state import AccountState
from clientimport.reports.account.state_tables import StateTables


def written(folder: Path, made: AccountState | None = None, language: str = "en", *, masks: bool = True) -> Any:
    write_account_workbook(made or state(), folder / "state.xlsx", language, masks=masks)
    return load_workbook(folder / "state.xlsx")


def texts(workbook: Any) -> list[str]:
    return [
        str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_sheet_for_each_table_and_a_chart_for_each_picture(tmp_path: Path, language: str) -> None:
    workbook = written(tmp_path, language=language)
    assert len(workbook.sheetnames) == 6
    assert max(map(len, workbook.sheetnames)) <= 31
    assert len(workbook.worksheets[0]._charts) == 3
    assert not any("--" in text for text in texts(workbook))


def test_days_and_numbers_are_no_text(tmp_path: Path) -> None:
    (heading, first, *_) = written(tmp_path).worksheets[1].iter_rows(values_only=True)
    row = dict(zip(heading, first, strict=True))
    assert row["Last mail"] is None
    second = dict(zip(heading, list(written(tmp_path).worksheets[1].values)[2], strict=True))
    assert isinstance(second["Last mail"], datetime)
    assert isinstance(second["Days"], int)


def test_no_cell_runs(tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://x.example")'
    client = Client(2, (2,), {"legal_name": formula, "contact_email": "+1@x.be"})
    made = state()
    made.clients.loc[0, ["name", "email"]] = [PlanEntry(client).name, "@SUM(1)"]
    cells = [cell for sheet in written(tmp_path, made) for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == formula for cell in cells)
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert all(cell.quotePrefix for cell in cells if str(cell.value) in (formula, "@SUM(1)"))


def test_numbers_of_persons_are_masked_unless_asked_for(tmp_path: Path) -> None:
    assert NUMBER not in " ".join(texts(written(tmp_path)))
    assert "**.**.**-***.28" in " ".join(texts(written(tmp_path)))
    assert NUMBER in " ".join(texts(written(tmp_path, masks=False)))
    assert HARM in texts(written(tmp_path))


def test_the_same_state_is_the_same_file_readable_by_its_owner_and_known_again(tmp_path: Path) -> None:
    written(tmp_path)
    first = (tmp_path / "state.xlsx").read_bytes()
    written(tmp_path)
    assert (tmp_path / "state.xlsx").read_bytes() == first
    assert (tmp_path / "state.xlsx").stat().st_mode & 0o777 == 0o600
    assert is_account_workbook(tmp_path / "state.xlsx")
    (tmp_path / "other.xlsx").write_bytes(b"PK\x03\x04")
    assert not is_account_workbook(tmp_path / "other.xlsx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_begins_with_the_numbers_of_the_page(tmp_path: Path, language: str) -> None:
    overview = dict(row[:2] for row in written(tmp_path, language=language).worksheets[0].iter_rows(values_only=True))
    tables = StateTables(state(), message_catalog(language), masks=True)
    totals = {
        message_catalog(language).phrase(f"account.tile.{key}"): number for key, number in tables.totals().items()
    }
    assert {label: overview[label] for label in totals} == totals
    assert mask_text(tables.about()) in overview
