"""`merge --check` and `--fill-from`: what the registers know of the merged list, and nothing of a list overwritten."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from kbo import Invented, company_number, write_full
from openpyxl import load_workbook

import clientimport as ci
from command_line import Answer, clientimport

FULL, BANKRUPT, OTHER, GONE = (company_number(4_000_000 + at) for at in range(4))
KNOWN = (
    Invented(FULL, "Bakkerij Peeters", box="3"),
    Invented(BANKRUPT, "Garage Maes", situation="050"),
    Invented(OTHER, "Heel Iemand Anders"),
)
CRM = f"Naam;Ondernemingsnummer;E-mail\nBakkerij Peeters BV;{FULL};an@acme.be\nGarage Maes;{BANKRUPT};bo@maes.be\n"
BOOKS = f"Ondernemingsnummer;IBAN;Gemeente;Straat\n{FULL};BE05001100792675;;\n{OTHER};;;fout\n{GONE};;Aalst;\n"


@pytest.fixture(autouse=True)
def lists(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write two lists, and load an index of the KBO that knows three of their four companies."""
    monkeypatch.chdir(tmp_path)
    write_full(tmp_path / "full.zip", KNOWN, 190, datetime.now(UTC).date())
    assert clientimport("registers", "load", tmp_path / "full.zip").exit_code == 0
    Path("crm.csv").write_text(CRM, encoding="utf-8")
    Path("books.csv").write_text(BOOKS, encoding="utf-8")


def merged(*options: str) -> Answer:
    return clientimport("merge", "crm.csv", "books.csv", "-p", "banqup-partner", "-o", "out.xlsx", "--force", *options)


def sheet(number: int) -> list[dict[str, Any]]:
    """Return the rows of a sheet of the merged workbook, by header."""
    top, *rows = load_workbook("out.xlsx").worksheets[number].iter_rows(values_only=True)
    return [dict(zip(map(str, top), row, strict=True)) for row in rows]


def test_a_check_names_the_rows_of_the_merged_list() -> None:
    findings = merged("--check", "kbo", "--json").json["findings"]
    about = {(finding["code"], finding["row"]) for finding in findings if finding["row"]}
    assert ("kbo.situation", 3) in about
    assert ("kbo.unknown", 5) in about
    assert not [row for code, row in about if code != "kbo.address_differs" and row == 2]
    assert BANKRUPT in sheet(0)[1].values()
    shown = merged("--check", "kbo", "--language", "en").out
    assert "(3)" in shown


def test_empty_cells_are_filled_and_have_the_kbo_as_their_source() -> None:
    answer = merged("--fill-from", "kbo", "--json", "--language", "en").json
    filled = {(f["row"], f["field"]) for f in answer["findings"] if f["code"] == "kbo.filled"}
    assert {(2, "street"), (2, "city"), (4, "legal_name")} <= filled
    assert (2, "legal_name") not in filled  # the CRM has one
    names, origins = sheet(0), sheet(-1)
    header = next(name for name, value in names[0].items() if value == "Bakkerij Peeters BV")
    assert [row[header] for row in names] == ["Bakkerij Peeters BV", "Garage Maes", "Heel Iemand Anders", None]
    assert [row[header] for row in origins] == ["crm 2", "crm 3", "KBO", None]


def test_a_cell_that_holds_something_is_not_filled() -> None:
    merged("--fill-from", "kbo", "--json")
    assert "Aalst" in sheet(0)[3].values()
    assert not merged("--json").json["findings"]


def test_the_same_from_python() -> None:
    result = ci.merge([("crm.csv", "crm"), ("books.csv", "books")], platform="banqup-partner", fill_from="kbo")
    assert result.frame.loc[4, "legal_name"] == "Heel Iemand Anders"
    assert result.sources.loc[4, "legal_name"] == "KBO"
    assert set(result.findings["code"]) >= {"kbo.filled"}
    checked = ci.read("crm.csv", platform="banqup-partner").check("kbo").validate().findings
    assert "kbo.situation" in set(checked["code"])
    frame = pd.DataFrame({"Ondernemingsnummer": [float(OTHER)], "Land": ["BE"]})
    filled = ci.read(frame, platform="banqup-partner", fill_from="kbo").validate().findings
    assert "Heel Iemand Anders" in set(filled["suggestion"].dropna())


def test_a_register_that_there_is_not_is_named(home: Path) -> None:
    refused = merged("--check", "kbos", "--json").json
    assert refused["error"]["code"] == "registers.unknown"
    (home / "registers" / "kbo.db").unlink()
    assert merged("--check", "kbo").exit_code == 2
