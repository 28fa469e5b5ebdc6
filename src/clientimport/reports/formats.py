"""The formats of a report, one module each, by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from clientimport.model.report import Report
from clientimport.reports.protocol import ReportContext, ReportFormat


@dataclass(frozen=True, slots=True)
class LazyFormat:
    """A format whose module is loaded when something is shown in it: nobody needs all of them."""

    module: str
    function: str

    def __call__(self, reports: Sequence[Report], occasion: ReportContext) -> str:
        """Return the reports as one text, without a final line break."""
        shown: ReportFormat = getattr(import_module(f"clientimport.reports.{self.module}"), self.function)
        return shown(reports, occasion)


FORMATS: Mapping[str, ReportFormat] = {
    "text": LazyFormat("text_report", "as_text"),
    "json": LazyFormat("json_report", "as_json"),
    "jsonl": LazyFormat("jsonl_report", "as_json_lines"),
    "csv": LazyFormat("csv_report", "as_csv"),
    "html": LazyFormat("html.html_report", "as_html"),
    "junit": LazyFormat("junit_report", "as_junit"),
    "sarif": LazyFormat("sarif_report", "as_sarif"),
    "github": LazyFormat("github_report", "as_github"),
}
"""Every format by its name."""
