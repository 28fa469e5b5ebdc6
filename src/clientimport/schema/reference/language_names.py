"""What people call a language: its names in the languages around us (Unicode CLDR), its codes and short forms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from clientimport.model.normalize import normalize

_NAMED_IN = ("nl", "fr", "de", "en", "lb")
_SHORT_FORMS = {
    "nl": (
        "n, ned, nld, dut, ndl, vl, vlaams, flamand, flamisch, flaemisch, flemish, hollands, "
        "neerl, nederl, nederlandstalig, neerlandophone"
    ),
    "fr": "f, fra, fre, franstalig, francophone",
    "en": "e, eng, ang, engl",
    "de": "d, deu, ger, dui, dt, all, duitstalig, germanophone",
}


@cache
def short_forms() -> Mapping[str, str]:
    """Return the language of codes with three letters, initials and everyday words, normalised.

    >>> short_forms()["n"], short_forms()["vlaams"]
    ('nl', 'nl')
    """
    return {form: code for code, forms in _SHORT_FORMS.items() for form in forms.split(", ")}


@cache
def language_names() -> Mapping[str, str]:
    """Return the code of every language by its normalised name.

    >>> language_names()["neerlandais"], language_names()["spaans"]
    ('nl', 'es')
    """
    from babel import Locale

    every = [(name, code) for language in _NAMED_IN for code, name in Locale.parse(language).languages.items()]
    return {normalize(name): code for name, code in every if "_" not in code and normalize(name)}


@cache
def language_codes() -> frozenset[str]:
    """Return the codes of all languages that have a name."""
    return frozenset(language_names().values())
