"""The formats of a report, one module each, by the name that `--format` takes."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.reports.interface import Format
from clientimport.reports.json_report import as_json
from clientimport.reports.text import as_text

FORMATS: Mapping[str, Format] = {"text": as_text, "json": as_json}
"""Every format by its name."""
