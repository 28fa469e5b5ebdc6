"""The formats of a report, one module each, by the name that `--format` and `--report` take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from clientimport.reports.protocol import ReportContext, ReportFormat

if TYPE_CHECKING:
    from clientimport.model.report import Report  # NumPy and Arrow, which help does not need


@dataclass(frozen=True, slots=True)
class LazyFormat:
    """A format whose module is loaded when a report is made in it: no run needs all of them."""

    module: str
    function: str
    binary: bool = False
    """A file of its own instead of text, made of one report: for `--report` alone."""

    def __call__(self, reports: Sequence[Report], context: ReportContext) -> str | bytes:
        """Return the reports as one text without a final line break, or as the bytes of a file."""
        function: ReportFormat = getattr(import_module(f"clientimport.reports.{self.module}"), self.function)
        return function(reports, context)


FORMATS: Mapping[str, LazyFormat] = {
    "text": LazyFormat("text_report", "as_text"),
    "json": LazyFormat("json_report", "as_json"),
    "jsonl": LazyFormat("jsonl_report", "as_json_lines"),
    "csv": LazyFormat("csv_report", "as_csv"),
    "html": LazyFormat("html.html_report", "as_html"),
    "junit": LazyFormat("junit_report", "as_junit"),
    "sarif": LazyFormat("sarif_report", "as_sarif"),
    "github": LazyFormat("github_report", "as_github"),
    "xlsx": LazyFormat("annotated_report", "as_workbook", binary=True),
}
"""Every format by its name."""

TEXT_FORMATS = tuple(name for name, format_ in FORMATS.items() if not format_.binary)
"""Those that can be shown on a screen."""
