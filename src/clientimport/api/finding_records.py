"""Findings as records, the rows of a frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clientimport.api.display import Display
from clientimport.messages.finding_messages import finding_advice
from clientimport.model.finding import Finding
from clientimport.reports.json_report import finding_data

FINDING_COLUMNS = (
    *("code", "severity", "row", "column", "cell", "field", "header", "value", "suggestion", "message", "mend"),
    *("sheet", "sheet_row"),
)
"""What is known of a finding, as in the JSON, with what to do about it."""


def finding_records(findings: Iterable[Finding], display: Display) -> Iterator[dict[str, object]]:
    """Yield findings with their sentences."""
    messages, shows = display.messages, not display.masks
    for finding in findings:
        data = finding_data(finding, messages, masks=display.masks)
        yield {
            **data,
            "severity": finding.severity,
            "mend": finding_advice(messages, finding, show_personal_data=shows),
        }
