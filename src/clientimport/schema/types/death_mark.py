"""A death mark: a dagger or a word beside a name that says that its bearer has died."""

from __future__ import annotations

import re

LONGEST = 120
"""Letters of a name with all that stands around it; a longer text is no person's name (chosen, not measured)."""
_DAGGERS = "†✝✞✟☨"
_DATE = (
    r"(?:\s*(?:op|le|am|in|on|en|sinds|depuis|seit)?\s*"
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:er|\.)?\s[^\W\d_]{3,}\.?\s\d{4}|(?:19|20)\d\d)(?!\d))"
)
_WORDS = (
    r"(?:(?i:overleden|ovl\.|overl\.|d[ée]c[ée]d[ée]e?|d[ée]funte?|verstorbene?r?|verst\.|gestorben|deceased)"
    r"|DCD|R\.I\.P\.|(?<=\()RIP(?=\)))"
)
"""People are called Rip."""
_MARK = re.compile(
    rf"\(?\s*[{_DAGGERS}]{_DATE}?\s*\)?"
    r"|\((?:feue?|wijlen)\)"
    rf"|\(\s*\+{_DATE}?\s*\)|(?<!\S)\+{_DATE}|(?<=\S)\s\+$|^\+\s(?=\S+\s\S)"
    rf"|\(?(?<!\w){_WORDS}(?!\w){_DATE}?\s*\)?",
)
_BEFORE = re.compile(r"^(?:wijlen|the late|feue?)\s+(?=\S+\s+\S)", re.IGNORECASE)
_CERTAIN = re.compile(
    rf"[{_DAGGERS}]|\({_WORDS}{_DATE}?\s*\)|(?<=\w)[\s,–-]+(?i:overleden|d[ée]c[ée]d[ée]e?|verstorben|deceased){_DATE}?$"
)

SIGN = rf"(?i)[{_DAGGERS}+]|wijlen|late|feu|ove?r?l|d.{{1,2}}c|d.{{1,2}}funt|dcd|verst|gestorben|r\.?i\.?p"
"""An expression of Arrow's for some part of every such mark, to pass over the other names."""


def death_mark(name: str | None) -> str | None:
    """Return the mark in a person's name that says so, else None.

    >>> death_mark("Peeters Jan †"), death_mark("Jan Peeters (overleden 2021)"), death_mark("feu Jean Dupont")
    ('†', '(overleden 2021)', 'feu')
    >>> death_mark("Jan Peeters + 2021"), death_mark("Jan Peeters + An Maes"), death_mark("Jan van Wijlen")
    ('+ 2021', None, None)
    """
    text = " ".join((name or "").split())
    match = (_MARK.search(text) or _BEFORE.match(text)) if len(text) <= LONGEST else None
    return match[0].strip(" ,–-") if match else None


def death_mark_of_company(name: str | None) -> str | None:
    """Return such a mark in the name of a client, which may be a company's: `Feu Vert` sells tyres.

    >>> death_mark_of_company("Peeters Jan (+)"), death_mark_of_company("Nalatenschap Peeters †")
    (None, '†')
    """
    text = " ".join((name or "").split())
    match = _CERTAIN.search(text) if len(text) <= LONGEST else None
    return match[0].strip(" ,–-") if match else None


def strip_death_mark(name: str) -> str:
    """Return a person's name without such a mark.

    >>> strip_death_mark("Jan Peeters († 12.3.2021)"), strip_death_mark("wijlen Jan Peeters")
    ('Jan Peeters', 'Jan Peeters')
    """
    text = " ".join(name.split())
    if len(text) > LONGEST:
        return text
    shorter = _BEFORE.sub("", _MARK.sub(" ", text))
    return text if shorter == text else " ".join(shorter.split()).strip(" ,–-")
