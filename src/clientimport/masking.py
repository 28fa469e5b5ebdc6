"""Masking: Belgian national register numbers never show more than their last two digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MASK = "**.**.**-***."
"""What stands for the birth date and the counter; they tell age and sex."""

_DIGITS = 11
_TOO_SHORT = 4
_GAP = r"[\s.\-/_\u2010-\u2015]{0,3}"
# Looking ahead finds candidates that overlap. A phone number in international form may also have eleven digits.
_PHONE = r"(?!(?<=\+)32)(?<!(?<!\w)\+)"
_CANDIDATE = re.compile(rf"(?<!\d){_PHONE}(?=(\d(?:{_GAP}\d){{{_DIGITS - 1}}})(?!\d))")
# A text in which this finds nothing has no candidate. Neither a run of digits nor a gap is looked at twice.
_MAYBE = re.compile(rf"\d(?<!\d\d)(?:{_GAP}+\d){{{_DIGITS - 1}}}")
_ID = re.compile(r"(?<!\w)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{20,})(?!\w)")
_BETWEEN_CELLS = re.compile(r"( {2,}|\n)")


def masked(text: str) -> str:
    """Return `text` with every national register or BIS number in it masked, however it is punctuated.

    >>> masked("85.07.30-033.28 and +32475123456")
    '**.**.**-***.28 and +32475123456'
    """
    if len(text) < _DIGITS or not _MAYBE.search(text):
        return text
    pieces = _ID.split(text)  # every second one is an id of the platform's, which may hold such a number by chance
    return "".join(piece if at % 2 else _masked(piece) for at, piece in enumerate(pieces))


def may_hold_number(texts: Iterable[str]) -> bool:
    """Return whether one of these texts may hold a national register number.

    >>> may_hold_number(["85.07.30", "033.28"]), may_hold_number(["Peeters", "85.07.30-033.28"])
    (False, True)
    """
    return _MAYBE.search("\0".join(texts)) is not None


def masked_page(text: str) -> str:
    """Return a text for the screen with every national register number masked; cells side by side make up none.

    >>> masked_page("Peeters 85.07.30-033.28  8507300332  8")
    'Peeters **.**.**-***.28  8507300332  8'
    """
    return "".join(map(masked, _BETWEEN_CELLS.split(text)))


def masked_value(field_is_masked: bool, value: str) -> str:
    """Return `value` fit to be shown: of a national register number, even a malformed one, the last two digits.

    An empty one, or a mark such as `-`, is shown as it is: masked it would look filled.

    >>> masked_value(True, "850730.033-2"), masked_value(True, "unknown"), masked_value(False, "Peeters BV")
    ('**.**.**-***.32', '**.**.**-***.**', 'Peeters BV')
    """
    if not field_is_masked:
        return masked(value)
    if not any(letter.isalnum() for letter in value):
        return value
    digits = re.findall(r"\d", value)
    return MASK + ("".join(digits[-2:]) if len(digits) > _TOO_SHORT else "**")


def _masked(text: str) -> str:
    kept, end = [], 0
    for start, stop, shown in _numbers(text):
        if start >= end:
            kept += [text[end:start], MASK, shown]
        end = max(end, stop)
    return "".join([*kept, text[end:]])


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each number begins and ends, and the two digits of it that may be seen."""
    for candidate in _CANDIDATE.finditer(text):
        digits = "".join(re.findall(r"\d", candidate[1]))
        if _checks_out(digits):
            yield *candidate.span(1), digits[-2:]


def _checks_out(digits: str) -> bool:
    """Tell whether the check digits fit a birth before or after 2000.

    Source: https://www.ibz.rrn.fgov.be/fileadmin/user_upload/nl/rr/instructies/IT-lijst/IT000_Rijksregisternummer.pdf
    """
    base, check = digits[:9], int(digits[9:])
    return check in {97 - int(base) % 97, 97 - int(f"2{base}") % 97}
