"""Cleaning: removing what typing, copying and spreadsheets leave around a value, each time with a repair."""

from __future__ import annotations

import re
import unicodedata

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.control_characters import decode_as_windows_1252

_NUL = "\x00"
"""Left by a damaged disk, or by half of a letter of UTF-16: it has no meaning."""
_INVISIBLE = re.compile(r"[\x00\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_ESCAPED_BREAK = re.compile(r"_x000[dD]_")  # how a spreadsheet's XML writes a carriage return
_QUOTES = " '\"`´‘’“”"


def clean(text: str) -> str:
    r"""Return an identifier or contact datum without stray spaces, quotes and invisible or full-width characters.

    >>> clean("\u200b ０４０３ 019 261\u00a0"), clean("'0123"), clean("a\n b"), clean("D\x92Hondt")
    ('0403 019 261', '0123', 'a b', 'D’Hondt')
    """
    if _is_plain(text):
        return text.strip(_QUOTES)
    return _one_line(unicodedata.normalize("NFKC", _INVISIBLE.sub("", decode_as_windows_1252(text)))).strip(_QUOTES)


def clean_text(text: str) -> str:
    r"""Return a name or other prose on one line, composed (NFC), without stray spaces and invisible characters.

    >>> clean_text("  Jansen\u00a0 BV "), clean_text("'t Hoekske")
    ('Jansen BV', "'t Hoekske")
    """
    if _is_plain(text):
        return text.strip()
    return _one_line(unicodedata.normalize("NFC", _INVISIBLE.sub("", decode_as_windows_1252(text))))


def _is_plain(text: str) -> bool:
    """Return whether nothing inside a text is to be cleaned, as in most: ASCII characters and single spaces."""
    return text.isascii() and text.isprintable() and "  " not in text and "_x000" not in text


def finish_parse(typed: str, value: str | None, repair: str, *notes: Issue) -> ParsedValue:
    """Return `value` as parsed from `typed`, with the repair that explains the difference, if there is one.

    `repair` is the type's own explanation; when cleaning alone made the difference, that is what is said.

    >>> finish_parse("a", "a", "name.form").repair, finish_parse(" a ", "a", "name.form").repair
    (None, 'text.spaces')
    >>> finish_parse("0403.019.261", "0403019261", "company_number.separators").repair
    'company_number.separators'
    """
    if value == "":  # nothing but invisible characters and broken letters
        return ParsedValue(None, "value.nothing", notes)
    if value == typed:
        return ParsedValue(value, None, notes)
    if value in (clean(typed), clean_text(typed)):
        return ParsedValue(value, _cleaning(typed, value), notes)
    return ParsedValue(value, repair, notes)


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", _ESCAPED_BREAK.sub(" ", text)).strip()


def _cleaning(typed: str, value: str) -> str:
    if _NUL in typed:
        return "text.nul"
    if decode_as_windows_1252(typed) != typed:
        return "text.code_page"
    if "\n" in typed.strip() or "\r" in typed.strip():
        return "text.line_break"
    same_letters = _SPACES.sub("", _INVISIBLE.sub("", typed)) == value.replace(" ", "")
    return "text.spaces" if same_letters else "text.characters"
