"""What others do: header names alone, compared with the same lexicon, the best pair first."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from clientimport.mapping.header_key import key, lexicon

Likeness = Callable[[str, str], float]
"""How alike two keys are; 0 where they are not alike enough."""


def _difflib(least: float) -> Likeness:
    def alike(one: str, other: str) -> float:
        compared = difflib.SequenceMatcher(None, one, other)
        return ratio if compared.real_quick_ratio() >= least and (ratio := compared.ratio()) >= least else 0.0

    return alike


def _edits(one: str, other: str) -> float:
    distance = Levenshtein.distance(one, other, score_cutoff=2)
    return 1 / (1 + distance) if distance <= 2 else 0.0  # noqa: PLR2004 -- the distance its users know it by


BASELINES: Mapping[str, Likeness] = {
    "exact": lambda one, other: float(one == other),
    "difflib 0.8": _difflib(0.8),
    "difflib 0.6": _difflib(0.6),
    "edit distance 2": _edits,
    "WRatio 86": lambda one, other: fuzz.WRatio(one, other, score_cutoff=86),
}


def matched(headers: Sequence[str], likeness: Likeness, wanted: frozenset[str]) -> list[str | None]:
    """Return a field per header, each once: the pairs most alike come first."""
    pairs = sorted(
        ((score, at, field) for at, header in enumerate(headers) for score, field in _near(key(header), likeness, wanted)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    taken: dict[int, str] = {}
    for _, at, field in pairs:
        if at not in taken and field not in taken.values():
            taken[at] = field
    return [taken.get(at) for at in range(len(headers))]


def _near(header: str, likeness: Likeness, wanted: frozenset[str]) -> list[tuple[float, str]]:
    found: dict[str, float] = {}
    for known, fields in lexicon().items() if header else ():
        if score := likeness(header, known):
            for field in wanted.intersection(fields):
                found[field] = max(found.get(field, 0.0), score)
    return [(score, field) for field, score in found.items()]
