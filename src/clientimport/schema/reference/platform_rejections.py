"""Refusals: the sentences with which platforms say no, and the findings that explain them (schemas/_refusals.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache

from clientimport.model.normalize import folded
from clientimport.schema.data_files import bundled

NEARLY = 0.85
"""How much of a sentence must be there when it was typed over. Chosen, not measured."""


@cache
def sentences() -> Mapping[str, str]:
    """Return the code of each known sentence, folded."""
    import tomli

    entries = tomli.loads((bundled("schemas") / "_refusals.toml").read_text(encoding="utf-8"))
    return {folded(sentence): code for code, entry in entries.items() for sentence in entry["sentences"]}


def explained(text: str) -> tuple[str, ...]:
    """Return the codes of the known sentences that stand in a platform's text, each once.

    >>> explained("rcsNumber - TRN – est invalide; city - must not be blank"), explained("must not be blank")
    (('refusal.rcs_unknown',), ())
    """
    words = f" {folded(text)} "
    return tuple(dict.fromkeys(code for sentence, code in sentences().items() if f" {sentence} " in words))


def meant(text: str) -> str | None:
    """Return the code of the sentence that a person types over, perhaps with a mistake; None when it is none.

    >>> meant("enter valid registraton number"), meant("Registration Number")
    ('refusal.registration_number', None)
    """
    inside = explained(text)
    if inside:
        return inside[0]
    typed = folded(text)
    likeness = {sentence: SequenceMatcher(None, typed, sentence).ratio() for sentence in sentences()}
    closest = max(likeness, key=lambda sentence: likeness[sentence])
    return sentences()[closest] if likeness[closest] >= NEARLY else None
