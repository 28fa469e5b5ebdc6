r"""Code pages: control characters that are letters and marks of Windows-1252 which somebody once read as Latin-1."""

from __future__ import annotations

import re

_C1 = re.compile(r"[\x80-\x9f]")
"""Control characters that are never typed: https://www.unicode.org/charts/PDF/U0080.pdf."""
_NOT_IN_WINDOWS = "\x81\x8d\x8f\x90\x9d"
"""Windows-1252 has nothing there: https://encoding.spec.whatwg.org/#windows-1252."""
_WINDOWS_LETTERS = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if chr(code) not in _NOT_IN_WINDOWS
}


def decode_as_windows_1252(text: str) -> str:
    r"""Return `text` with what Windows-1252 means by each control character from U+0080 to U+009F.

    >>> decode_as_windows_1252("D\x92Hondt"), decode_as_windows_1252("c\x9cur"), decode_as_windows_1252("D’Hondt")
    ('D’Hondt', 'cœur', 'D’Hondt')
    """
    return text if text.isascii() or not _C1.search(text) else text.translate(_WINDOWS_LETTERS)
