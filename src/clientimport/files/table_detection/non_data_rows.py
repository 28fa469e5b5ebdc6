"""The lines below the header that are no clients: explanations, totals, footers."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.files.readers.cell_grid import CellGrid, GridRow, Mask
from clientimport.files.table_detection.header_row import HeaderRow
from clientimport.model.finding import Finding
from clientimport.model.normalize import normalize, normalize_column
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
_LINE = f"^(?:{_TOTAL.pattern}|{_SUBTOTAL.pattern}|{_PRINTED.pattern})$"
_STAR = r"^\(?\*"
_DATA_OF_TEXTS = _DATA.pattern.replace(r"\d", r"\p{Nd}")
"""The same as Arrow takes it."""
_LETTER_OR_DIGIT = np.array([ord(chr(byte).lower()) if bytes([byte]).isalnum() else 0 for byte in range(256)], np.uint8)
"""A letter of ASCII in lower case, or a digit, by its byte; 0 for all others."""
_LONGEST = 1000
"""Bytes: what is longer is no total and no line of a printer, and is not copied to be looked at; chosen."""
_KNOWN_BY_CHANCE = 4
"""One in so many cells of a client may be called like a column, too ("Contact", "Bus")."""
_FEW = 2
_WORDS = 4


def data_rows(grid: CellGrid, heading: HeaderRow) -> tuple[CellGrid, list[Finding]]:
    """Return the rows below the header that may be clients, and findings that name the others."""
    first = int(np.searchsorted(grid.row_numbers, heading.row, side="right"))
    explained = first < len(grid) and _explains(grid.row(first))
    below = grid.where(np.arange(len(grid)) >= first + explained)
    repeats_header = _repeats(below, heading) | (below.row_numbers == (heading.second_header_row or 0))
    totals = (below.row_numbers >= _after_gap(below, len(heading.texts))) | _totals(below)
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


def _repeats(grid: CellGrid, heading: HeaderRow) -> Mask:
    """Return which rows are the header once more, at the top of a printed page."""
    header = {index: normalize(text) for index, text in heading.texts.items()}
    # The first letters settle it for nearly every row, without looking at the rest.
    letters = _LETTER_OR_DIGIT[grid.first_bytes]
    begins = np.zeros(int(grid.columns.max(initial=0)) + 1, np.uint8)
    begins[[index for index in header if index < len(begins)]] = [
        text.encode()[0] if text else 0 for index, text in header.items() if index < len(begins)
    ]
    same: Mask = _of_rows(np.logical_and, grid, (letters == 0) | (letters == begins[grid.columns]))
    same &= grid.cell_counts >= _FEW
    for index in grid.used_columns if same.any() else ():
        positions = np.flatnonzero(same)
        texts = grid.where(same).column(index)
        headers = [text for text in texts.unique().to_pylist() if text and normalize(text) == header.get(index, "")]
        equal = pc.or_(pc.is_null(texts), pc.is_in(texts, pa.array(headers, pa.string())))
        same[positions[~equal.to_numpy(zero_copy_only=False)]] = False
        if not same.any():
            break
    return same


def _totals(grid: CellGrid) -> Mask:
    """Return which rows are totals or printed lines: few of their cells begin with a letter, most are numbers."""
    totals: Mask = _of_rows(np.add, grid, (_LETTER_OR_DIGIT[grid.first_bytes] >= ord("a")).astype(np.int32)) <= _FEW
    rows = grid.where(totals)
    short = pc.binary_length(rows.texts).to_numpy(zero_copy_only=False) <= _LONGEST
    words = short[rows.text_indexes] & ((rows.first_bytes < ord("0")) | (rows.first_bytes > ord("9")))
    texts = rows.texts.take(rows.text_indexes[words])
    likely = pc.or_(pc.match_substring_regex(normalize_column(texts), _LINE), pc.match_substring_regex(texts, _STAR))
    words[words] = likely.to_numpy(zero_copy_only=False)
    positions, likely_rows = np.flatnonzero(totals), _of_rows(np.logical_or, rows, words)
    totals[:] = False
    totals[[position for position in positions[likely_rows].tolist() if _is_total(grid.row(position))]] = True
    return totals


def _of_rows(function: np.ufunc, grid: CellGrid, cells: np.ndarray[tuple[int], np.dtype[Any]]) -> Any:
    """Return what the function makes of the cells of each row."""
    return function.reduceat(cells, grid.row_starts[:-1]) if len(grid) else cells


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
    beyond = int(grid.row_numbers[-1]) + 1 if len(grid) else 0
    if width <= _FEW * 2:
        return beyond  # in a narrow table a client has no more
    short = len(grid) - int(np.argmax(np.append(grid.cell_counts[::-1] > _FEW, True)))
    below = grid.where(np.arange(len(grid)) >= short)
    data = pc.match_substring_regex(below.texts.take(below.text_indexes), _DATA_OF_TEXTS).to_numpy(zero_copy_only=False)
    clients = np.flatnonzero(_of_rows(np.logical_or, below, data))
    last = short + (int(clients[-1]) + 1 if len(clients) else 0)
    gaps = np.flatnonzero(np.diff(grid.row_numbers) > 1) + 1
    return int(grid.row_numbers[gaps[gaps >= last][0]]) if (gaps >= last).any() else beyond
