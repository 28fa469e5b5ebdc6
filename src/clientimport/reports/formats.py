"""The formats of a report, one module each, by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.reports.csv_report import as_csv
from clientimport.reports.github import as_github
from clientimport.reports.interface import Format
from clientimport.reports.json_lines import as_json_lines
from clientimport.reports.json_report import as_json
from clientimport.reports.junit import as_junit
from clientimport.reports.page.html import as_html
from clientimport.reports.sarif import as_sarif
from clientimport.reports.text import as_text

FORMATS: Mapping[str, Format] = {
    "text": as_text,
    "json": as_json,
    "jsonl": as_json_lines,
    "csv": as_csv,
    "html": as_html,
    "junit": as_junit,
    "sarif": as_sarif,
    "github": as_github,
}
"""Every format by its name."""
