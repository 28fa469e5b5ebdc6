"""The formats of a report, one module each, by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from clientimport.model.report import Report
from clientimport.reports.protocol import Format, Occasion


@dataclass(frozen=True, slots=True)
class _Loaded:
    """A format whose module is loaded when something is shown in it: nobody needs all of them."""

    module: str
    function: str

    def __call__(self, reports: Sequence[Report], occasion: Occasion) -> str:
        """Return the reports as one text, without a final line break."""
        shown: Format = getattr(import_module(f"clientimport.reports.{self.module}"), self.function)
        return shown(reports, occasion)


FORMATS: Mapping[str, Format] = {
    "text": _Loaded("text_report", "as_text"),
    "json": _Loaded("json_report", "as_json"),
    "jsonl": _Loaded("jsonl_report", "as_json_lines"),
    "csv": _Loaded("csv_report", "as_csv"),
    "html": _Loaded("html.html_report", "as_html"),
    "junit": _Loaded("junit_report", "as_junit"),
    "sarif": _Loaded("sarif_report", "as_sarif"),
    "github": _Loaded("github_report", "as_github"),
}
"""Every format by its name."""
