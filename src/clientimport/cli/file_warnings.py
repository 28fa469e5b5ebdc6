"""The warnings of a file, told beside what a command is for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clientimport.cli.console import Console

if TYPE_CHECKING:
    from clientimport.model.finding import Finding


def warnings_data(findings: Iterable[Finding], screen: Console) -> list[dict[str, object]]:
    """Return what JSON says of the warnings among these findings."""
    from clientimport.reports.json_report import finding_data

    return [finding_data(one, screen.messages, masks=screen.masks) for one in _warnings(findings)]


def warnings_text(findings: Iterable[Finding], screen: Console) -> str:
    """Return the kinds of warnings with the rows of each on one line; empty where there are none."""
    from clientimport.reports.row_ranges import row_ranges

    rows: dict[str, list[int]] = {}
    warnings = _warnings(findings)
    for one in warnings:
        rows.setdefault(one.code, []).append(one.row or 0)
    words = screen.messages
    kinds = (f"{words.findings[code].title} ({row_ranges(sorted(set(where)))})" for code, where in rows.items())
    return words.with_label(words.plural("report.warnings", len(warnings)), f"{'; '.join(kinds)}.") if warnings else ""


def _warnings(findings: Iterable[Finding]) -> list[Finding]:
    from clientimport.model.finding import Severity

    return [one for one in findings if one.severity is Severity.WARNING and one.row is not None]
