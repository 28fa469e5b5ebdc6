"""The text of an element as nearly all are written: UTF-8, with no more than the five entities of XML."""

from __future__ import annotations

import re

TEXT = rb"[^<>\x00-\x08\x0b-\x1f]"
"""A regular expression for one byte of it. A carriage return is none: the parser makes a line feed of it."""
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


_ESCAPE = re.compile("_x(?!D[89A-Fa-f])([0-9A-Fa-f]{4})_")
"""ST_Xstring, ECMA-376 part 1, 22.9.2.19; halves of surrogate pairs are no characters."""


def plain_text(raw: bytes) -> str | None:
    r"""Return the text, None where the parser must look at it: another reference, or what XML forbids.

    >>> plain_text(b"Peeters &amp; Zonen"), plain_text(b"a&#10;b"), plain_text(b"\xff")
    ('Peeters & Zonen', None, None)
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return None
    if "\ufffe" in text or "\uffff" in text:
        return None
    return _resolved(text) if "&" in text else text


def _resolved(text: str) -> str | None:
    if text.count("&") != sum(text.count(entity) for entity, _ in _ENTITIES):
        return None
    for entity, character in _ENTITIES:  # the ampersand last, for it may begin another one
        text = text.replace(entity, character)
    return text


def unescaped(text: str) -> str:
    r"""Return `text` with its escaped control characters as themselves.

    >>> unescaped("Dijk 24_x000D_\nGent"), unescaped("_x005F_x000D_")
    ('Dijk 24\r\nGent', '_x000D_')
    """
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
