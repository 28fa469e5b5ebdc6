"""Reports as text: the counts on top, what was noticed by kind below them, and repairs as a line a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import finding_advice, finding_message, kind_title
from clientimport.messages.printable import printable
from clientimport.model.finding import Finding, Severity
from clientimport.model.masking import mask_page
from clientimport.model.report import Report, Totals, sum_totals
from clientimport.model.row_ranges import row_ranges
from clientimport.reports.protocol import ReportContext
from clientimport.reports.repair_table import repair_table
from clientimport.reports.text_tables import render, styled_text

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

EXAMPLES = 5
"""How many different messages of one kind are written out; the rows of the others are named."""
SCREEN = 24
"""Lines of a terminal's window: below a longer report the counts are said again, for a terminal shows the end."""

_BEFORE_PASTED = " " * 8
"""As far in as the sentence above."""
_MARK, _LONGEST_MARK = 3, 24
"""How wide the column with the cells is."""

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.REPAIR, Severity.INFO)
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.REPAIR: "cyan", Severity.INFO: "dim"}


def as_text(reports: Sequence[Report], context: ReportContext) -> str:
    """Return the reports for a person: of each file the counts, then the findings by kind."""
    parts = [line for report in reports for line in _report(report, context)]
    if len(reports) > 1:
        parts += [_line(context.messages.plural("report.together", len(reports)), "bold")]
        parts += [_conclusion(sum_totals(reports), context)]
    text = _rendered(parts, context)
    if len(reports) == 1 and text.count("\n") > SCREEN:
        text += f"\n\n{_rendered([_conclusion(reports[0].totals, context)], context)}"
    return mask_page(text) if context.masks else text


def _rendered(parts: Sequence[RenderableType], context: ReportContext) -> str:
    return render(parts, width=context.width, colour=context.colour)


def _report(report: Report, context: ReportContext) -> Iterator[RenderableType]:
    messages = context.messages
    sheet = f" · {messages.phrase('report.sheet', sheet=report.sheet)}" if report.sheet else ""
    rows = messages.plural("report.rows", report.rows)
    yield _line(f"{printable(report.file)}{printable(sheet)} · {rows} · {context.title}", "bold")
    yield _conclusion(report.totals, context)
    yield _line("")
    for severity in _ORDER:
        findings = [finding for finding in report.findings if finding.severity is severity]
        if severity is Severity.REPAIR and findings and not context.shows_all:
            yield from _folded(findings, context)
        else:
            for group in _kinds(findings):
                yield from _kind(group, context)
                yield from _default(group[0], report, context)
                yield _line("")


def _folded(repairs: Sequence[Finding], context: ReportContext) -> Iterator[RenderableType]:
    heading = _line(context.messages.phrase("severity.repair").upper(), _STYLE[Severity.REPAIR])
    heading.append_text(styled_text(f"  {context.messages.plural('report.repairs', len(repairs))}", "bold"))
    heading.append_text(styled_text(f"  {context.messages.phrase('report.folded')}", "dim"))
    yield heading
    yield repair_table(repairs, context)
    yield _line("")


def _kinds(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    """Yield the findings of one code on one field, else in one column, together, the most frequent first."""

    def kind(finding: Finding) -> tuple[str, str]:
        return finding.code, finding.field or finding.column or ""

    groups = [list(group) for _, group in groupby(sorted(findings, key=kind), key=kind)]
    yield from sorted(groups, key=len, reverse=True)


def _kind(group: list[Finding], context: ReportContext) -> Iterator[RenderableType]:
    messages, first = context.messages, group[0]
    count = messages.plural("report.findings", len(group))
    heading = _line(messages.phrase(f"severity.{first.severity}").upper(), _STYLE[first.severity])
    heading.append_text(styled_text(f"  {kind_title(messages, first)} ({count})", "bold"))
    heading.append(f"  {first.code}", "dim")
    yield heading
    yield from _messages(group, context)
    advice = finding_advice(messages, first, show_personal_data=not context.masks)
    if advice:
        sentence, _, pasted = advice.partition("  ")
        yield _indented_line("→", printable(sentence))
        if pasted:
            yield _pasted_line(printable(pasted))


def _default(first: Finding, report: Report, context: ReportContext) -> Iterator[RenderableType]:
    """Yield the option that fills all cells of a kind of missing value, where they may share one."""
    if first.code == "required.empty" and (flag := report.defaults.get(first.column or "")):
        yield _indented_line("→", context.messages.phrase("report.default"))
        yield _pasted_line(flag)


def _messages(group: list[Finding], context: ReportContext) -> Iterator[RenderableType]:
    """Yield each different message once, with its cells; beyond a few, the rows that remain."""
    by_message: dict[str, list[Finding]] = {}
    for finding in group:
        text = finding_message(context.messages, finding, show_personal_data=not context.masks)
        by_message.setdefault(text, []).append(finding)
    texts = list(by_message)
    shown = len(texts) if context.shows_all else EXAMPLES
    for text in texts[:shown]:
        places = _places(by_message[text])
        if len(places) <= _LONGEST_MARK:
            yield _indented_line(places, printable(text))
        else:  # so many rows below each other in a narrow column would be a screen of numbers
            yield _indented_line(by_message[text][0].column or "", printable(text))
            yield _indented_line("", context.messages.phrase("report.in_rows", rows=_rows(by_message[text])))
    further = [finding.row for text in texts[shown:] for finding in by_message[text] if finding.row]
    if further:
        yield _indented_line("", context.messages.plural("report.further", len(further), rows=row_ranges(further)))


def _places(findings: list[Finding]) -> str:
    """Return where the cells are: `C4`, or `C4-C9, C12` for several in one column, and the rows without a column."""
    column, rows = findings[0].column or "", _rows(findings)
    return re.sub(r"\d+", rf"{column}\g<0>", rows) if rows else column


def _rows(findings: list[Finding]) -> str:
    return row_ranges(finding.row for finding in findings if finding.row)


def _indented_line(mark: str, text: str) -> RenderableType:
    """Return `text` beside its mark, with the lines that follow below its beginning."""
    from rich.table import Table as Grid

    line = Grid.grid(padding=(0, 2, 0, 0))
    line.add_column(width=1)
    line.add_column(min_width=_MARK, max_width=_LONGEST_MARK, overflow="fold")
    line.add_column(ratio=1, overflow="fold")
    line.add_row("", _line(mark), _line(text))
    return line


def _pasted_line(text: str) -> Text:
    """Return what is to be pasted, in one line however long: behind two blanks, as everywhere."""
    from rich.text import Text

    return Text(f"{_BEFORE_PASTED}{text}", no_wrap=True, overflow="ignore")


def _conclusion(totals: Totals, context: ReportContext) -> Text:
    return _line(totals_sentence(totals, context.messages), "bold red" if totals.errors else "bold green")


def totals_sentence(totals: Totals, messages: MessageCatalog) -> str:
    """Return the counts in one sentence."""
    counts = ("errors", "warnings", "repairs", "infos")
    parts = [messages.plural(f"report.{name}", number) for name in counts if (number := getattr(totals, name))]
    clean = messages.plural("report.clean", totals.clean_rows, rows=totals.rows)
    return " · ".join((clean if totals.rows else messages.phrase("report.no_rows"), *parts))


def _line(text: str, style: str = "") -> Text:
    return styled_text(text, style)
