"""Spreadsheet damage: values that a spreadsheet program has turned into something else."""

from __future__ import annotations

import re

from clientimport.model.finding import Issue

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[Ee]\+\d{1,3}")
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?)?")


def scientific_notation(text: str) -> Issue | None:
    """Return the problem of a long number that became `4.03E+08`: its last digits are gone.

    >>> scientific_notation("4,03E+08")
    Issue(code='number.scientific', facts={}, suggestion=None, position=None, field=None)
    """
    return Issue("number.scientific") if _SCIENTIFIC.fullmatch(text) else None


def text_before_date(text: str) -> str | None:
    """Return what was probably typed before it became a date, or None when `text` is no date.

    >>> text_before_date("2026-12-14"), text_before_date("12A")
    ('14-12', None)
    """
    date = _DATE.fullmatch(text)
    return f"{int(date[3])}-{int(date[2])}" if date else None
