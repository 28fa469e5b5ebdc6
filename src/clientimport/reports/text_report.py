"""Reports as text: what was noticed, grouped by kind, the conclusion last, where the eye is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.messages.printable import printable
from clientimport.model.finding import Finding, Severity
from clientimport.model.masking import mask_page
from clientimport.model.report import Report, Totals, sum_totals
from clientimport.reports.protocol import ReportContext
from clientimport.reports.row_ranges import row_ranges
from clientimport.reports.text_tables import render

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

EXAMPLES = 5
"""How many different messages of one kind are written out; the rows of the others are named."""

_MARK, _LONGEST_MARK = 3, 24
"""How wide the column with the cells is."""

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.REPAIR, Severity.INFO)
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.REPAIR: "cyan", Severity.INFO: "dim"}


def as_text(reports: Sequence[Report], occasion: ReportContext) -> str:
    """Return the reports for a person: findings by kind, then the counts."""
    parts = [line for report in reports for line in (*_report(report, occasion), *conclusion(report.totals, occasion))]
    if len(reports) > 1:
        parts += [_line(occasion.messages.plural("report.together", len(reports)), "bold")]
        parts += conclusion(sum_totals(reports), occasion)
    text = render(parts, width=occasion.width, colour=occasion.colour)
    return mask_page(text) if occasion.masks else text


def _report(report: Report, occasion: ReportContext) -> Iterator[RenderableType]:
    words = occasion.messages
    sheet = f" · {words.phrase('report.sheet', sheet=report.sheet)}" if report.sheet else ""
    rows = words.plural("report.rows", report.rows)
    yield _line(f"{printable(report.file)}{printable(sheet)} · {rows} · {occasion.title}", "bold")
    yield _line("")
    for severity in _ORDER:
        for group in _kinds(finding for finding in report.findings if finding.severity is severity):
            yield from _kind(group, occasion)


def _kinds(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Yield the findings of one code on one field, else in one column, together, the most frequent first."""

    def kind(finding: Finding) -> tuple[str, str]:
        return finding.code, finding.field or finding.column or ""

    groups = [list(group) for _, group in groupby(sorted(findings, key=kind), key=kind)]
    yield from sorted(groups, key=len, reverse=True)


def _kind(group: list[Finding], occasion: ReportContext) -> Iterator[RenderableType]:
    words, first = occasion.messages, group[0]
    about = words.with_label(words.label(first.field), "") if first.field and first.field in words.fields else ""
    count = words.plural("report.findings", len(group))
    heading = _line(words.phrase(f"severity.{first.severity}").upper(), _STYLE[first.severity])
    heading.append(f"  {about}{words.findings[first.code].title} ({count})", "bold")
    heading.append(f"  {first.code}", "dim")
    yield heading
    yield from _messages(group, occasion)
    advice = finding_advice(words, first, show_personal_data=not occasion.masks)
    if advice:
        yield _indented("→", printable(advice))
    yield _line("")


def _messages(group: list[Finding], occasion: ReportContext) -> Iterator[RenderableType]:
    """Yield each different message once, with its cells; beyond a few, the rows that remain."""
    by_message: dict[str, list[Finding]] = {}
    for finding in group:
        text = finding_message(occasion.messages, finding, show_personal_data=not occasion.masks)
        by_message.setdefault(text, []).append(finding)
    texts = list(by_message)
    for text in texts[:EXAMPLES]:
        yield _indented(_places(by_message[text]), printable(text))
    rest = [finding.row for text in texts[EXAMPLES:] for finding in by_message[text] if finding.row]
    if rest:
        yield _indented("", occasion.messages.plural("report.further", len(rest), rows=row_ranges(rest)))


def _places(findings: list[Finding]) -> str:
    """Return where the cells are: `C4`, or `C 4-9, 12` for several in one column."""
    rows = [finding.row for finding in findings if finding.row]
    column = findings[0].column or ""
    return f"{column}{rows[0]}" if len(rows) == 1 else f"{column} {row_ranges(rows)}".strip()


def _indented(mark: str, text: str) -> RenderableType:
    """Return `text` beside its mark, with the lines that follow below its beginning."""
    from rich.table import Table as Grid

    line = Grid.grid(padding=(0, 2, 0, 0))
    line.add_column(width=1)
    line.add_column(min_width=_MARK, max_width=_LONGEST_MARK, overflow="fold")
    line.add_column(ratio=1, overflow="fold")
    line.add_row("", _line(mark), _line(text))
    return line


def conclusion(totals: Totals, occasion: ReportContext) -> list[Text]:
    """Return the counts in one sentence, and how many of the rows may be sent."""
    return [_line(totals_sentence(totals, occasion.messages), "bold red" if totals.errors else "bold green")]


def totals_sentence(totals: Totals, words: MessageCatalog) -> str:
    """Return the counts in one sentence."""
    counts = ("errors", "warnings", "repairs", "infos")
    parts = [words.plural(f"report.{name}", number) for name in counts if (number := getattr(totals, name))]
    return " · ".join((words.plural("report.clean", totals.clean_rows, rows=totals.rows), *parts))


def _line(text: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(text, style)
