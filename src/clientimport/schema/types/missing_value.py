"""Missing values: words and marks that people type to say that there is none (`n.v.t.`, `-`, `#N/A`)."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.normalize import normalize
from clientimport.schema.types.cleaning import clean

MISSING = ParsedValue(None, "value.nothing")
"""The result of parsing such a word."""

_WORDS = frozenset(
    {
        *("nvt", "nietvantoepassing", "geen", "onbekend", "nietbekend", "leeg"),
        *("neant", "sansobjet", "aucun", "aucune", "nonapplicable", "inconnu", "vide"),
        *("keine", "kein", "keiner", "entfallt", "entfaellt", "unbekannt", "nichtzutreffend", "leer"),
        *("none", "notapplicable", "notavailable", "unknown", "empty"),
        *(
            "nietgekend",
            "geengsm",
            "geentelefoon",
            "geentel",
            "geenmail",
            "geenemail",
            "geenmailadres",
            "geenemailadres",
        ),
        *("pasdegsm", "pasdetelephone", "pasdemail", "sansmail", "sansemail", "sansgsm", "sanstelephone"),
        *("keinhandy", "keintelefon", "keinemail", "keineemail", "nomail", "noemail", "nophone", "nomobile"),
    }
)
_NO_NAMES = frozenset(
    {
        *("nvt", "nietvantoepassing", "geen", "geennaam", "onbekend", "nietbekend", "nietgekend", "onbekende"),
        *("neant", "sansobjet", "sansnom", "aucun", "aucune", "aucunnom", "nonapplicable", "inconnu", "inconnue"),
        *("keine", "keinname", "unbekannt", "nichtbekannt", "nichtzutreffend", "entfaellt", "entfallt"),
        *("none", "noname", "notapplicable", "notavailable", "unknown", "tobedefined"),
    }
)
"""Fewer than of other content: people are called Null, Leer, Vide and Keiner."""
_PLACEHOLDER = re.compile("x{3,}")
_DIGIT = re.compile("[1-9]")
_COMPUTER_WORDS = frozenset({"null", "nil", "nul", "nan", "na", "nihil"})
_SHORT_FORMS = frozenset({"n/a", "n.a.", "n.a"})  # but NA is Namibia, and may be a client's code


def is_missing_mark(text: str) -> bool:
    """Return whether `text` holds no letter or digit, or just the 0 that a lookup formula shows for an empty cell.

    >>> is_missing_mark("-"), is_missing_mark("0"), is_missing_mark("3M"), is_missing_mark("Ω")
    (True, True, False, False)
    """
    if _DIGIT.search(text):
        return False
    tidied = clean(text)
    return tidied == "0" or not any(c.isalnum() for c in tidied)


def is_missing_in_words(text: str) -> bool:
    """Return whether `text` is such a mark, or words that say it in plain language.

    >>> is_missing_in_words("n.v.t.")
    True
    >>> is_missing_in_words("Pas d'e-mail")
    True
    >>> is_missing_in_words("N/A")
    True
    >>> is_missing_in_words("NA")
    False
    """
    if _DIGIT.search(text):  # most values that are not missing, and much faster
        return False
    word = _letters(text)
    return (
        is_missing_mark(text)
        or word in _WORDS
        or bool(_PLACEHOLDER.fullmatch(word))
        or clean(text).casefold() in _SHORT_FORMS
    )


def is_missing_name(text: str) -> bool:
    """Return whether a name says that there is none; with a legal form behind it, it is a company's name.

    >>> is_missing_name("Onbekend")
    True
    >>> is_missing_name("n.v.t.")
    True
    >>> is_missing_name("xxx")
    True
    >>> is_missing_name("N/A")
    True
    >>> is_missing_name("-")
    True
    >>> is_missing_name("Onbekend BV"), is_missing_name("N.A."), is_missing_name("null"), is_missing_name("Leer")
    (False, False, False, False)
    """
    if _DIGIT.search(text):
        return False
    word = _letters(text)
    return (
        is_missing_mark(text)
        or word in _NO_NAMES
        or bool(_PLACEHOLDER.fullmatch(word))
        or clean(text) in {"n/a", "N/A", "n.a."}
    )


def is_missing(text: str) -> bool:
    """Return whether `text` says so, or is a computer's word for it; for content of which `null` is never a value.

    >>> is_missing("NULL"), is_missing("0403.019.261")
    (True, False)
    """
    return not _DIGIT.search(text) and (is_missing_in_words(text) or _letters(text) in _COMPUTER_WORDS)


def may_be_missing(values: pa.StringArray) -> pa.BooleanArray:
    """Return which values might be such words; too many rather than too few, for a test on whole columns.

    >>> may_be_missing(pa.array(["Gent", "n.v.t.", "Néant", "NA"])).to_pylist()
    [False, True, True, True]
    """
    return pc.match_substring_regex(values, _LOOSE)


def _letters(text: str) -> str:
    return normalize(clean(text)).replace(" ", "")


def _loosely(word: str) -> str:
    """Return a pattern for `word` in which accents and punctuation may stand anywhere."""
    letters = (f"(?:{letter}|{_OTHER})" if letter in "aeiou" else letter for letter in word)
    return f"{_OTHER}*".join(letters)


_OTHER = "[^0-9a-z]"
_LOOSE = f"(?i)^{_OTHER}*(?:0?|xx+|{'|'.join(sorted(map(_loosely, _WORDS | _COMPUTER_WORDS | _NO_NAMES)))}){_OTHER}*$"
