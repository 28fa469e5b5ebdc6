"""Names of months, whole and shortened, in our four languages (Unicode CLDR)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from clientimport.model.normalize import normalize

_LANGUAGES = ("nl", "fr", "de", "en")
_ALSO = {"sept": 9, "okt": 10, "dez": 12, "fevr": 2, "mrz": 3, "marz": 3, "maerz": 3, "janner": 1, "feber": 2}
"""What people and spreadsheets write besides."""


@cache
def month_numbers() -> Mapping[str, int]:
    """Return the number of each month by its normalised name; a name that means two months would be none.

    >>> month_numbers()["juillet"], month_numbers()["mrt"], month_numbers()["marz"]
    (7, 3, 3)
    """
    from babel import Locale

    numbers_by_name: dict[str, set[int]] = {word: {number} for word, number in _ALSO.items()}
    for language in _LANGUAGES:
        months = Locale.parse(language).months
        for context, width in (("format", "wide"), ("format", "abbreviated"), ("stand-alone", "abbreviated")):
            for number, name in months[context][width].items():
                numbers_by_name.setdefault(normalize(name), set()).add(number)
    return {name: min(numbers) for name, numbers in numbers_by_name.items() if len(numbers) == 1}
