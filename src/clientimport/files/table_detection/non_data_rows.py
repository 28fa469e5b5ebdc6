"""The lines below the header that are no clients: explanations, totals, footers."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from clientimport.files.readers.cell_grid import CellGrid, GridRow
from clientimport.files.table_detection.header_row import HeaderRow
from clientimport.model.finding import Finding
from clientimport.model.normalize import normalize
from clientimport.model.row_ranges import LIMIT, row_ranges
from clientimport.schema.finding_catalog import new_finding

_HINT = re.compile(
    r"\b(verplicht|optioneel|facultatief|niet verplicht|obligatoire|facultatif|optionnel|required|optional|mandatory"
    r"|pflichtfeld|erforderlich|fakultativ|voorbeeld|exemple|example|beispiel|max|maximum|maximaal|tekens|caracteres"
    r"|characters|zeichen|invullen|vul|remplir|ausfullen|format|formaat)\b"
)
_CLIENTS = (
    "(klanten|clients|customers|kunden|dossiers|relaties|records|rijen|lignes|rows|zeilen|mandanten|societes|entreprises"
    "|bedrijven|firmen|companies)"
)
_TOTAL = re.compile(
    r"(sub ?|sous |grand |eind|algemeen )?(totaal|totalen|total|totaux|totals|summe|gesamt|gesamtsumme|insgesamt)"
    rf"( general| generaal| algemeen)?( aantal| number of| nombre de| anzahl( der)?)?"
    rf"( {_CLIENTS})?( [0-9 ]+)?( {_CLIENTS})?"
    rf"|(aantal|nombre|nombre de|number of|count|anzahl|anzahl der) {_CLIENTS}( [0-9 ]+)?"
)
_PRINTED = re.compile(
    r"(gemaakt|aangemaakt|afgedrukt|geprint|geexporteerd|opgesteld|gegenereerd) (op|door|met)\b.*"
    r"|(cree|imprime|edite|genere|exporte|etabli) (le|par)\b.*|(erstellt|gedruckt|exportiert) (am|von|mit)\b.*"
    r"|(printed|created|generated|exported) (on|by|at|with)\b.*"
    r"|(pagina|page|seite|blad) [0-9]+( (van|sur|of|von|de) [0-9]+)?"
)
_SUBTOTAL = re.compile(r"(sub ?totaal|sous total|sub ?total|zwischensumme|tussentotaal)( .*)?")
_FOOTNOTE = re.compile(r"\(?\*+\)?\s*[=:].*", re.DOTALL)
_NUMBER = re.compile(r"[-+0-9 .,€%]+(?:eur|euro)?", re.IGNORECASE)
_COUNT = re.compile(rf"[0-9 ]+ ({_CLIENTS}|facturen|factures|invoices|rechnungen)")
_DATA = re.compile(r"@|(?:\d[ ./-]?){9}")
"""An e-mail address, or a number as long as those of companies and people: such a line is a client."""
_KNOWN_BY_CHANCE = 4
"""One in so many cells of a client may be called like a column, too ("Contact", "Bus")."""
_FEW = 2
_WORDS = 4


def data_rows(grid: CellGrid, heading: HeaderRow) -> tuple[CellGrid, list[Finding]]:
    """Return the rows below the header that may be clients, and findings that name the others."""
    first = int(np.searchsorted(grid.row_numbers, heading.row, side="right"))
    explained = first < len(grid) and _explains(grid.row(first))
    below = grid.where(np.arange(len(grid)) >= first + explained)
    repeats_header = np.zeros(len(below), np.bool_)
    repeats_header[_repeating(below, heading)] = True
    repeats_header |= below.row_numbers == (heading.second_header_row or 0)
    totals = below.row_numbers >= _after_gap(below, len(heading.texts))
    totals[[position for position in _without_names(below) if _is_total(below.row(position))]] = True
    findings = [
        new_finding(code, count=len(lines), rows=row_ranges(lines.tolist(), limit=LIMIT))
        for code, lines in (
            ("rows.above_header", grid.row_numbers[grid.row_numbers < heading.row]),
            ("rows.explanation", grid.row_numbers[first : first + explained]),
            ("rows.header_again", below.row_numbers[repeats_header]),
            ("rows.totals", below.row_numbers[totals]),
        )
        if len(lines)
    ]
    return below.where(~(repeats_header | totals)), [*_unlikely(heading), *findings]


def _unlikely(heading: HeaderRow) -> list[Finding]:
    """Return a warning when the header looks like a client: the file may have no header at all."""
    return [new_finding("header.unlikely", header_row=heading.row)] if is_client(heading) else []


def is_client(heading: HeaderRow) -> bool:
    """Tell whether a header row looks like a client: an e-mail address or a long number, and hardly a known header."""
    data = any(_DATA.search(text) for text in heading.texts.values())
    return data and _KNOWN_BY_CHANCE * heading.known_count < len(heading.texts)


def _explains(row: GridRow) -> bool:
    """Return whether most cells of this row are about a column instead of a client."""
    texts = list(row.cells.values())
    if any(_DATA.search(text) for text in texts):
        return False
    hints = [bool(_HINT.search(normalize(text))) for text in texts]
    prose = [hint or len(text.split()) > _WORDS for hint, text in zip(hints, texts, strict=True)]
    return len(texts) >= _FEW and any(hints) and sum(prose) * 2 > len(texts)


def _repeating(grid: CellGrid, heading: HeaderRow) -> list[int]:
    """Return the positions of rows that are the header once more, at the top of a printed page."""
    header = {index: normalize(text) for index, text in heading.texts.items()}
    starts = grid.row_starts[:-1]
    # The first letter settles it for nearly every row, without looking at the rest.
    first, indexes = grid.first_bytes[starts], grid.columns[starts]
    letters = np.where((first >= ord("A")) & (first <= ord("Z")), first + 32, first)
    differs = ((letters >= ord("a")) & (letters <= ord("z"))) | ((letters >= ord("0")) & (letters <= ord("9")))
    for index in np.flatnonzero(np.bincount(indexes)).tolist():
        begins = header.get(index, "")[:1].encode()[:1]
        differs &= (indexes != index) | (letters != (begins[0] if begins else 0))
    return [position for position in np.flatnonzero(~differs).tolist() if _repeats(grid.row(position), header)]


def _repeats(row: GridRow, header: Mapping[int, str]) -> bool:
    return len(row.cells) >= _FEW and all(normalize(text) == header.get(index, "") for index, text in row.cells.items())


def _without_names(grid: CellGrid) -> list[int]:
    """Return the positions of rows with few cells that begin with a letter: beside a total stand numbers."""
    letters = ((grid.first_bytes | 32) >= ord("a")) & ((grid.first_bytes | 32) <= ord("z"))
    named = np.add.reduceat(letters.astype(np.int32), grid.row_starts[:-1]) if len(grid) else np.empty(0)
    return np.flatnonzero(named <= _FEW).tolist()


def _is_total(row: GridRow) -> bool:
    """Return whether a total word stands in this row with nothing but numbers and counts beside it.

    >>> _is_total(GridRow(9, {0: "Totaal", 5: "1.234,50"}, 6))
    True
    >>> _is_total(GridRow(9, {0: "Total Belgium", 1: "Gent"}, 2))
    False
    """
    texts = list(row.cells.values())
    if sum(text[0].isalpha() for text in texts) > _FEW or any(map(_DATA.search, texts)):
        return False
    words = [text for text in texts if not _NUMBER.fullmatch(text)]
    plain = [normalize(text) for text in words]
    if len(texts) <= _FEW and any(_PRINTED.fullmatch(text) for text in plain):
        return True
    if len(texts) == 1 and _FOOTNOTE.fullmatch(texts[0]):
        return True
    named = [text for text in plain if not _COUNT.fullmatch(text)]
    return len(named) == 1 and bool(_TOTAL.fullmatch(named[0]) or _SUBTOTAL.fullmatch(named[0]))


def _after_gap(grid: CellGrid, width: int) -> int:
    """Return the number of the first footer line: after a blank line, only lines of one or two cells until the end."""
    first = int(grid.row_numbers[-1]) + 1 if len(grid) else 0
    if width <= _FEW * 2:
        return first  # in a narrow table a client has no more
    for position in range(len(grid) - 1, 0, -1):
        row = grid.row(position)
        if len(row.cells) > _FEW or any(_DATA.search(text) for text in row.cells.values()):
            break
        if row.number > grid.row_numbers[position - 1] + 1:
            first = row.number
    return first
