"""Reports as JSON: every finding with its place, for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import overload

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import finding_message, is_masked_value
from clientimport.model.finding import Finding
from clientimport.model.findings import FindingColumn, FindingGroup, FindingSequence, in_places
from clientimport.model.masking import mask_text, mask_value
from clientimport.model.report import Report, sum_totals
from clientimport.reports.finding_lines import column_lines
from clientimport.reports.json_envelope import EncodedObjects, MaskedDict, envelope
from clientimport.reports.protocol import ReportContext


def as_json(reports: Sequence[Report], context: ReportContext) -> str:
    """Return the reports as the object that `validate --json` prints."""
    return envelope("validate", context.exit_code, report_data(reports, context), masks=context.masks)


def report_data(reports: Sequence[Report], context: ReportContext) -> dict[str, object]:
    """Return the keys that are validate's own."""
    files = [_file(report, context) for report in reports]
    return {"platform": context.platform, "files": files, "totals": sum_totals(reports).to_document()}


def _file(report: Report, context: ReportContext) -> dict[str, object]:
    return {**file_data(report), "findings": FindingObjects(report.findings, context.messages, context.masks)}


@dataclass(frozen=True, slots=True, repr=False)
class FindingObjects(EncodedObjects):
    """FindingSequence with their sentences, as objects of JSON."""

    findings: Sequence[Finding]
    messages: MessageCatalog
    masks: bool

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.findings)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, object]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Mapping[str, object]]: ...
    def __getitem__(self, index: int | slice) -> Mapping[str, object] | Sequence[Mapping[str, object]]:
        """Return one of them, or several."""
        if isinstance(index, slice):
            return FindingObjects(self.findings[index], self.messages, self.masks)
        return finding_data(self.findings[index], self.messages, masks=self.masks)

    def __iter__(self) -> Iterator[dict[str, object]]:
        """Make them one by one."""
        return (finding_data(finding, self.messages, masks=self.masks) for finding in self.findings)

    def __repr__(self) -> str:
        """Return them as they are shown, masked."""
        return repr(list(self))

    def lines(self) -> Iterator[list[str]]:
        """Yield some thousand of them at a time, each as JSON."""
        findings = self.findings if isinstance(self.findings, FindingSequence) else FindingSequence(self.findings)
        for parts in findings.parts():
            yield in_places([(self._encoded(group), places) for group, places in parts])

    def _encoded(self, group: FindingGroup) -> list[str]:
        if isinstance(group, FindingColumn):
            return column_lines(group, self.messages, masks=self.masks)
        return [json.dumps(finding_data(finding, self.messages, masks=self.masks)) for finding in group]


def file_data(report: Report) -> dict[str, object]:
    """Return the data of one file."""
    return {
        "file": report.file,
        "sheet": report.sheet,
        "header_row": report.header_row,
        "rows": report.rows,
        "clean_rows": report.totals.clean_rows,
    }


def finding_data(finding: Finding, messages: MessageCatalog, *, masks: bool) -> dict[str, object]:
    """Return one finding with its sentence."""
    data: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity,
        "row": finding.row,
        "column": finding.column,
        "cell": finding.cell,
        "field": finding.field,
        "header": mask_text(finding.header) if finding.header and masks else finding.header,
        "value": _masked_value(finding, finding.value, masks=masks),
        "message": finding_message(messages, finding, show_personal_data=not masks),
        "suggestion": _masked_value(finding, finding.suggestion, masks=masks),
    }
    if finding.sheet is not None:
        data |= {"sheet": finding.sheet, "sheet_row": finding.sheet_row}
    return MaskedDict(data) if masks else data


def _masked_value(finding: Finding, value: str | None, *, masks: bool) -> str | None:
    return mask_value(is_masked_value(finding), value) if value is not None and masks else value
