"""Printable text: what stands in a stranger's file shows on a terminal and changes nothing there."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def printable(text: str) -> str:
    r"""Return `text` with every control, direction and line character replaced by a visible mark.

    >>> printable("Peeters\x1b[31m\nNV")
    'Peeters␛[31m␊NV'
    """
    if text.isprintable():
        return text
    return "".join(_mark(c) if unicodedata.category(c) in _HIDDEN else c for c in text)


def _mark(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"  # noqa: PLR2004 -- the C0 controls have pictures
