"""Conflicting parts: a part of one cell differs from the field's own cell, which is used, with a warning."""

from __future__ import annotations

from collections.abc import Sequence

from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.types.missing_value import is_missing


def first_conflict(fields: Sequence[str], cells: Sequence[str | None], parts: Sequence[str | None]) -> Issue | None:
    """Return the first problem of several fields; beside a postal code that agrees, a town may have another name.

    >>> first_conflict(("postal_code", "city"), ("1000", "Brussel"), ("1000", "Bruxelles"))
    """
    code_stands = any(field == "postal_code" and not is_empty(cell) for field, cell in zip(fields, cells, strict=True))
    problems = (
        conflict(cell, part)
        for field, cell, part in zip(fields, cells, parts, strict=True)
        if not (field == "city" and code_stands)
    )
    return next(filter(None, problems), None)


def conflict(cell: str | None, part: str | None) -> Issue | None:
    """Return the problem that a part of another cell is dropped because the field's own cell says something else.

    >>> conflict("9050", "9000").facts
    {'dropped': '9000', 'kept': '9050'}
    >>> conflict("bus 4", "4"), conflict("B-9000", "9000"), conflict("-", "4")
    (None, None, None)
    """
    if cell is None or part is None or cell == part or is_empty(cell):  # a part that was filled in is what stands there
        return None
    ours, theirs = ({*normalize(text).split()} for text in (cell, part))
    alike = ours <= theirs or theirs <= ours or normalize(cell).replace(" ", "") == normalize(part).replace(" ", "")
    return None if alike else Issue("derived.other_value", {"dropped": part, "kept": cell})


def is_empty(cell: str | None) -> bool:
    """Return whether a cell is empty or says so in words."""
    return cell is None or is_missing(cell)
