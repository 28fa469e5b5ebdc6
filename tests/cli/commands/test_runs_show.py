"""`runs show`: every row with its client, state, local time and reason, on a narrow screen and without a connection."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientimport.messages.added_headers import is_added_header
from clientimport.messages.catalog import LANGUAGES, message_catalog
from clientimport.schema.data_files import data_folder
from command_line import clientimport

LUX = ("-c", "sandbox", "-p", "banqup-console-lu", "--yes", "--accept-proposals")
HEADERS = "Client name;Address;ZIP;City;Country;RCS;VAT;IBAN;BIC;Language;Contact name;Contact language;Contact email"
ROWS = """
Moulin SARL;Rue du Fort 1;1111;Luxembourg;LU;B999991;;LU280019400644750000;;fr;Jean Muller;fr;jean@moulin.lu
Fort SARL;Rue du Fort 2;1111;Luxembourg;LU;B123991;;LU280019400644750000;;fr;Jean Muller;fr;jean@fort.lu
"""
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"


@pytest.fixture
def brussels(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this computer be in Brussels."""
    monkeypatch.setenv("TZ", "Europe/Brussels")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_nothing_is_wider_than_a_narrow_screen_and_every_row_says_what_became_of_it() -> None:
    run = clientimport("push", MESSY, "-c", "sandbox", "-p", "banqup-partner", "--yes", "--accept-proposals", "--json")
    for language in LANGUAGES:
        table = clientimport("runs", "show", "last", "--language", language).out.splitlines()
        assert [run.json["run"] in line for line in table] == [True, *[False] * (len(table) - 1)]  # it is shown already
        assert max(map(len, table[:-1])) <= 80
        for row in run.json["rows"]:
            (line,) = [line for line in table if re.match(rf"{row['row']} {{2,}}", line)]
            assert message_catalog(language).phrase(f"state.{row['state']}") in line
            assert row["name"].split()[0] in line


@pytest.mark.usefixtures("brussels")
@pytest.mark.parametrize(
    ("language", "moment"), [("nl", "05/07/2026 11:30"), ("fr", "05/07/2026 11:30"), ("de", "05.07.2026 11:30")]
)
def test_times_are_those_of_the_place_and_its_way_to_write_them(language: str, moment: str) -> None:
    import sqlite3

    from clientimport.settings.folders import folders

    clientimport("push", MESSY, "-c", "sandbox", "-p", "banqup-partner", "--yes", "--accept-proposals")
    with sqlite3.connect(folders().ledger) as sql:
        sql.execute("UPDATE row SET at = '2026-07-05T09:30:12+00:00' WHERE at IS NOT NULL")
        sql.execute("UPDATE run SET started = '2026-07-05T22:30:12+00:00'")
    sql.close()
    assert clientimport("runs", "show", "last", "--language", language).out.count(moment) == 9
    assert clientimport("runs", "show", "last", "--json").json["rows"][0]["at"] == "2026-07-05T09:30:12+00:00"
    for flags, number in ((("--since", "2026-07-06"), 1), (("--until", "2026-07-05"), 0)):
        assert len(clientimport("runs", "list", *flags, "--json").json["runs"]) == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_stands_there_in_the_platform_s_words_and_in_the_user_s(language: str, tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text(HEADERS + ROWS, encoding="utf-8")
    clientimport("push", "clients.csv", *LUX)
    shown = clientimport("runs", "show", "last", "--language", language)
    text = re.sub(r"\s+", " ", shown.out)
    assert "trn - est invalide" in text
    mend = message_catalog(language).findings["refusal.rcs_unknown"].mend
    assert " ".join(mend.split()) in text
    clientimport("runs", "export", "last", "-o", f"done-{language}.xlsx", "--language", language)
    sheet = load_workbook(f"done-{language}.xlsx").worksheets[0]
    reasons = [row[-4].value for row in sheet.iter_rows(min_row=2)]
    assert [bool(reason) for reason in reasons] == [True, False]
    assert "trn - est invalide" in str(reasons[0])


def test_no_connection_is_needed(tmp_path: Path, home: Path) -> None:
    clientimport("push", MESSY, "-c", "sandbox", "-p", "banqup-partner", "--yes", "--accept-proposals")
    (home / "sandbox.db").unlink()
    shown = clientimport("runs", "show", "last", "--json")
    assert (shown.exit_code, len(shown.json["rows"])) == (0, 12)
    assert {*shown.json["rows"][0]} >= {"row", "state", "client_id", "reason", "name", "at", "email"}


def test_the_columns_of_an_earlier_version_s_export_are_known_as_ours() -> None:
    assert is_added_header("clientimport: when (UTC)")
    assert is_added_header("clientimport: when")
