"""The letters of a text file: which encoding turned them into bytes.

A chain of rules, for guessing from frequencies turns Windows-1252 into Central European letters without a word
(measured with charset-normalizer: cp1250 for a file with é, œ and €).
"""

from __future__ import annotations

import codecs
import io
import re

from clientimport.errors import FileUnreadable
from clientimport.files.code_page_detection import NOT_WINDOWS, better_code_page
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Finding
from clientimport.schema.finding_catalog import new_finding
from clientimport.schema.types.control_characters import decode_as_windows_1252
from clientimport.schema.types.mojibake import may_be_mojibake, repair_mojibake

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_COMMON = ("utf-8", "utf-16", "cp1252", "cp850", "iso-8859-1", "iso-8859-15", "latin-1", "mac_roman")
_PAGE_HEAD = 4096
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_WORD = re.compile(r'[^\s;,|"]+')
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")
"""What stands in no text: tabs, line ends and the end of a file of DOS (Ctrl-Z) do."""
_NULS = re.compile("\x00+")
_NULS_APART = 8
"""Characters of text for each damaged place, so that it is still a text (chosen, not measured)."""
_WITHOUT_C1 = ("iso8859-1", "ascii")
"""What a browser reads as Windows-1252 when a page names it: https://encoding.spec.whatwg.org/#names-and-labels."""


def decode_text(data: bytes, encoding: str | None = None) -> str:
    """Return the text of `data`; `encoding` is the user's word for it. Raises FileUnreadable.

    >>> decode_text("Liège;€".encode("cp1252"))
    'Liège;€'
    """
    text = _decode_with(data, encoding) if encoding else _decode_by_rules(data)
    if "\x00" in text and not _is_damaged_text(text):
        raise FileUnreadable("file.not_spreadsheet")
    if not text.strip("\ufeff \t\r\n"):
        raise FileUnreadable("file.empty")
    return text.removeprefix("\ufeff")


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a web page names, where that is one we know; a mark at its beginning is surer.

    >>> declared_charset(b'<meta http-equiv=Content-Type content="text/html; charset=windows-1252">')
    'windows-1252'
    """
    match = _CHARSET.search(data[:_PAGE_HEAD])
    name = match[1].decode("ascii") if match else ""
    if data.startswith(tuple(mark for mark, _ in _MARKS)) or not name:
        return None
    try:
        name = "windows-1252" if codecs.lookup(name).name in _WITHOUT_C1 else name
        data.decode(name)
    except (LookupError, UnicodeError):
        return None
    return name


def repair_mojibake_lines(text: str) -> tuple[str, list[Finding]]:
    """Return `text` with repaired lines, where they were once opened with the wrong code page, and a finding for them.

    Headers and values alike, and line by line, for a list may have been put together from several exports.
    """
    if not may_be_mojibake(text):
        return text, []
    lines = list(io.StringIO(text, newline=""))
    repaired = [repair_mojibake(line) for line in lines]
    changed = [position for position, line in enumerate(repaired) if line != lines[position]]
    if not changed:
        return text, []
    words = zip(_WORD.findall(lines[changed[0]]), _WORD.findall(repaired[changed[0]]), strict=False)
    before, after = next((pair for pair in words if pair[0] != pair[1]), ("", ""))
    return "".join(repaired), [new_finding("text.mojibake_file", count=len(changed), before=before, after=after)]


def _decode_with(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
        text.encode("utf-8")  # half characters would fail later
    except LookupError as error:
        suggestion = did_you_mean(encoding, _COMMON) or _COMMON[0]
        raise FileUnreadable("file.encoding_unknown", encoding=encoding, meant=suggestion) from error
    except ValueError as error:
        raise FileUnreadable("file.encoding_wrong", encoding=encoding) from error
    return text


def _decode_by_rules(data: bytes) -> str:
    name = next((name for mark, name in _MARKS if data.startswith(mark)), None) or _utf_16_without_mark(data[:4096])
    try:
        return data.decode(name or "utf-8")
    except UnicodeDecodeError as error:
        if name:
            raise FileUnreadable("file.damaged") from error
    if b"\x00" in data and NOT_WINDOWS.search(data):
        raise FileUnreadable("file.not_spreadsheet")
    # Some lines may be UTF-8 all the same, where a list was put together: they are set right below.
    if better_code_page(data) and (other := better_code_page(_without_utf_8(data))):
        raise FileUnreadable("file.encoding_unsure", word=other.word, meant=other.corrected, encoding=other.encoding)
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return decode_as_windows_1252(data.decode("latin-1"))


def _without_utf_8(data: bytes) -> bytes:
    """Return the lines that are no UTF-8."""
    return b"\n".join(line for line in data.split(b"\n") if not _is_utf_8(line))


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_text(text: str) -> bool:
    """Return whether NULs stand here and there in what is a text otherwise."""
    return not _CONTROLS.search(text) and len(_NULS.findall(text)) * _NULS_APART <= len(text)


def _utf_16_without_mark(start: bytes) -> str | None:
    """Return the byte order when nearly every second byte is zero, as with European text in UTF-16."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) * 0.4 and even < len(start) * 0.05:
        return "utf-16-le"
    if even > len(start) * 0.4 and odd < len(start) * 0.05:
        return "utf-16-be"
    return None
