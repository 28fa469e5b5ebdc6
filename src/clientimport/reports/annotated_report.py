"""Reports as a workbook: the user's own file with what was noticed marked in it."""

from __future__ import annotations

from collections.abc import Sequence

from clientimport.model.report import Report
from clientimport.reports.protocol import ReportContext


def as_workbook(reports: Sequence[Report], context: ReportContext) -> bytes:
    """Return the file of the one report, marked by the function that the context has for it."""
    assert context.annotate is not None
    (report,) = reports
    return context.annotate(report)
