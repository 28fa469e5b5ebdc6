from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from kbo import Invented, company_number, write_full, write_update

from command_line import clientimport

ONE = company_number(4_000_000)


def full(folder: Path, number: int = 190, snapshot: date | None = None) -> Path:
    file = folder / f"KboOpenData_{number:04}_2026_11_06_Full.zip"
    write_full(file, [Invented(ONE, "Bakkerij Peeters")], number, snapshot or datetime.now(UTC).date())
    return file


def test_an_extract_is_loaded_and_its_age_told(tmp_path: Path, home: Path) -> None:
    loaded = clientimport("registers", "load", full(tmp_path), "--json")
    assert (loaded.exit_code, loaded.json["loaded"]) == (0, ["KboOpenData_0190_2026_11_06_Full.zip"])
    status = clientimport("registers", "status", "--json").json
    assert (status["kbo"]["extract"], status["kbo"]["old"], status["kbo"]["counts"]["enterprise"]) == (190, False, 1)
    assert status["vies"] == {"answers": 0}
    assert (home / "registers" / "kbo.db").stat().st_mode & 0o77 == 0


def test_an_extract_of_two_months_ago_is_old(tmp_path: Path, home: Path) -> None:
    today = datetime.now(UTC).date()
    clientimport("registers", "load", full(tmp_path, snapshot=today - timedelta(days=61)))
    assert clientimport("registers", "status", "--json").json["kbo"]["old"] is True
    assert "61 dagen oud" in clientimport("registers", "status", "--language", "nl").out
    clientimport("registers", "load", full(tmp_path, 191, today - timedelta(days=60)))
    assert clientimport("registers", "status", "--json").json["kbo"]["old"] is False


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_gap_is_told_with_the_extract_that_is_missing(tmp_path: Path, home: Path, language: str) -> None:
    clientimport("registers", "load", full(tmp_path))
    update = tmp_path / "KboOpenData_0192_2026_11_08_Update.zip"
    write_update(update, (), (), 192, date(2026, 11, 8))
    refused = clientimport("registers", "load", update, "--language", language)
    assert refused.exit_code == 2
    assert "191" in refused.err


def test_a_file_that_is_cut_off_or_is_none_is_told_by_name(tmp_path: Path, home: Path) -> None:
    whole = full(tmp_path)
    whole.write_bytes(whole.read_bytes()[:700])
    (tmp_path / "clients.csv").write_text("Naam\nA\n")
    for file, code in ((whole, "kbo.not_whole"), ("clients.csv", "kbo.not_whole"), ("none.zip", "file.not_found")):
        refused = clientimport("registers", "load", file, "--json")
        assert (refused.exit_code, refused.json["error"]["code"]) == (2, code)
        assert Path(file).name in refused.json["error"]["message"]


def test_what_is_forgotten_is_gone_and_nobody_is_asked_for_nothing(tmp_path: Path, home: Path) -> None:
    clientimport("registers", "load", full(tmp_path))
    assert clientimport("registers", "forget").exit_code == 2  # nobody can be asked
    assert clientimport("registers", "forget", "--yes", "--json").json["forgotten"] == ["kbo.db"]
    assert clientimport("registers", "status", "--json").json["kbo"] is None
    assert sorted(file.name for file in (home / "registers").iterdir()) == ["load.lock"]
