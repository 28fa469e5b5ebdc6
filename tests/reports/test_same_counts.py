"""Every report of one file counts the same: what a colleague reads on the page is what the terminal says."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clientimport.messages.catalog import message_catalog
from clientimport.schema.data_files import data_folder
from clientimport.schema.fields import LANGUAGES
from command_line import clientimport

MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
NAMES = {"error": "errors", "warning": "warnings", "info": "infos", "repair": "repairs"}
LEVELS = {"error": ("errors",), "warning": ("warnings",), "note": ("infos", "repairs")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_report_counts_the_same(language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    files = {name: tmp_path / f"report.{name}" for name in ("text", "html", "xlsx", "csv", "jsonl", "sarif", "github")}
    options = [word for name, path in files.items() for word in ("--report", f"{name}={path}")]
    answer = clientimport("validate", MESSY, "-p", "banqup-partner", "--language", language, "--json", *options)
    totals = answer.json["totals"]
    counts = {name: totals[name] for name in NAMES.values()}
    assert all(counts.values())
    sentence = counted(language, totals)
    assert " ".join(files["text"].read_text(encoding="utf-8").split()).count(sentence) == 2  # on top and at the end
    assert f'<p class="counted">{sentence}</p>' in files["html"].read_text(encoding="utf-8")
    assert files["github"].read_text(encoding="utf-8").splitlines()[-1] == sentence
    assert of_page(files["html"]) == counts
    assert of_workbook(files["xlsx"], language) == counts
    rows = csv.DictReader(io.StringIO(files["csv"].read_text(encoding="utf-8-sig")), delimiter=";")
    assert Counter(NAMES[row["severity"]] for row in rows) == counts
    last = json.loads(files["jsonl"].read_text(encoding="utf-8").splitlines()[-1])
    assert {name: last[name] for name in counts} == counts
    levels = Counter(result["level"] for result in json.loads(files["sarif"].read_text())["runs"][0]["results"])
    assert levels == {level: sum(counts[name] for name in names) for level, names in LEVELS.items()}


def counted(language: str, totals: dict[str, int]) -> str:
    """Return the counts as each report says them."""
    words = message_catalog(language)
    clean = words.plural("report.clean", totals["clean_rows"], rows=totals["rows"])
    others = (
        words.plural(f"report.{name}", totals[name])
        for name in ("errors", "warnings", "repairs", "infos")
        if totals[name]
    )
    return " · ".join((clean, *others))


def of_page(file: Path) -> dict[str, int]:
    """Return how many rows the page has of each severity."""
    groups = re.split(r'<details class="group ', file.read_text(encoding="utf-8"))[1:]
    counts: Counter[str] = Counter()
    for group in groups:
        severity = group.partition('"')[0]
        if severity in NAMES:
            counts[NAMES[severity]] += group.count('<th scope="row">')
    return dict(counts)


def of_workbook(file: Path, language: str) -> dict[str, int]:
    """Return how many findings the two sheets of ours list of each severity."""
    words, book = message_catalog(language), load_workbook(file)
    summary, repairs = (book[words.phrase(key)] for key in ("summary.name", "repairs.name"))
    names = {words.phrase(f"severity.{severity}"): name for severity, name in NAMES.items()}
    rows = [[str(cell or "") for cell in row] for row in summary.iter_rows(values_only=True)]
    listed = Counter(names[row[0]] for row in rows if row[0] in names and row[6])
    cells = [row[2] for row in repairs.iter_rows(values_only=True) if re.fullmatch(r"[A-Z]+\d+", str(row[2]))]
    return {**listed, "repairs": len(cells)}
