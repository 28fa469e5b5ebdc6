"""Masking: national register numbers and Luxembourg's matricules never show more than their last two digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from clientimport.model.personal_number import (
    LENGTH,
    birth_centuries,
    has_form_of_company_number,
    is_matricule_of_person,
    may_be_national_number,
)

MASK = "**.**.**-***."
"""Shown instead of the birth date and the counter, which reveal age and sex."""
MATRICULE_MASK = "****.**.**-***."
"""The same of Luxembourg's number, in which the year has four digits."""

_TOO_SHORT = 4
"""Digits of a malformed number up to which even the last two are hidden; chosen, not measured."""
_GAP = r"[\s.\-/_\u2010-\u2015]{0,3}"
# Looking ahead finds candidates that overlap. A phone number in international form may also have eleven digits.
_PHONE = r"(?!(?<=\+)32)(?<!(?<!\w)\+)"
_CANDIDATE = re.compile(rf"(?<!\d){_PHONE}(?=(\d(?:{_GAP}\d){{{LENGTH - 1}}})(?!\d))")
# Ten digits of which the spreadsheet ate a zero: one number, or in the groups of the birth date, or of thousands.
_NINE_MORE = rf"(?:(?:{_GAP}\d\d){{2}}{_GAP}\d{{3}}{_GAP}\d\d|(?:[.,' \xa0\u202f]\d{{3}}){{3}})(?!\d)"
_EATEN = re.compile(rf"(?<![\w+])(?<!\d[.\-/,])([1-9]{_NINE_MORE})")
_MATRICULE = re.compile(rf"(?<!\d)(?<!\+)(?=([12](?:{_GAP}\d){{12}})(?!\d))")
# A text in which this finds nothing has no candidate. Neither a run of digits nor a gap is looked at twice.
_MAYBE = re.compile(rf"\d(?<!\d\d)(?:(?:{_GAP}+\d){{{LENGTH - 1}}}|(?<!0){_NINE_MORE})")
_BEFORE = 8
"""Characters before a number that may show its kind (`BTW BE `)."""
_FEW = 1 << 10
"""Characters up to which texts are looked through one by one; chosen, not measured."""
_ID = re.compile(r"(?<!\w)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{20,})(?!\w)")
_LIKE_ONE = re.compile(rf"(?<![\d+])\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{3}}{_GAP}(\d{{2}})(?!\d)")
_FLOAT_TAIL = re.compile(r"[.,]0$")
_BETWEEN_CELLS = re.compile(r"( {2,}|\n)")


def mask_text(text: str) -> str:
    """Return `text` with every national register or BIS number in it masked, however it is punctuated.

    >>> mask_text("85.07.30-033.28 and +32475123456")
    '**.**.**-***.28 and +32475123456'
    """
    if len(text) < LENGTH - 1 or not _MAYBE.search(text):
        return text
    pieces = _ID.split(text)  # every second one is an id of the platform's, which may hold such a number by chance
    return "".join(piece if index % 2 else _mask_numbers(piece) for index, piece in enumerate(pieces))


def may_hold_number(texts: Iterable[str]) -> bool:
    """Return whether one of these texts may hold a national register number.

    >>> may_hold_number(["85.07.30", "033.28"]), may_hold_number(["Peeters", "85.07.30-033.28"])
    (False, True)
    """
    return _MAYBE.search("\0".join(texts)) is not None


def mask_texts(texts: Sequence[str]) -> list[str]:
    """Return each text as `mask_text` does, looking through all of them at once.

    >>> mask_texts(["85.07.30-033.28", "BE", "0403019261"])
    ['**.**.**-***.28', 'BE', '0403019261']
    """
    if sum(map(len, texts)) < _FEW:
        return list(map(mask_text, texts))
    from clientimport.model.number_positions import positions_with_numbers  # numpy, which a screen does not need

    masked = list(texts)
    for position in positions_with_numbers(texts):
        masked[position] = mask_text(texts[position])
    return masked


def mask_values(field_is_masked: bool, values: Sequence[str]) -> list[str]:
    """Return each value as `mask_value` does."""
    return [mask_value(field_is_masked, value) for value in values] if field_is_masked else mask_texts(values)


def mask_page(text: str) -> str:
    """Return a text for the screen with every national register number masked; cells side by side make up none.

    >>> mask_page("Peeters 85.07.30-033.28  8507300332  8")
    'Peeters **.**.**-***.28  8507300332  8'
    """
    return "".join(map(mask_text, _BETWEEN_CELLS.split(text)))


def mask_reason(text: str) -> str:
    """Return a platform's words with every national register number masked, a mistyped one too: it is nearly right.

    >>> mask_reason("85073003329 is taken, call +32470123456")
    '**.**.**-***.29 is taken, call +32470123456'
    """
    return _LIKE_ONE.sub(rf"{MASK}\1", mask_text(text))


def mask_value(field_is_masked: bool, value: str) -> str:
    """Return `value` fit to be shown: of a national register number, even a malformed one, the last two digits.

    An empty one, or a mark such as `-`, is shown as it is: masked it would look filled.

    >>> mask_value(True, "850730.033-2"), mask_value(True, "unknown"), mask_value(False, "Peeters BV")
    ('**.**.**-***.32', '**.**.**-***.**', 'Peeters BV')
    """
    if not field_is_masked or not value:
        return mask_text(value)
    if not any(letter.isalnum() for letter in value):
        return value
    digits = re.findall(r"\d", _FLOAT_TAIL.sub("", value))
    return MASK + ("".join(digits[-2:]) if len(digits) > _TOO_SHORT else "**")


def _mask_numbers(text: str) -> str:
    kept, end = [], 0
    for start, stop, shown in sorted(_numbers(text)):
        if start >= end:
            kept += [text[end:start], shown]
        end = max(end, stop)
    return "".join([*kept, text[end:]])


def _numbers(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each number begins and ends, and what is shown of it."""
    for candidate in _MATRICULE.finditer(text):
        digits = _digits(candidate[1])
        if is_matricule_of_person(digits):
            yield *candidate.span(1), MATRICULE_MASK + digits[-2:]
    for candidate in _CANDIDATE.finditer(text):
        digits = _digits(candidate[1])
        start, stop = candidate.span(1)
        if birth_centuries(digits) and not has_form_of_company_number(text[max(start - _BEFORE, 0) : stop], digits):
            yield start, stop, MASK + digits[-2:]
    for candidate in _EATEN.finditer(text):
        digits = _digits(candidate[1])
        if may_be_national_number(candidate[1], digits):
            yield *candidate.span(1), MASK + digits[-2:]


def _digits(text: str) -> str:
    return "".join(re.findall(r"\d", text))
