"""Names of countries in letters other than ours (Greek, Cyrillic, Arabic, Chinese, …), from Unicode CLDR (babel).

Every language takes some 20 ms to load, so only those of the word's own letters are asked.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from clientimport.schema.reference.countries import ISO_COUNTRIES

_LANGUAGES = {
    "GREEK": "el",
    "CYRILLIC": "ru uk bg sr mk be kk ky mn tg",
    "ARABIC": "ar fa ur ps",
    "HEBREW": "he",
    "CJK": "zh zh_Hant ja",
    "KATAKANA": "ja",
    "HIRAGANA": "ja",
    "HANGUL": "ko",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn as",
    "TAMIL": "ta",
    "TELUGU": "te",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
    "MYANMAR": "my",
    "ETHIOPIC": "am ti",
}
"""Script, as Unicode's character names begin -> the languages written in it that have the most speakers."""
_ACCENTED = frozenset({"GREEK", "CYRILLIC", "ARABIC", "HEBREW"})
"""Scripts in which people leave out the accents or vowel signs."""
_TWINS = (frozenset({"CD", "CG"}), frozenset({"KP", "KR"}))
"""Two countries of which people write the common part of the name: Congo, Korea."""


def countries_in_native_letters(name: str) -> frozenset[str]:
    """Return the countries that a name in other letters than ours means; none when it is in our letters or unknown.

    >>> countries_in_native_letters("ΒΕΛΓΙΟ"), countries_in_native_letters("België")
    (frozenset({'BE'}), frozenset())
    >>> sorted(countries_in_native_letters("Конго"))
    ['CD', 'CG']
    """
    script = _script(name)
    if any(letter.isalpha() and letter.isascii() for letter in name):
        return frozenset()
    if script not in _LANGUAGES:
        return frozenset()
    names, key = _names(script), _key(name, script)
    exact = names.get(key, frozenset[str]())
    both = frozenset[str]().union(*(codes for longer, codes in names.items() if longer.startswith(key)))
    return exact.union(*(both & twins for twins in _TWINS if len(both & twins) > 1))


def _script(name: str) -> str:
    first = next((letter for letter in name if letter.isalpha()), "")
    return unicodedata.name(first, "").partition(" ")[0]


@cache
def _names(script: str) -> Mapping[str, frozenset[str]]:
    from babel import Locale

    names: defaultdict[str, set[str]] = defaultdict(set)
    for language in _LANGUAGES[script].split():
        for code, text in Locale.parse(language).territories.items():
            if code in ISO_COUNTRIES:
                names[_key(text, script)].add(code)
    return {key: frozenset(codes) for key, codes in names.items()}


def _key(name: str, script: str) -> str:
    """Return a name so that spellings a person would call the same become equal."""
    form = unicodedata.normalize("NFKD" if script in _ACCENTED else "NFKC", name.casefold())
    kept = form if script not in _ACCENTED else "".join(c for c in form if not unicodedata.combining(c))
    return "".join(c for c in kept if c.isalnum() or unicodedata.combining(c))
