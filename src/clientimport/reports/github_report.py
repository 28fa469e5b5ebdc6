"""Reports as GitHub annotations: workflow commands, one a finding, and the conclusion in plain words at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.messages.printable import printable_lines
from clientimport.model.finding import Finding, Severity
from clientimport.model.masking import mask_page
from clientimport.model.report import Report, sum_totals
from clientimport.reports.protocol import ReportContext
from clientimport.reports.text_report import totals_sentence

_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice", Severity.REPAIR: "notice"}


def as_github(reports: Sequence[Report], context: ReportContext) -> str:
    """Return https://docs.github.com/actions/reference/workflow-commands-for-github-actions.

    GitHub shows ten of a level beside the files; all of them stand in the step's log.
    """
    lines = [_annotation(report, finding, context) for report in reports for finding in report.findings]
    text = "\n".join((*lines, totals_sentence(sum_totals(reports), context.messages)))
    return mask_page(text) if context.masks else text


def _annotation(report: Report, finding: Finding, context: ReportContext) -> str:
    messages, show = context.messages, not context.masks
    text = " ".join(
        (
            finding_message(messages, finding, show_personal_data=show),
            finding_advice(messages, finding, show_personal_data=show),
        )
    )
    place = {"file": report.file, "line": str(finding.row or report.header_row or 1)}
    place["title"] = " ".join(_title(finding, context))
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    return f"::{_LEVEL[finding.severity]} {properties}::{_data(text)}"


def _title(finding: Finding, context: ReportContext) -> Iterator[str]:
    if place := finding.cell or finding.column:
        yield f"{place}:"
    yield context.messages.findings[finding.code].title


def _data(text: str) -> str:
    return printable_lines(text.replace("\r\n", "\n")).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
