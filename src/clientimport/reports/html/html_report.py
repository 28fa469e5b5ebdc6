"""Reports as a page for the browser: one file, no network, readable without scripts, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.resources import files
from itertools import groupby
from pathlib import PurePath

from clientimport.messages.catalog import message_catalog
from clientimport.messages.finding_messages import finding_advice, finding_label, finding_message, is_masked_value
from clientimport.messages.printable import printable
from clientimport.messages.worded_value import worded_value
from clientimport.model.finding import Finding, Severity
from clientimport.model.masking import mask_value
from clientimport.model.report import ColumnUse, Report
from clientimport.reports.html.page_template import content_policy, page_part, page_template
from clientimport.reports.protocol import ReportContext
from clientimport.reports.text_report import totals_sentence
from clientimport.schema.finding_catalog import finding_kinds

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.REPAIR, Severity.INFO)


def as_html(reports: Sequence[Report], context: ReportContext) -> str:
    """Return the page. A cell's content is only text on it: everything is escaped, and no other script may run.

    Everything is masked too, headers and the names of files among it, on its way onto the page.
    """
    from markupsafe import Markup

    context = replace(context, messages=message_catalog(context.messages.language, for_pages=True))
    folder = files("clientimport") / "reports" / "html"
    template, style, script = (page_part(folder, name) for name in ("page.html.jinja", "page.css", "page.js"))
    return page_template(template, masks=context.masks).render(
        say=context.messages.phrase,
        count=context.messages.plural,
        language=context.messages.language,
        title=context.title,
        reports=[_file(report, context) for report in reports],
        fields=_fields(reports, context),
        severities=[severity.value for severity in _ORDER],
        policy=content_policy(style, script),
        style=Markup(style),  # noqa: S704 -- a file of ours
        script=Markup(script),  # noqa: S704 -- a file of ours
    )


def _file(report: Report, context: ReportContext) -> dict[str, object]:
    path = PurePath(report.file)
    folder = "" if path.parent == PurePath() else str(path.parent)
    return {
        "name": printable(path.name),
        "place": printable(" · ".join(filter(None, (report.sheet, folder)))),
        "rows": report.rows,
        "totals": report.totals,
        "counted": totals_sentence(report.totals, context.messages),
        "found": len(report.findings),
        "groups": list(_groups(report, context)),
        "columns": [_column(column, context) for column in report.columns],
    }


def _groups(report: Report, context: ReportContext) -> Iterator[dict[str, object]]:
    """Yield the findings by kind: the gravest first, of one severity the most frequent."""

    def kind(finding: Finding) -> tuple[int, str, str]:
        return _ORDER.index(finding.severity), finding.code, finding.field or ""

    groups = [list(group) for _, group in groupby(sorted(report.findings, key=kind), key=kind)]
    for group in sorted(groups, key=lambda findings: (_ORDER.index(findings[0].severity), -len(findings))):
        first, messages = group[0], context.messages
        words, kinds = messages.findings[first.code], finding_kinds()[first.code]
        yield {
            "code": first.code,
            "severity": first.severity.value,
            "field": first.field or "",
            "label": finding_label(messages, first),
            "title": words.title,
            "explain": words.explain,
            "mend": printable(finding_advice(messages, first, show_personal_data=not context.masks)),
            "source": kinds.source,
            "findings": [_finding(findings, context) for findings in group],
        }


def _finding(finding: Finding, context: ReportContext) -> dict[str, object]:
    read_as = worded_value(context.messages, finding.field, finding.suggestion or "")
    value, suggestion = (_value(finding, text, context) for text in (finding.value, read_as))
    return {
        "row": finding.row,
        "cell": finding.cell or finding.column or "",
        "value": value,
        "message": printable(finding_message(context.messages, finding, show_personal_data=not context.masks)),
        "suggestion": suggestion if suggestion != value else "",  # a mask may hide what differs
    }


def _value(finding: Finding, value: str | None, context: ReportContext) -> str:
    return printable(mask_value(is_masked_value(finding), value or "") if context.masks else value or "")


def _column(column: ColumnUse, context: ReportContext) -> dict[str, object]:
    messages = context.messages
    sure = "" if column.field is None else messages.phrase(f"map.{'certain' if column.certain else 'proposed'}")
    return {
        "letter": column.letter,
        "header": printable(column.header),
        "label": messages.label(column.field) if column.field else "",
        "sure": sure if column.used or not column.field else f"{sure} · {messages.phrase('map.unused')}",
    }


def _fields(reports: Sequence[Report], context: ReportContext) -> list[tuple[str, str]]:
    """Return the fields that findings are about, by name and label, in the order of the labels."""
    names = {
        finding.field for report in reports for finding in report.findings if finding.field in context.messages.fields
    }
    return sorted(((str(name), context.messages.label(str(name))) for name in names), key=lambda pair: pair[1])
