from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from clientimport.model.finding import Finding, Severity
from clientimport.model.findings import FindingColumn, FindingSequence, Noticed, in_columns
from clientimport.model.report import Report

CODES = ("iban.spaces", "text.spaces", "derived.street")
COLUMNS = (None, "A", "C", "AA")


def column(code: str, letter: str | None, severity: Severity, rows: list[int]) -> FindingColumn:
    texts = pa.array([f"{row} " for row in rows], pa.string())
    facts = {"apart": texts} if code == "derived.street" else {}
    suggestions = None if code == "derived.street" else texts
    return FindingColumn(code, severity, np.array(rows, np.int64), texts, letter, "iban", "Nr", suggestions, facts)


severities = st.sampled_from(Severity)
singles = st.builds(
    lambda code, severity, row, letter: Finding(code, severity, row, letter, facts={"a": "b"}),
    *(st.sampled_from(CODES), severities, st.none() | st.integers(1, 30), st.sampled_from(COLUMNS)),
)
columns = st.builds(
    column,
    *(st.sampled_from(CODES), st.sampled_from(COLUMNS), severities),
    st.lists(st.integers(1, 30), unique=True).map(sorted),
)
noticed = st.lists(singles | columns, max_size=8)


def one_by_one(items: list[Noticed]) -> list[Finding]:
    return [finding for item in items for finding in ((item,) if isinstance(item, Finding) else item)]


@given(noticed)
def test_findings_in_columns_come_in_the_order_of_findings_one_by_one(items: list[Noticed]) -> None:
    expected = sorted(one_by_one(items), key=lambda f: (f.row or 0, len(f.column or ""), f.column or "", f.code))
    findings = FindingSequence(items).sorted()
    assert list(findings) == expected
    assert len(findings) == len(expected)
    assert [findings[index] for index in range(len(findings))] == expected
    assert findings[1:4] == tuple(expected[1:4])
    assert findings == tuple(expected)


@given(noticed, st.sets(severities))
def test_none_is_lost_and_none_is_added_where_some_severities_are_asked_for(
    items: list[Noticed], asked: set[Severity]
) -> None:
    findings = FindingSequence(items).sorted()
    assert list(findings.with_severity(*asked)) == [finding for finding in findings if finding.severity in asked]


@given(noticed)
def test_a_report_counts_findings_in_columns_as_it_counts_them_one_by_one(items: list[Noticed]) -> None:
    findings = FindingSequence(items).sorted()
    by_column, by_finding = (Report("a.csv", None, 1, 40, some) for some in (findings, tuple(findings)))
    assert by_column.totals == by_finding.totals
    for severity in Severity:
        rows = {finding.row for finding in findings if finding.severity is severity and finding.row}
        assert by_column.rows_with(severity) == by_finding.rows_with(severity) == rows
        assert by_column.fails_on(severity) == by_finding.fails_on(severity)


SIMILAR = st.builds(
    Finding,
    st.sampled_from(["iban.shared", "text.spaces"]),
    st.sampled_from([Severity.WARNING, Severity.ERROR]),
    st.sampled_from([None, 2, 3, 12]),
    st.sampled_from([None, "A", "AB"]),
    st.sampled_from([None, "iban"]),
    st.sampled_from([None, "IBAN"]),
    st.sampled_from([None, "", "x"]),
    st.sampled_from([None, "y"]),
    st.dictionaries(st.sampled_from(["first_row", "other"]), st.sampled_from(["2", "3"])),
    st.sampled_from([None, "Sheet1"]),
)


@given(st.lists(SIMILAR, max_size=12), st.integers(1, 3))
def test_findings_in_columns_are_the_same_findings(findings: list[Finding], least: int) -> None:
    together = FindingSequence(in_columns(findings, least)).sorted()
    assert sorted(map(repr, together)) == sorted(map(repr, findings))
    order = [(finding.row or 0, len(finding.column or ""), finding.column or "", finding.code) for finding in together]
    assert order == sorted(order)


def test_many_findings_of_one_kind_become_one_column() -> None:
    findings = [Finding("iban.shared", Severity.WARNING, row, "B", facts={"first_row": "2"}) for row in range(3, 6)]
    packed = in_columns([*findings, Finding("iban.shared", Severity.WARNING, 9, "C")], 3)
    assert [type(item) for item in packed] == [Finding, FindingColumn]
    assert in_columns(findings, 4) == findings
