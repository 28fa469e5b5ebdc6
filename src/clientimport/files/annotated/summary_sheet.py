"""The summary sheet: counts by kind, and every finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clientimport.files.annotated.cell_marks import BY_SEVERITY, CellComment, CellMarks
from clientimport.files.annotated.sheet_patch import MAX_ROW_HEIGHT
from clientimport.files.annotated.styles import Styles
from clientimport.files.annotated.xml_text import attribute, text_cell
from clientimport.files.writers.sheet_style import height_for
from clientimport.files.writers.text_cell import looks_like_formula
from clientimport.messages.added_headers import SUMMARY_SHEET
from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import is_masked_value
from clientimport.model.finding import Finding
from clientimport.model.masking import mask_value
from clientimport.model.report import Report
from clientimport.model.table import column_letter

LINKS = 60_000
"""Excel takes 65,530 links on a sheet: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3."""
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PAGE = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
_PAPER = '<pageSetup orientation="landscape" paperSize="9" fitToHeight="0"/>'
_HEADERS = ("severity", "kind", "field", "cell", "found", "meant", "said", "mend")
_WIDTHS = (13, 34, 24, 9, 26, 26, 60, 60)


def summary_sheet(
    report: Report, marks: CellMarks, sheet: str, styles: Styles, words: MessageCatalog, *, masks: bool
) -> bytes:
    """Return the XML of the sheet; `sheet` is what the user's own is called."""
    findings = [comment.finding for comment in marks.comments]
    lines = [*_head(report, marks, words), [words.phrase(f"summary.{name}") for name in _HEADERS]]
    first = len(lines)
    lines += (_line(comment, words, masks=masks) for comment in marks.comments)
    strong, wrapped = styles.header_style(), styles.column_style()
    looks = [0] * (first - 1) + [strong, *(styles.with_colour(wrapped, comment.severity) for comment in findings)]
    rows = "".join(_row(number, texts, looks[number - 1], styles) for number, texts in enumerate(lines, 1))
    cols = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(_WIDTHS, 1)
    )
    pane = f'<pane ySplit="{first}" topLeftCell="A{first + 1}" activePane="bottomLeft" state="frozen"/>'
    view = f'<sheetViews><sheetView workbookViewId="0" tabSelected="1">{pane}</sheetView></sheetViews>'
    reach = f"A{first}:{column_letter(len(_HEADERS) - 1)}{max(first + 1, len(lines))}"
    links = "".join(_links(findings[:LINKS], first + 1, sheet))
    linked = f"<hyperlinks>{links}</hyperlinks>" if links else ""
    return (
        f'<worksheet xmlns="{_MAIN}">{_PAGE}{view}<cols>{cols}</cols>'
        f'<sheetData>{rows}</sheetData><autoFilter ref="{reach}"/>{linked}{_PAPER}</worksheet>'
    ).encode()


def _head(report: Report, marks: CellMarks, words: MessageCatalog) -> Iterator[list[str]]:
    """Yield what is said before the list: the counts, and the kinds with the gravest first."""
    from clientimport.reports.text_report import totals_sentence

    yield [f"{SUMMARY_SHEET}: {totals_sentence(report.totals, words)}"]
    yield [words.phrase("summary.how")]
    if marks.comments_left_out:
        yield [words.plural("summary.notes_left_out", marks.comments_left_out)]
    kinds: dict[tuple[int, str], int] = {}
    for finding in report.findings:
        kind = BY_SEVERITY.index(finding.severity), finding.code
        kinds[kind] = kinds.get(kind, 0) + 1
    for (rank, code), count in sorted(kinds.items()):
        severity = words.phrase(f"severity.{BY_SEVERITY[rank]}")
        yield [severity, words.findings[code].title, "", str(count)]
    yield []


def _line(comment: CellComment, words: MessageCatalog, *, masks: bool) -> list[str]:
    finding = comment.finding

    def shown(value: str | None) -> str:
        return mask_value(is_masked_value(finding), value or "") if masks else value or ""

    return [
        words.phrase(f"severity.{finding.severity}"),
        words.findings[finding.code].title,
        words.label(finding.field) if finding.field and finding.field in words.fields else "",
        finding.cell or finding.column or "",
        shown(finding.value),
        shown(finding.suggestion),
        comment.message,
        comment.mend,
    ]


def _row(number: int, texts: Sequence[str], style: int, styles: Styles) -> str:
    cells = (
        text_cell(
            f"{column_letter(at)}{number}", text, styles.with_quote_prefix(style) if looks_like_formula(text) else style
        )
        for at, text in enumerate(texts)
        if text
    )
    return f'<row r="{number}"{_height(texts) if style else ""}>{"".join(cells)}</row>'


def _height(texts: Sequence[str]) -> str:
    """Return how high a row of wrapped texts is: LibreOffice shows one line where it is not said."""
    needed = max(height_for(text.split("\n"), width) for text, width in zip(texts, _WIDTHS, strict=True))
    return f' ht="{min(needed, MAX_ROW_HEIGHT):g}" customHeight="1"'


def _links(findings: Sequence[Finding], first: int, sheet: str) -> Iterator[str]:
    name = sheet.replace("'", "''")
    for number, finding in enumerate(findings, first):
        target = finding.cell or (f"A{finding.row}" if finding.row else None)
        if target:
            location = attribute(f"'{name}'!{target}")
            yield f'<hyperlink ref="D{number}" location={location} display={attribute(target)}/>'
