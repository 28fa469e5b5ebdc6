"""Reports that programs read: each is parsed by the program it is for, or as that program parses it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
from junitparser import JUnitXml

from clientimport.messages.catalog import message_catalog
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import Report
from clientimport.reports.csv_report import COLUMNS
from clientimport.reports.formats import FORMATS, TEXT_FORMATS
from clientimport.reports.json_report import report_data
from clientimport.reports.protocol import ReportContext

ENGLISH = ReportContext(message_catalog("en"), "accounton", "Accounton", exit_code=1)
NUMBER = "85.07.30-033.28"


def finding(row: int | None, value: str = "BE00", severity: Severity = Severity.ERROR, field: str = "iban") -> Finding:
    return Finding("iban.check_digits", severity, row, "C", field, "Number", value)


def report(*findings: Finding, file: str = "clients.xlsx") -> Report:
    return Report(file, "Clients", 3, 5, findings, (4, 5, 6, 7, 9))


REPORT = report(finding(None), finding(4), finding(4, "BE01", Severity.WARNING), finding(9, "x", Severity.REPAIR))


def made(name: str, *reports: Report, occasion: ReportContext = ENGLISH) -> str:
    text = FORMATS[name](reports or (REPORT,), occasion)
    assert isinstance(text, str)
    return text


def test_json_lines_say_the_same_as_json_and_end_with_the_totals() -> None:
    lines = [json.loads(line) for line in made("jsonl", REPORT, REPORT).splitlines()]
    whole = report_data((REPORT, REPORT), ENGLISH)
    found = [
        {k: v for k, v in line.items() if k not in ("type", "file")} for line in lines if line["type"] == "finding"
    ]
    assert found == [one for file in whole["files"] for one in file["findings"]]  # type: ignore[attr-defined]
    assert [line["type"] for line in lines].count("file") == 2
    assert {k: v for k, v in lines[-1].items() if k in whole["totals"]} == whole["totals"]  # type: ignore[operator]


@pytest.mark.parametrize("harm", ["=1+1", "+32475123456", "-5", "@x", "\t=1", "＝1", "'t Hof", ";\n", '"'])
def test_csv_runs_nothing_and_gives_every_text_back(harm: str) -> None:
    text = made("csv", report(finding(4, harm)))
    assert text.startswith("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")
    assert tuple(row) == COLUMNS
    assert row["value"][0] not in "=+-@\t\r＝"
    assert row["value"].removeprefix("'") == harm.removeprefix("'") or row["value"] == f"'{harm}"
    assert row["cell"] == "C4"


def test_junit_has_a_case_for_every_row_and_fails_those_that_count() -> None:
    suites = JUnitXml.fromstring(made("junit", REPORT, report()).encode())
    first, second = list(suites)
    assert (first.tests, first.failures) == (6, 2)
    assert (second.tests, second.failures) == (6, 0)
    assert [case.name for case in first] == ["Table", "Row 4", "Row 5", "Row 6", "Row 7", "Row 9"]
    assert [bool(case.result) for case in first] == [True, True, False, False, False, False]
    assert "BE01" in made("junit", report(finding(4, "BE01", Severity.WARNING)))


def test_junit_fails_on_what_the_exit_code_fails_on() -> None:
    warned = report(finding(4, severity=Severity.WARNING))
    for fails_on, failures in ((Severity.ERROR, 0), (Severity.WARNING, 1)):
        suites = JUnitXml.fromstring(made("junit", warned, occasion=replace(ENGLISH, fails_on=fails_on)).encode())
        assert suites.failures == failures


def test_no_character_of_a_cell_breaks_the_xml() -> None:
    odd = report(finding(4, "".join(map(chr, range(0x20))) + "]]><x>&\ud800\ufffe"))
    JUnitXml.fromstring(made("junit", odd).encode("utf-8", "replace"))


def test_sarif_points_at_row_and_column_and_explains_its_rules() -> None:
    run = json.loads(made("sarif"))["runs"][0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert [rule["id"] for rule in rules] == ["iban.check_digits"]
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert regions == [{"startLine": row, "startColumn": 3} for row in (3, 4, 4, 9)]
    assert [one["level"] for one in results] == ["error", "error", "warning", "note"]
    assert all(rules[one["ruleIndex"]]["id"] == one["ruleId"] for one in results)


def test_a_sarif_fingerprint_stays_while_the_value_changes_and_tells_places_apart() -> None:
    def prints(*findings: Finding) -> list[str]:
        run = json.loads(made("sarif", report(*findings)))["runs"][0]
        return [one["partialFingerprints"]["place/v1"] for one in run["results"]]

    assert prints(finding(4, "a")) == prints(finding(4, "b"))
    assert len(set(prints(finding(4), finding(5), finding(None)))) == 3


COMMAND = re.compile(r"::(error|warning|notice) file=([^,:]+),line=(\d+),title=([^,:]*)::(.*)")


def test_github_gets_one_command_a_finding_and_the_conclusion_in_words() -> None:
    lines = made("github", report(finding(4, "100%\n::error::x, y: z"))).splitlines()
    command = COMMAND.fullmatch(lines[0])
    assert command
    assert command[1] == "error"
    assert command[3] == "4"
    assert "100%25" in command[5]
    assert lines[1].startswith("4 of 5 rows are in order")
    assert len(lines) == 2


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_national_register_numbers_are_masked_in_every_format_unless_asked_for(name: str) -> None:
    asked = report(finding(4, NUMBER, field="national_register_number"))
    assert NUMBER not in made(name, asked)
    assert "85073003328" not in made(name, asked)
    assert NUMBER in made(name, asked, occasion=replace(ENGLISH, masks=False)).replace("\n", "")


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_a_national_register_number_is_masked_wherever_a_finding_holds_it(name: str) -> None:
    held = replace(finding(4, f"x {NUMBER}"), code="email.misspelt_domain", facts={"domain": NUMBER, "known": NUMBER})
    asked = report(replace(held, header=f"Of {NUMBER}", suggestion=NUMBER))
    assert "033" not in made(name, asked)


@pytest.mark.parametrize("name", TEXT_FORMATS)
def test_several_files_are_in_one_report(name: str) -> None:
    text = made(name, report(finding(4), file="a.xlsx"), report(finding(5), file="b.xlsx"))
    assert "a.xlsx" in text
    assert "b.xlsx" in text
