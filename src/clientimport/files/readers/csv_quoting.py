r"""Quotation marks as some programs write them: a space before (`a, "b"`), or a backslash before those inside (`\"`).

A file that does so throughout is written anew by the rules of RFC 4180, so that all that follows reads it. Where only
some rows do, it cannot be known what the others mean by such signs: these rows are an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clientimport.model.finding import Finding
from clientimport.schema.finding_catalog import new_finding

_ESCAPED = '\\"'
_MOSTLY = 0.5
"""Of the rows: as many have a space before their marks where the file is written so (chosen, not measured)."""


@dataclass(frozen=True, slots=True)
class _QuotedField:
    row: int
    """As Excel counts."""
    spaces: str
    """What stands before its mark."""
    quoted: str | None
    """What stands between its marks, None where there are none around all of it."""
    bare: str
    first: bool
    """Whether it is the first of its row."""
    end: str

    @property
    def spaced(self) -> bool:
        """Whether spaces stand between the separator and its mark."""
        return self.quoted is not None and bool(self.spaces) and not self.first

    @property
    def escaped(self) -> bool:
        """Whether a backslash stands before a mark that is none of those around it."""
        return _ESCAPED in (self.bare if self.quoted is None else self.quoted)


def to_standard_quoting(text: str, delimiter: str) -> tuple[str, list[Finding]]:
    r"""Return `text` with its marks as RFC 4180 has them, and an error for each row that means something else by them.

    >>> print(to_standard_quoting('"a", "b, c"', ",")[0])
    "a","b, c"
    >>> print(to_standard_quoting(r'"a \"b\" c";"d"', ";")[0])
    "a ""b"" c";"d"
    """
    spaces = f'{delimiter} "' in text and delimiter != " "
    text, spaced = _without_spaces(text, delimiter) if spaces else (text, [])
    text, escaped = _without_backslashes(text, delimiter) if _ESCAPED in text else (text, [])
    return text, [_finding(field) for field in {field.row: field for field in (*escaped, *spaced)}.values()]


def _without_spaces(text: str, delimiter: str) -> tuple[str, list[_QuotedField]]:
    fields = list(_fields(text, delimiter, escapes=_ESCAPED in text))
    spaced = [field for field in fields if field.spaced]
    if not spaced:
        return text, []
    close = any(field.quoted is not None and not field.spaces and not field.first for field in fields)
    rows = {field.row for field in fields if field.bare.strip() or field.quoted}
    if close or len({field.row for field in spaced}) < len(rows) * _MOSTLY:
        return text, spaced
    return "".join(f"{field.bare.strip(' ')}{field.end}" for field in fields), []


def _without_backslashes(text: str, delimiter: str) -> tuple[str, list[_QuotedField]]:
    by_rule = [field for field in _fields(text, delimiter, escapes=False) if field.escaped]
    unquoted = [field for field in by_rule if field.quoted is None]
    if not unquoted:
        return text, []  # a backslash that ends a text: "C:\Clients\"
    fields = list(_fields(text, delimiter, escapes=True))
    broken = any(field.quoted is None and field.bare.lstrip().startswith('"') for field in fields)
    doubled = any('""' in field.quoted for field in fields if field.quoted)
    if broken or doubled:
        return text, unquoted
    return "".join(f"{_doubled(field)}{field.end}" for field in fields), []


def _doubled(field: _QuotedField) -> str:
    if not field.escaped:
        return field.bare
    inside = field.bare if field.quoted is None else field.quoted
    return '"' + re.sub(r'\\(["\\])', lambda match: match[1].replace('"', '""'), inside) + '"'


def _fields(text: str, delimiter: str, *, escapes: bool) -> Iterator[_QuotedField]:
    """Yield the fields of `text` as meant: marks around all of it may have spaces around them."""
    d = re.escape(delimiter)
    inside = r'(?:[^"\\]|\\.|"")*+' if escapes else r'(?:[^"]|"")*+'
    field = re.compile(
        rf'(?:(?P<spaces> *)"(?P<quoted>{inside})" *(?=[{d}\r\n]|\Z)|[^{d}\r\n]*)(?P<end>{d}|\r\n|\r|\n|\Z)', re.DOTALL
    )
    position, row, first = 0, 1, True
    while position < len(text):
        match = field.match(text, position)
        assert match is not None  # any text is a field without marks
        end = match["end"]
        yield _QuotedField(row, match["spaces"] or "", match["quoted"], text[position : match.start("end")], first, end)
        first = end != delimiter
        row += first
        position = match.end()


def _finding(field: _QuotedField) -> Finding:
    return new_finding("row.quotes_unlike", row=field.row, value=field.bare.strip())
