"""Reports as CSV: a finding a row, for a spreadsheet program or a script."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from clientimport.messages.printable import printable_lines
from clientimport.model.masking import mask_page
from clientimport.model.report import Report
from clientimport.reports.json_report import finding_data
from clientimport.reports.protocol import ReportContext

_PLACE = ("file", "sheet", "row", "column", "cell")
COLUMNS = (*_PLACE, "severity", "code", "field", "header", "value", "message", "suggestion")
DELIMITER = ";"
"""What Excel splits at in Belgium and Luxembourg."""
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula for some program: https://owasp.org/www-community/attacks/CSV_Injection."""


def as_csv(reports: Sequence[Report], context: ReportContext) -> str:
    """Return the findings under a header, in UTF-8 with a byte order mark, so that Excel shows the accents.

    What would run as a formula has an apostrophe before it; taking away one leading apostrophe gives the text back.
    A control character is shown by a mark, for CSV has no way to write it that a terminal would not obey.
    """
    output = io.StringIO()
    writer = csv.writer(output, delimiter=DELIMITER, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(reports, context))
    text = output.getvalue().rstrip("\n")
    return "\ufeff" + (mask_page(text) if context.masks else text)


def _rows(reports: Sequence[Report], context: ReportContext) -> Iterator[list[str]]:
    for report in reports:
        for finding in report.findings:
            data: dict[str, object] = {"file": report.file, "sheet": report.sheet}
            data |= finding_data(finding, context.messages, masks=context.masks)
            yield [escape_formula("" if data[name] is None else _printable(str(data[name]))) for name in COLUMNS]


def _printable(text: str) -> str:
    return "\t".join(map(printable_lines, text.split("\t")))


def escape_formula(text: str) -> str:
    """Return `text` so that no spreadsheet program runs it.

    >>> escape_formula("=1+1"), escape_formula("+32475123456"), escape_formula("Peeters"), escape_formula("'t Hof")
    ("'=1+1", "'+32475123456", 'Peeters', "''t Hof")
    """
    return f"'{text}" if text.startswith((*_RUNS, "'")) else text
