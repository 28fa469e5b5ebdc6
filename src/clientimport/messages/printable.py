"""Printable text: what comes from a file or a platform cannot control the terminal."""

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


def printable_lines(text: str) -> str:
    r"""Return `text` with its line breaks kept and every other control character made visible.

    >>> printable_lines("a\x9b2J\nb")
    'a\ufffd2J\nb'
    """
    return text if text.isprintable() else "\n".join(map(printable, text.split("\n")))


def escape_for_json(text: str) -> str:
    r"""Return JSON with what no screen shows written as an escape, so that nothing obeys it and nothing is lost.

    >>> escape_for_json('"a\x9b2J\u202e"')
    '"a\\u009b2J\\u202e"'
    """
    lines = text.split("\n")
    return text if "".join(lines).isprintable() else "\n".join(map(_escaped_line, lines))


def _escaped_line(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(_escape(c) if unicodedata.category(c) in _HIDDEN else c for c in line)


def _escape(character: str) -> str:
    units = character.encode("utf-16-be", errors="surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _mark(character: str) -> str:
    code = ord(character)
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"  # noqa: PLR2004 -- the C0 controls have pictures
