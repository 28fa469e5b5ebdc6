"""Short ids: the shortest beginning that names one id among many, as git shortens its commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

SHORTEST = 8
"""Characters of a short id: the first group of a UUID. Fewer would name one of them less often tomorrow."""
WHOLE = 12
"""Ids up to this length are not shortened: that would save nothing. Chosen, not measured."""
MOST_NAMED = 10
"""Candidates that a sentence names. Chosen, not measured."""


def short_ids(ids: Iterable[str]) -> Mapping[str, str]:
    """Return each id with its shortest beginning that no other one has.

    >>> dict(short_ids(["c3e14d1d-5435-40d1", "c3e14d1d-9c3b-48a0", "104729"]))
    {'104729': '104729', 'c3e14d1d-5435-40d1': 'c3e14d1d-5', 'c3e14d1d-9c3b-48a0': 'c3e14d1d-9'}
    """
    ordered = sorted(set(ids))
    if not ordered:
        return {}
    shared = [0, *(_shared_length(before, after) for before, after in pairwise(ordered)), 0]
    lengths = (max(SHORTEST, before + 1, after + 1) for before, after in pairwise(shared))
    return {
        whole: whole if len(whole) <= WHOLE else whole[:length] for whole, length in zip(ordered, lengths, strict=True)
    }


def matching_ids(typed: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the id that was typed, else those that begin with what was typed, each once.

    >>> matching_ids("12", ["12", "123"]), matching_ids("1", ["12", "123"]), matching_ids("", ["12"])
    (('12',), ('12', '123'), ())
    """
    known = tuple(dict.fromkeys(ids))
    if typed in known:
        return (typed,)
    return tuple(whole for whole in known if typed and whole.casefold().startswith(typed.casefold()))


def named_candidates(ids: Sequence[str]) -> str:
    """Return the ids that something typed may mean, as a sentence names them.

    >>> named_candidates([str(number) for number in range(12)])
    '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …'
    """
    return ", ".join((*ids[:MOST_NAMED], *(["…"] if len(ids) > MOST_NAMED else ())))


def _shared_length(text: str, other: str) -> int:
    length = 0
    for ours, theirs in zip(text, other, strict=False):
        if ours != theirs:
            break
        length += 1
    return length
