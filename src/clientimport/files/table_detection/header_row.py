"""The header row: which of the first rows names the columns."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from clientimport.files.readers.cell_grid import GridRow
from clientimport.files.readers.sheet import MergedRange, Sheet
from clientimport.model.normalize import normalize
from clientimport.schema.types.control_characters import decode_as_windows_1252
from clientimport.schema.types.mojibake import repair_mojibake

WINDOW = 25
"""How many rows that are not blank may stand above the table, itself included."""
DEEPEST = 200
"""How many are looked at where none of the first ones names two columns: some programs print a page above it."""
_ENOUGH = 2
_BELOW = 10
_MERGED = 500
"""Merged ranges that are looked at; a damaged file may hold a million over the same cells."""
_LONG = 60
"""Characters of a text that is prose rather than a name of a column."""
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ])-[ \t]*[\r\n]+[ \t]*(?=[a-zß-ÿ])")
"""The hyphen of a word that goes on in the next line: "Onder-" over "nemingsnummer"."""
_CONTINUED_WORD = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zß-ÿ])")
"""The same of any word, such as "BTW-" over "nummer", which keeps its hyphen."""
IsKnownHeader = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class HeaderRow:
    """A header row."""

    row: int
    """The spreadsheet's own number."""
    texts: Mapping[int, str]
    """By column: as typed, on one line, with letters from a wrong code page set right."""
    known_count: int
    """How many different texts the vocabulary knows."""
    score: float
    """How much it looks like a header row; only compared with others."""
    second_header_row: int | None = None
    """The row right below, where it names the columns once more, in another language."""


NO_HEADING = HeaderRow(0, {}, 0, 0.0)
"""The header row of a table without one: its first row is a client already."""


def find_header_row(sheet: Sheet, is_known_header: IsKnownHeader) -> HeaderRow | None:
    """Return the row among the first ones that looks most like a header, None for a sheet without anything."""
    first = _find(sheet, is_known_header, WINDOW)
    deep = first is not None and first.known_count < _ENOUGH and len(sheet.grid) > WINDOW
    further = _find(sheet, is_known_header, DEEPEST) if deep else None
    return further if further and first and further.known_count >= max(_ENOUGH, first.known_count + 1) else first


def _find(sheet: Sheet, is_known_header: IsKnownHeader, size: int) -> HeaderRow | None:
    window = sheet.grid.rows(0, size + _BELOW)
    spans = _spans(sheet, window)
    texts = [_filled(row, spans) for row in window]
    looks = [
        (_header_evidence(texts[position], texts[position + 1 : position + 1 + _BELOW]), -position)
        for position in range(min(len(window), size))
    ]
    best: HeaderRow | None = None
    # Which texts are known takes longest: what looks best is asked for first, and what cannot be better never.
    for look, position in sorted(looks, key=lambda candidate: (candidate[0].most, candidate[1]), reverse=True):
        if best is None or look.most >= best.score:
            heading = _scored_header_row(window[-position].number, texts[-position], look, is_known_header)
            if best is None or (heading.score, -heading.row) > (best.score, -best.row):
                best = heading
    if best is None:
        return None
    told_apart = _told_apart(_with_groups(best, spans, is_known_header), window)
    return _with_second_header_row(told_apart, window, is_known_header)


def header_row_at(sheet: Sheet, number: int, is_known_header: IsKnownHeader) -> HeaderRow | None:
    """Return row `number` as the header the user says it is, None when it is blank."""
    position = sheet.grid.position_of(number)
    if position is None:
        return None
    window = sheet.grid.rows(position - 1, position + 1 + _BELOW)
    spans = _spans(sheet, sheet.grid.rows(0, position + 1) if position < WINDOW else window)
    texts = _filled(sheet.grid.row(position), spans)
    heading = _with_groups(
        _scored_header_row(number, texts, _header_evidence(texts, []), is_known_header), spans, is_known_header
    )
    return _with_second_header_row(_told_apart(heading, window), window, is_known_header)


def _with_second_header_row(heading: HeaderRow, window: Sequence[GridRow], is_known_header: IsKnownHeader) -> HeaderRow:
    """Return the heading with the row below that names the columns once more, if it does: half of them at least.

    Or with the ends of the words that are broken above it ("Onder-" over "nemingsnummer"), if it holds only these.
    """
    below = next((row for row in window if row.number > heading.row), None)
    if below is None or not below.cells:
        return heading
    texts = {index: _on_one_line(text) for index, text in below.cells.items()}
    lines = {index: f"{heading.texts.get(index, '')}\n{text}" for index, text in texts.items()}
    if all(_CONTINUED_WORD.search(line) for line in lines.values()):
        joined = {index: _CONTINUED_WORD.sub("-", _BROKEN_WORD.sub("", line)) for index, line in lines.items()}
        return dataclasses.replace(heading, texts={**heading.texts, **joined}, second_header_row=below.number)
    names = sum(_kind(text) == "name" and is_known_header(text) for text in texts.values())
    named = names >= _ENOUGH and 2 * names >= max(len(texts), heading.known_count) and heading.known_count >= _ENOUGH
    return dataclasses.replace(heading, second_header_row=below.number) if named else heading


@dataclass(frozen=True, slots=True)
class _HeaderEvidence:
    """What a row looks like before anybody asks what its texts mean."""

    texts: tuple[str, ...]
    """Its different texts that could be names."""
    score: float

    @property
    def most(self) -> float:
        """The score it has when all of them are known."""
        return self.score + 2 * len(self.texts)


def _header_evidence(texts: Mapping[int, str], below: Sequence[Mapping[int, str]]) -> _HeaderEvidence:
    """Weigh how many columns are named, and how unlike the rows below they are."""
    different = {normalize(text): text for text in texts.values()}
    widths = sorted(len(row) for row in below)
    width = widths[len(widths) // 2] if below else len(different)  # the statistics module takes 27 ms to import
    covered = min(len(different) / max(width, 1), 1.0)
    named = sum(_kind(text) == "name" for text in different.values()) / max(len(texts), 1)
    contrast = sum(_differs(index, text, below) for index, text in texts.items()) / max(len(texts), 1)
    alone = bool(below) and len(different) == 1 and width > 1
    could_be = tuple(text for text in different.values() if _kind(text) in ("name", "prose"))
    return _HeaderEvidence(could_be, 3 * covered + named + contrast - (3 if alone else 0))


def _scored_header_row(
    number: int, texts: Mapping[int, str], look: _HeaderEvidence, is_known_header: IsKnownHeader
) -> HeaderRow:
    """Weigh known names most."""
    count = sum(map(is_known_header, look.texts))
    return HeaderRow(number, texts, count, 2 * count + look.score)


def _differs(index: int, text: str, below: Sequence[Mapping[int, str]]) -> bool:
    kinds = Counter(_kind(row[index]) for row in below if index in row)
    return bool(kinds) and kinds.most_common(1)[0][0] != _kind(text)


def _kind(text: str) -> str:
    """Return what a cell looks like: `name` is what a header looks like.

    >>> _kind("BTW-nummer"), _kind("0123.456.749"), _kind("jan@x.be"), _kind("Vul hier in: " + "x" * 60)
    ('name', 'number', 'address', 'prose')
    """
    if "@" in text:
        return "address"
    if sum(character.isdigit() for character in text) * 2 >= len(text):
        return "number"
    return "prose" if len(text) > _LONG else "name"


@dataclass(frozen=True, slots=True)
class _Group:
    """A merged range and its text."""

    span: MergedRange
    text: str


def _spans(sheet: Sheet, rows: Sequence[GridRow]) -> list[_Group]:
    cells = {row.number: row.cells for row in rows}
    last = max((index for row in rows for index in row.cells), default=0)
    with_text = ((span, cells.get(span.top, {}).get(span.left)) for span in sheet.merged_ranges)
    groups = (_Group(dataclasses.replace(span, right=min(span.right, last)), text) for span, text in with_text if text)
    return list(islice(groups, _MERGED))


def _filled(row: GridRow, groups: Sequence[_Group]) -> dict[int, str]:
    """Return the texts of `row`, a merged text in each of the columns it stands over."""
    texts = {index: _on_one_line(text) for index, text in row.cells.items()}
    for group in groups:
        if group.span.top <= row.number <= group.span.bottom:
            for index in range(group.span.left, group.span.right + 1):
                texts.setdefault(index, _on_one_line(group.text))
    return texts


def _on_one_line(text: str) -> str:
    return " ".join(_BROKEN_WORD.sub("", decode_as_windows_1252(repair_mojibake(text)).replace("\x00", "")).split())


def _with_groups(heading: HeaderRow, groups: Sequence[_Group], is_known_header: IsKnownHeader) -> HeaderRow:
    """Join the merged headers right above (`Contact` over `Naam`) to names that say too little alone."""
    above = {
        index: group.text
        for group in groups
        if group.span.bottom == heading.row - 1 and group.span.left < group.span.right
        for index in range(group.span.left, group.span.right + 1)
    }
    if not above or (heading.texts.keys() <= above.keys() and len(set(above.values())) == 1):
        return heading  # nothing there, or one title over everything
    often = Counter(normalize(text) for text in heading.texts.values())
    texts = {
        index: f"{above[index]} {text}"
        if index in above and (often[normalize(text)] > 1 or not is_known_header(text))
        else text
        for index, text in heading.texts.items()
    }
    return HeaderRow(heading.row, texts, heading.known_count, heading.score)


def _told_apart(heading: HeaderRow, rows: Sequence[GridRow]) -> HeaderRow:
    """Join the headers right above that are not merged, where each of them tells names apart that occur twice.

    Each stands over the columns up to the next one.
    """
    often = Counter(normalize(text) for text in heading.texts.values())
    twice = [index for index, text in heading.texts.items() if often[normalize(text)] > 1]
    row = next((row for row in rows if row.number == heading.row - 1), None)
    if not twice or row is None or any(_kind(text) != "name" for text in row.cells.values()):
        return heading
    above = {index: _on_one_line(text) for index, text in row.cells.items()}
    over = {index: max((left for left in above if left <= index), default=None) for index in twice}
    joined = {index: f"{above[left]} {heading.texts[index]}" for index, left in over.items() if left is not None}
    if len(joined) < len(twice) or len({normalize(text) for text in joined.values()}) < len(twice):
        return heading
    return HeaderRow(heading.row, {**above, **heading.texts, **joined}, heading.known_count, heading.score)
