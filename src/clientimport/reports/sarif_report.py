"""Reports as SARIF 2.1.0, which code hosts and editors show (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from clientimport import __version__
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.messages.printable import escape_for_json
from clientimport.model.finding import Finding, Severity
from clientimport.model.masking import mask_page
from clientimport.model.report import Report, sum_totals
from clientimport.model.table import column_index
from clientimport.reports.protocol import ReportContext
from clientimport.schema.finding_catalog import finding_kinds

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.REPAIR: "note"}


def as_sarif(reports: Sequence[Report], context: ReportContext) -> str:
    """Return one run over all files; a region is the row and column in the spreadsheet, both from 1."""
    codes = tuple(dict.fromkeys(finding.code for report in reports for finding in report.findings))
    driver = {
        "name": "clientimport",
        "version": __version__,
        "rules": [_rule(code, context) for code in codes],
    }
    results = [_result(report, finding, codes, context) for report in reports for finding in report.findings]
    run = {
        "tool": {"driver": driver},
        "language": context.messages.language,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True, "exitCode": context.exit_code}],
        "results": results,
        "properties": {"totals": sum_totals(reports).to_document()},
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return escape_for_json(mask_page(text) if context.masks else text)


def _rule(code: str, context: ReportContext) -> dict[str, object]:
    messages, kind = context.messages.findings[code], finding_kinds()[code]
    rule: dict[str, object] = {
        "id": code,
        "shortDescription": {"text": messages.title},
        "fullDescription": {"text": messages.explain},
        "help": {"text": f"{messages.explain}\n{kind.source}"},
        "defaultConfiguration": {"level": _LEVEL[kind.severity]},
    }
    return {**rule, "helpUri": kind.source} if kind.source.startswith("https://") else rule


def _result(report: Report, finding: Finding, codes: Sequence[str], context: ReportContext) -> dict[str, object]:
    messages, show = context.messages, not context.masks
    text = " ".join(
        (
            finding_message(messages, finding, show_personal_data=show),
            finding_advice(messages, finding, show_personal_data=show),
        )
    )
    column = column_index(finding.column) + 1 if finding.column else 1
    region = {"startLine": finding.row or report.header_row or 1, "startColumn": column}
    physical = {"artifactLocation": {"uri": _uri(report.file)}, "region": region}
    logical = {"name": finding.cell or finding.column or report.sheet or "table", "kind": "member"}
    if report.sheet:
        logical["fullyQualifiedName"] = f"{report.sheet}!{logical['name']}"
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVEL[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": physical, "logicalLocations": [logical]}],
        "partialFingerprints": {"place/v1": _fingerprint(report, finding)},
    }


def _uri(file: str) -> str:
    """Return the file's place, relative where it was given so.

    >>> _uri("lijst klanten.xlsx"), _uri("-")
    ('lijst%20klanten.xlsx', 'stdin')
    """
    if file == "-":
        return "stdin"
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _fingerprint(report: Report, finding: Finding) -> str:
    """Return what stays the same from one check to the next; it holds no value of the file."""
    parts = (Path(report.file).name, report.sheet or "", finding.code, finding.field or "", finding.cell or "")
    return hashlib.sha256("\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:32]
