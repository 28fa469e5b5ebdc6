"""Reports as JUnit XML: a suite a file, a case a row, so that a pipeline shows the rows that fail."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.messages.printable import printable
from clientimport.model.finding import Finding, Severity
from clientimport.model.masking import mask_page
from clientimport.model.report import Report
from clientimport.reports.protocol import ReportContext

_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


def as_junit(reports: Sequence[Report], context: ReportContext) -> str:
    """Return the suites in the form that pipelines read (https://github.com/testmoapp/junitxml).

    A case fails when its row has a finding that counts for the exit code; the other findings stand in its output.
    What is about the whole table has a case of its own.
    """
    root = Element("testsuites", name="clientimport validate")
    for report in reports:
        _suite(root, report, context)
    for name in ("tests", "failures"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}'
    return mask_page(text) if context.masks else text


def _suite(root: Element, report: Report, context: ReportContext) -> None:
    name = f"{report.file} {report.sheet}" if report.sheet else report.file
    suite = SubElement(root, "testsuite", name=_fit(name))
    by_row = _by_row(report.findings)
    for row in (None, *report.row_numbers):
        _case(suite, row, by_row.get(row, []), report, context)
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in suite)))
    for kind in ("errors", "skipped"):
        suite.set(kind, "0")


def _by_row(findings: Sequence[Finding]) -> Mapping[int | None, list[Finding]]:
    rows: dict[int | None, list[Finding]] = {}
    for finding in findings:
        rows.setdefault(finding.row, []).append(finding)
    return rows


def _case(suite: Element, row: int | None, findings: list[Finding], report: Report, context: ReportContext) -> None:
    messages = context.messages
    name = messages.phrase("junit.table") if row is None else messages.phrase("junit.row", row=row)
    case = SubElement(suite, "testcase", name=name, classname=_fit(report.file), time="0")
    failing = [finding for finding in findings if _fails(finding, context)]
    others = [finding for finding in findings if finding not in failing]
    if failing:
        first = messages.findings[failing[0].code].title
        failure = SubElement(case, "failure", message=_fit(first), type=failing[0].code)
        failure.text = "\n".join(_sentence(finding, context) for finding in failing)
    if others:
        SubElement(case, "system-out").text = "\n".join(_sentence(finding, context) for finding in others)


def _fails(finding: Finding, context: ReportContext) -> bool:
    return finding.severity is Severity.ERROR or finding.severity is context.fails_on


def _sentence(finding: Finding, context: ReportContext) -> str:
    messages, show = context.messages, not context.masks
    place = finding.cell or finding.column or ""
    sentences = (
        finding_message(messages, finding, show_personal_data=show),
        finding_advice(messages, finding, show_personal_data=show),
    )
    return _fit(" ".join(filter(None, (f"{place}:" if place else "", *sentences))))


def _fit(text: str) -> str:
    """Return `text` without what XML cannot hold (https://www.w3.org/TR/xml/#charsets) or a terminal would obey."""
    return _NO_XML.sub("\ufffd", printable(text))
