"""Annotated names: titles, remarks and second surnames that people write around a person's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from clientimport.schema.types import death_mark
from clientimport.schema.types.death_mark import LONGEST, strip_death_mark

_WIDOW = r"weduwe|weduwnaar|wed\.|wwe\.?|we\.|wdw\.|veuve|veuf|vve\.?|witwer?|widow(?:er)?"
_SAFE_TITLES = (
    r"dhr|de heer|mevr|mevrouw|mw|mej|mejuffrouw|mr|mrs|ms|mme|mlle|monsieur|madame|mademoiselle|herr|frau|hr\."
    r"|drs?|prof|pr\.|maître|maitre|meester|mtre?|me\.|ing|ir|dipl\.-ing|lic\.|mag\.|jhr|jkvr|signora?|ds\."
    rf"|{_WIDOW}"
)
_FOR = re.compile(
    r"^(?:t\.?a\.?v\.?|ter attentie van|attn?\.?:?|c/o|[àa] l['’]attention de|z\.?\s?hd\.?)\s+(?=\S{2})", re.IGNORECASE
)
_TITLES = re.compile(rf"^(?:(?:{_SAFE_TITLES}|heer|m|me)(?:\.\s*|\s+|(?<=\.)))+(?=\S{{2}})", re.IGNORECASE)
_OWN_TITLES = re.compile(rf"^(?:(?:{_SAFE_TITLES})(?:\.\s*|\s+|(?<=\.)))+(?=\S{{2}})", re.IGNORECASE)
"""In a cell of its own a first name may be `M. Claire`, with an initial."""

_ROLES = (
    r"zaakvoerd(?:er|ster)|bestuurd(?:er|ster)|vennoot|boekhoud(?:er|ster)|secretaris|secretaresse|directeur|directrice"
    r"|gérante?|administrat(?:eur|rice)|associée?|comptable|secrétaire|geschäftsführer(?:in)?|inhaber(?:in)?|buchhalter(?:in)?"
    r"|director|manager|owner|ceo|cfo|eigenaar|eigenares"
)
_FAMILY = "moeder|vader|mère|père|mutter|vater|zoon|dochter|fils|fille"
_DEGREES = r"ir|ing|dr|drs|mr|ph\.?d|m\.?sc|b\.?sc|m\.?d|mba|llm|dds"
_WIDOW_BEHIND = re.compile(rf"(?<=\w)(?<!\bde)(?<!\ble)\s+(?:{_WIDOW})$", re.IGNORECASE)


def _behind(roles: str) -> re.Pattern[str]:
    return re.compile(rf"\s*[,–]\s*(?:{roles}|{_DEGREES}|{_WIDOW})\.?$|\s+[-–]\s+(?:{roles})$", re.IGNORECASE)


_BEHIND = _behind(f"{_ROLES}|{_FAMILY}")
_OWN_BEHIND = _behind(_ROLES)
"""In a cell of its own a last name may be `Dubois, fils`, which distinguishes the son from the father."""
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*")
_SECOND = re.compile(
    r"(?P<own>\S.*?)[\s,(\[–-]+"
    r"(?:ép\.|ep\.|épse|épouse|epouse|épx|née?\.?|nee|geb\.|geboren|geborene[rn]?|born|verh\.|verheiratete?|gesch\."
    rf"|echtg\.|echtgenote|e\.v\.|{_WIDOW})"
    r"(?:\s+(?:van|de|of|von|v\.))?\s+(?P<other>[^\W\d][^()\[\]]*?)[\s)\]]*$",
    re.IGNORECASE,
)
"""`Marie Dupont ép. Martin`, `Dupont (née Martin)`: behind each of these words stands a second surname."""

SIGN = (
    r"(?i)[()\[\],.–]| - |(?:^|[^a-z])(?:dhr|de heer|me[jv]|mw|mrs?|ms|mme|mlle|monsieur|mad|herr|frau|drs?|prof"
    r"|meester|ma.{1,2}tre|mtre?|ing|ir|jhr|jkvr|signor|wed|veu|vve|wwe|wit|wid|.{0,2}pouse|.{0,2}ps|.px|n.{0,2}e? "
    r"|geb|born|verh|ech|zaakv|bestuur|venno|boekh|secr|dire|g.{1,2}ran|admin|asso|compt|gesch|inhab|buchh|mana|owner"
    r"|ceo|cfo|eigen|moeder|vader|m.{1,2}re|p.{1,2}re|mutter|vater|zoon|doch|fils|fille|p.?h.?d|m.?sc|b.?sc|m.?d|mba|llm)"
)
"""An expression of Arrow's for some part of every name with something around it, to pass over the others."""
_BEFORE_WHOLE_NAMES = r"(?:^|[^a-z])(?:me? |(?:de )?heer|tav|ter att|att|c/o|.l.attention|z.{0,2}hd)"
_MAYBE = re.compile("|".join((SIGN, death_mark.SIGN.removeprefix("(?i)"), _BEFORE_WHOLE_NAMES)))


@dataclass(frozen=True, slots=True)
class AnnotatedName:
    """A person's name, and what stood around it."""

    name: str
    other: str = ""
    """A second surname, of birth or by marriage."""
    bracketed: str = ""
    """What stood in brackets: a remark, or the first name."""


def parse_annotated_name(text: str) -> AnnotatedName:
    """Return the name in a text, without titles, remarks and death marks, and its second surname apart.

    >>> parse_annotated_name("Dr. ir. Tom Maes (zaakvoerder)").name
    'Tom Maes'
    >>> parse_annotated_name("Marie Dupont ép. Martin").other
    'Martin'
    >>> parse_annotated_name("Peeters An (weduwe)").name
    'Peeters An'
    >>> parse_annotated_name("Jan Peeters, ir.").name
    'Jan Peeters'
    >>> parse_annotated_name("M. Dubois").name
    'Dubois'
    """
    return _strip_titles(strip_remarks(text), _TITLES) if _MAYBE.search(text) else AnnotatedName(text)


def parse_annotated_name_part(text: str) -> AnnotatedName:
    """Return the same of a cell that holds a first or a last name alone.

    >>> parse_annotated_name_part("Dupont (née Martin)"), parse_annotated_name_part("M. Claire").name
    (AnnotatedName(name='Dupont', other='Martin', bracketed=''), 'M. Claire')
    """
    return _strip_titles(strip_remarks(text, own_name=True), _OWN_TITLES)


def strip_remarks(text: str, *, own_name: bool = False) -> AnnotatedName:
    """Return the name in a text with its titles, which may show that there are two people.

    A bare `weduwe` behind one word is a name, Anne Veuve is called so, unless the cell is the person's `own` first or
    last name.

    >>> strip_remarks("De heer en mevrouw Peeters (ouders)").name
    'De heer en mevrouw Peeters'
    """
    if not _MAYBE.search(text):
        return AnnotatedName(text)
    name = _FOR.sub("", strip_death_mark(text, own_name=own_name))
    if len(name) > LONGEST:
        return AnnotatedName(name)
    titled = _TITLES.match(name)
    begin = titled.end() if titled else 0
    if second := _SECOND.match(name, begin):
        name = name[: second.end("own")]
    bracketed = " ".join(part.strip(" ()[]") for part in _BRACKETS.findall(name))
    name = " ".join(_BRACKETS.sub(" ", name).split())
    while (shorter := _strip_behind(name, own_name=own_name)) not in ("", name):
        name = shorter
    name = name if name == text else name.rstrip(" ,")
    return AnnotatedName(name, second["other"].strip() if second else "", bracketed)


def _strip_behind(name: str, *, own_name: bool) -> str:
    """Return a name without what stands behind it.

    >>> names = ("An Maes weduwe", "Anne Veuve", "Maes, weduwe", "Dubois, fils")
    >>> [_strip_behind(name, own_name=False) for name in names]
    ['An Maes', 'Anne Veuve', 'Maes', 'Dubois']
    >>> _strip_behind("Dubois, fils", own_name=True)
    'Dubois, fils'
    """
    bare = _WIDOW_BEHIND.sub("", name).strip()
    behind = _OWN_BEHIND if own_name else _BEHIND
    return behind.sub("", bare if own_name or " " in bare else name).strip()


def _strip_titles(annotated: AnnotatedName, titles: re.Pattern[str]) -> AnnotatedName:
    name = titles.sub("", annotated.name)
    surname, _, given = name.partition(",")
    bare = titles.sub("", given.strip())
    return replace(annotated, name=name if bare == given.strip() else f"{surname.strip()}, {bare}")
