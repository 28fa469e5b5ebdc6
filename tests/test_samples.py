"""The samples: clean ones have no finding, messy ones match the report beside them, languages differ in words only."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import make
import pytest

from clientimport.schema.data_files import data_folder, platform_ids

FILES = sorted(file for file in data_folder("samples").glob("*/*.*") if file.suffix in {".xlsx", ".csv"})
PROSE = {"message"}


def golden(file: Path) -> Any:
    return json.loads(file.with_suffix(".report.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_sample_gets_the_report_beside_it(file: Path) -> None:
    assert make.report_of(file) == golden(file)


@pytest.mark.parametrize("file", [file for file in FILES if file.stem == "clean"], ids=lambda file: file.parent.name)
def test_a_clean_sample_has_no_finding(file: Path) -> None:
    (report,) = golden(file)["files"]
    assert report["findings"] == []
    assert report["clean_rows"] == report["rows"] > 0


def test_each_platform_has_a_clean_and_a_messy_sample() -> None:
    assert {(file.parent.name, file.stem) for file in FILES} == {
        (platform, stem) for platform in platform_ids() for stem in ("clean", "messy")
    }


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_the_languages_differ_in_words_only(language: str) -> None:
    file = data_folder("samples") / "banqup-partner" / "messy.xlsx"
    report, english = make.report_of(file, language), golden(file)
    messages = [finding["message"] for finding in report["files"][0]["findings"]]
    assert messages != [finding["message"] for finding in english["files"][0]["findings"]]
    assert _without_prose(report) == _without_prose(english)


def test_the_same_samples_are_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "HERE", tmp_path)
    make.write_files()
    for file in FILES:
        assert (tmp_path / file.parent.name / file.name).read_bytes() == file.read_bytes(), os.fspath(file)


def _without_prose(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_prose(inner) for key, inner in value.items() if key not in PROSE}
    return [_without_prose(inner) for inner in value] if isinstance(value, list) else value
