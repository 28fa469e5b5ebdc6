"""The lines below the header that are no clients: explanations, totals, footers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from clientimport.files.sheet import Row
from clientimport.files.structure.header_row import Heading
from clientimport.files.structure.notice import notice
from clientimport.files.structure.row_numbers import ranges
from clientimport.finding import Finding
from clientimport.folding import folded

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
_FEW = 2
_WORDS = 4


def data_rows(rows: Sequence[Row], heading: Heading) -> tuple[list[Row], list[Finding]]:
    """Return the rows below the header that may be clients, and findings that name the others."""
    below = [row for row in rows if row.number > heading.row]
    explained = below[:1] if below and _explains(below[0]) else []
    left = below[len(explained) :]
    header = {index: folded(text) for index, text in heading.texts.items()}
    again = [row for row in left if _repeats(row, header)]
    tail = _after_gap(left, len(heading.texts))
    totals = [row for row in left if row.number >= tail or _is_total(row)]
    dropped = {row.number for row in (*again, *totals)}
    above = [row for row in rows if row.number < heading.row]
    findings = [
        notice(code, count=len(lines), rows=ranges(row.number for row in lines))
        for code, lines in (
            ("rows.above_header", above),
            ("rows.explanation", explained),
            ("rows.header_again", again),
            ("rows.totals", totals),
        )
        if lines
    ]
    return [row for row in left if row.number not in dropped], [*_unlikely(heading), *findings]


def _unlikely(heading: Heading) -> list[Finding]:
    """Return a warning when the header looks like a client: the file may have no header at all."""
    if heading.known or not any(_DATA.search(text) for text in heading.texts.values()):
        return []
    return [notice("header.unlikely", header_row=heading.row)]


def _explains(row: Row) -> bool:
    """Return whether most cells of this row are about a column instead of a client."""
    texts = list(row.cells.values())
    if any(_DATA.search(text) for text in texts):
        return False
    hints = [bool(_HINT.search(folded(text))) for text in texts]
    prose = [hint or len(text.split()) > _WORDS for hint, text in zip(hints, texts, strict=True)]
    return len(texts) >= _FEW and any(hints) and sum(prose) * 2 > len(texts)


def _repeats(row: Row, header: Mapping[int, str]) -> bool:
    """Return whether this is the header once more, at the top of a printed page."""
    index, text = next(iter(row.cells.items()))
    first = text[0].lower()
    if first.isalnum() and first.isascii() and not header.get(index, "").startswith(first):
        return False  # nearly every row, without looking at the rest
    return len(row.cells) >= _FEW and all(folded(text) == header.get(index, "") for index, text in row.cells.items())


def _is_total(row: Row) -> bool:
    """Return whether a total word stands in this row with nothing but numbers and counts beside it.

    >>> _is_total(Row(9, {0: "Totaal", 5: "1.234,50"}, 6)), _is_total(Row(9, {0: "Total Belgium", 1: "Gent"}, 2))
    (True, False)
    """
    texts = list(row.cells.values())
    # Beside a total stand numbers: the third cell that begins with a letter settles it for nearly every row.
    if sum(islice((text[0].isalpha() for text in texts), _FEW * 3)) > _FEW or any(map(_DATA.search, texts)):
        return False
    words = [text for text in texts if not _NUMBER.fullmatch(text)]
    plain = [folded(text) for text in words]
    if len(texts) <= _FEW and any(_PRINTED.fullmatch(text) for text in plain):
        return True
    if len(texts) == 1 and _FOOTNOTE.fullmatch(texts[0]):
        return True
    named = [text for text in plain if not _COUNT.fullmatch(text)]
    return len(named) == 1 and bool(_TOTAL.fullmatch(named[0]) or _SUBTOTAL.fullmatch(named[0]))


def _after_gap(rows: Sequence[Row], width: int) -> int:
    """Return the number of the first footer line: after a blank line, only lines of one or two cells until the end."""
    first = rows[-1].number + 1 if rows else 0
    if width <= _FEW * 2:
        return first  # in a narrow table a client has no more
    for above, row in zip(rows[-2::-1], rows[:0:-1], strict=True):
        if len(row.cells) > _FEW or any(_DATA.search(text) for text in row.cells.values()):
            break
        if row.number > above.number + 1:
            first = row.number
    return first
