"""Refusals: the sentences with which platforms say no, and the findings that explain them (schemas/_refusals.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import cache

from clientimport.model.normalize import normalize
from clientimport.schema.data_files import data_folder

NEARLY = 0.85
"""How much of a sentence must be there when it was typed over. Chosen, not measured."""


@cache
def rejection_sentences() -> Mapping[str, str]:
    """Return the code of each known sentence, normalised."""
    import tomli

    entries = tomli.loads((data_folder("schemas") / "_refusals.toml").read_text(encoding="utf-8"))
    return {normalize(sentence): code for code, entry in entries.items() for sentence in entry["sentences"]}


def rejection_codes(text: str) -> tuple[str, ...]:
    """Return the codes of the known sentences that stand in a platform's text, each once.

    >>> rejection_codes("rcsNumber - TRN – est invalide; city - must not be blank")
    ('refusal.rcs_unknown',)
    >>> rejection_codes("must not be blank")
    ()
    """
    words = f" {normalize(text)} "
    return tuple(dict.fromkeys(code for sentence, code in rejection_sentences().items() if f" {sentence} " in words))


def closest_rejection(text: str) -> str | None:
    """Return the code of the sentence that a person types over, perhaps with a mistake; None when it is none.

    >>> closest_rejection("enter valid registraton number"), closest_rejection("Registration Number")
    ('refusal.registration_number', None)
    """
    inside = rejection_codes(text)
    if inside:
        return inside[0]
    typed = normalize(text)
    likeness = {sentence: SequenceMatcher(None, typed, sentence).ratio() for sentence in rejection_sentences()}
    closest = max(likeness, key=lambda sentence: likeness[sentence])
    return rejection_sentences()[closest] if likeness[closest] >= NEARLY else None
