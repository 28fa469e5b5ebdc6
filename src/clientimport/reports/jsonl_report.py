"""Reports as JSON Lines: a line per file and per finding, the totals last, for pipes and large files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from clientimport.messages.printable import escape_for_json
from clientimport.model.masking import mask_page
from clientimport.model.report import Report, sum_totals
from clientimport.reports.json_report import file_data, finding_data
from clientimport.reports.protocol import ReportContext

VERSION = 1


def as_json_lines(reports: Sequence[Report], context: ReportContext) -> str:
    """Return one JSON object a line: `type` is file, finding or totals, and each finding names its file."""
    lines = (json.dumps(record, ensure_ascii=False, default=str) for record in _objects(reports, context))
    return "\n".join(escape_for_json(mask_page(line) if context.masks else line) for line in lines)


def _objects(reports: Sequence[Report], context: ReportContext) -> Iterator[dict[str, object]]:
    for report in reports:
        yield {"type": "file", **file_data(report)}
        for finding in report.findings:
            data = finding_data(finding, context.messages, masks=context.masks)
            yield {"type": "finding", "file": report.file, **data}
    totals = sum_totals(reports).to_document()
    yield {"type": "totals", "version": VERSION, "exit_code": context.exit_code, "files": len(reports), **totals}
