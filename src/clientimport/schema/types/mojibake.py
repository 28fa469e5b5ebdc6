"""Mojibake: UTF-8 that somebody once opened as Windows-1252, so that é became Ã©, set right where that is certain."""

from __future__ import annotations

import re

_SUSPECT = re.compile(r"[ÃÂâÅ](?:(?<=[ÃÂ])[\x80-\xbf\u0152-\u2122]|(?<=â)[€\x80]|(?<=Å)“\w)")
"""Begun with one class of letters, for which a long text is looked through ten times as fast as for three words."""


def repair_mojibake(text: str) -> str:
    """Return `text` with letters that were decoded with the wrong code page set right, else `text` itself.

    It is certain where every letter takes part: text that was never damaged is no UTF-8 when encoded again.

    >>> repair_mojibake("LiÃ¨ge"), repair_mojibake("Liège"), repair_mojibake("Liège, not LiÃ¨ge")
    ('Liège', 'Liège', 'Liège, not LiÃ¨ge')
    """
    if not may_be_mojibake(text):
        return text
    try:
        return b"".join(map(_byte, text)).decode("utf-8")
    except UnicodeError:
        return text


def may_be_mojibake(text: str) -> bool:
    """Return whether there are letters in `text` that such damage leaves.

    >>> may_be_mojibake("LiÃ¨ge"), may_be_mojibake("SÃO PAULO")
    (True, False)
    """
    return not text.isascii() and _SUSPECT.search(text) is not None


def _byte(character: str) -> bytes:
    """Return the byte that was read as `character`; the five without a letter in Windows-1252 stay as they are.

    https://encoding.spec.whatwg.org/#windows-1252
    """
    return character.encode("latin-1" if "\x80" <= character <= "\x9f" else "cp1252")
