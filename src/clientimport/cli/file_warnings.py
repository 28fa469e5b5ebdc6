"""The warnings of a file, for commands that have another result than the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.model.finding import Severity
from clientimport.model.findings import with_severity
from clientimport.model.row_ranges import row_ranges
from clientimport.reports.json_report import finding_data

if TYPE_CHECKING:
    from clientimport.model.finding import Finding


def warnings_data(findings: Iterable[Finding], console: Console) -> list[dict[str, object]]:
    """Return what JSON says of the warnings among these findings."""
    return [finding_data(finding, console.messages, masks=console.masks) for finding in _warnings(findings)]


def warnings_text(findings: Iterable[Finding], console: Console) -> str:
    """Return the kinds of warnings with the rows of each on one line; empty where there are none."""
    rows: dict[str, list[int]] = {}
    warnings = _warnings(findings)
    for finding in warnings:
        rows.setdefault(finding.code, []).append(finding.row or 0)
    messages = console.messages
    kinds = (f"{messages.findings[code].title} ({row_ranges(sorted(set(where)))})" for code, where in rows.items())
    return (
        messages.with_label(messages.plural("report.warnings", len(warnings)), f"{'; '.join(kinds)}.")
        if warnings
        else ""
    )


def _warnings(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in with_severity(findings, Severity.WARNING) if finding.row is not None]
