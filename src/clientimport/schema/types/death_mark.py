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
    rf"|\(?(?<!\w){_WORDS}(?!\w){_DATE}?\s*\)?|(?<=,)\s*(?:wijlen|feue?)\s+(?=\S)",
)
_LATE = "wijlen|the late|feue?"
_BEFORE = re.compile(rf"^(?:(?i:{_LATE})\s+(?=\S+\s+\S)|(?:wijlen|feue?)\s+(?=[A-ZÀ-ÖØ-Þ]\w))")
"""Before one word only in small letters: somebody may be called Feu Jan, surname first."""
_BEFORE_PART = re.compile(rf"^(?:(?:{_LATE})\s+|\+\s+)(?=\w{{2}})", re.IGNORECASE)
"""In a cell of a first or last name alone."""
_HEIRS = (
    "(?:erven|erfgenamen|nalatenschap|succession|hoirs|hoirie|h[ée]ritiers|erbengemeinschaft|nachla(?:ss|ß)"
    "|(?:heirs|estate) of)"
)
_BETWEEN = r"(?:\s+(?:van|de|du|des|von|der|the late|wijlen|feue?)\b|\s+d['’])*"
_ESTATE = re.compile(
    rf"^(?:(?:de|la|les|die|der|the)\s+)?{_HEIRS}(?=\s){_BETWEEN}(?=\s*\S{{2}})"
    rf"|^(?:die\s+)?erben(?=\s+(?:(?:von|des|der|nach)\s|\S+\s+\S))"
    rf"|\((?:{_HEIRS}|erben)\)|[,–-]\s*(?:{_HEIRS}|erben)$",
    re.IGNORECASE,
)
"""An estate, whose name it is; the word for one heir (`erfgenaam`) stands beside somebody who is alive."""
_ESTATE_PART = re.compile(r"^(?:die\s+)?erben(?=\s+\w{2})", re.IGNORECASE)
"""With a first name in a cell of its own, `Erben` is not the surname."""
_FIRST_NAME = re.compile(rf"(?i:(?:{_HEIRS}|erben|wijlen|the late){_BETWEEN})|feue?")
_CERTAIN = re.compile(
    rf"[{_DAGGERS}]|\({_WORDS}{_DATE}?\s*\)|(?<=\w)[\s,–-]+(?i:overleden|d[ée]c[ée]d[ée]e?|verstorben|deceased){_DATE}?$"
)

SIGN = (
    rf"(?i)[{_DAGGERS}+]|wijlen|late|feu|ove?r?l|d.{{1,2}}c|d.{{1,2}}funt|dcd|verst|gestorben|r\.?i\.?p"
    r"|erven|erfgenamen|nalaten|succession|hoir|ritiers|erben|nachla|heirs|estate"
)
"""An expression of Arrow's for some part of every such mark, to pass over the other names."""


def death_mark(name: str | None) -> str | None:
    """Return the mark in a person's name that says so, else None.

    >>> death_mark("Peeters Jan †"), death_mark("Jan Peeters (overleden 2021)"), death_mark("feu Jean Dupont")
    ('†', '(overleden 2021)', 'feu')
    >>> death_mark("Jan Peeters + 2021"), death_mark("Jan Peeters + An Maes"), death_mark("Jan van Wijlen")
    ('+ 2021', None, None)
    """
    return _first_mark(name, _MARK, _BEFORE, _ESTATE)


def death_mark_of_last_name(name: str | None) -> str | None:
    """Return such a mark in a cell of a last name alone.

    >>> death_mark_of_last_name("wijlen Peeters"), death_mark_of_last_name("van Wijlen"), death_mark_of_last_name("Feu")
    ('wijlen', None, None)
    """
    return _first_mark(name, _MARK, _BEFORE_PART, _ESTATE, _ESTATE_PART)


def death_mark_of_first_name(name: str | None) -> str | None:
    """Return such a mark in a cell of a first name alone, which may be nothing else: nobody is called `Erven`.

    >>> death_mark_of_first_name("feu Jean"), death_mark_of_first_name("Erven van"), death_mark_of_first_name("Jan")
    ('feu', 'Erven van', None)
    """
    text = " ".join((name or "").split())
    return text if _FIRST_NAME.fullmatch(text) else death_mark_of_last_name(name)


def death_mark_of_company(name: str | None) -> str | None:
    """Return such a mark in the name of a client, which may be a company's: `Feu Vert` sells tyres.

    >>> death_mark_of_company("Peeters Jan (+)"), death_mark_of_company("Nalatenschap Peeters †")
    (None, '†')
    """
    return _first_mark(name, _CERTAIN)


def _first_mark(name: str | None, *marks: re.Pattern[str]) -> str | None:
    text = " ".join((name or "").split())
    if len(text) > LONGEST:
        return None
    match = next((match for mark in marks if (match := mark.search(text))), None)
    return match[0].strip(" ,–-") if match else None


def strip_death_mark(name: str, *, own_name: bool = False) -> str:
    """Return a person's name, or the first or last one in a cell of its `own`, without such a mark.

    What says that it is an estate stays: that is what its name is.

    >>> strip_death_mark("Jan Peeters († 12.3.2021)"), strip_death_mark("wijlen Jan Peeters")
    ('Jan Peeters', 'Jan Peeters')
    >>> strip_death_mark("Feu Jean", own_name=True), strip_death_mark("Feu Jean"), strip_death_mark("Erven Peeters")
    ('Jean', 'Feu Jean', 'Erven Peeters')
    """
    text = " ".join(name.split())
    if len(text) > LONGEST:
        return text
    shorter = (_BEFORE_PART if own_name else _BEFORE).sub("", _MARK.sub(" ", text))
    return text if shorter == text else " ".join(shorter.split()).strip(" ,–-")
