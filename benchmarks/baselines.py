"""What others do: header names alone, compared with the same lexicon, the best pair first."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from clientimport.schema.header_key import fields_by_header, normalize_header

Likeness = Callable[[str, str], float]
"""How alike two keys are; 0 where they are not alike enough."""


def _difflib(least: float) -> Likeness:
    def alike(left: str, right: str) -> float:
        compared = difflib.SequenceMatcher(None, left, right)
        if min(compared.real_quick_ratio(), compared.quick_ratio()) < least:
            return 0.0
        return ratio if (ratio := compared.ratio()) >= least else 0.0

    return alike


def _edits(left: str, right: str) -> float:
    distance = Levenshtein.distance(left, right, score_cutoff=2)
    return 1 / (1 + distance) if distance <= 2 else 0.0


BASELINES: Mapping[str, Likeness] = {
    "exact": lambda left, right: float(left == right),
    "difflib 0.8": _difflib(0.8),
    "difflib 0.6": _difflib(0.6),
    "edit distance 2": _edits,
    "WRatio 86": lambda left, right: fuzz.WRatio(left, right, score_cutoff=86),
}


def matched(headers: Sequence[str], baseline: str, wanted: frozenset[str]) -> list[str | None]:
    """Return a field per header, each once: the pairs most alike come first."""
    pairs = sorted(
        (
            (-score, at, field)
            for at, header in enumerate(headers)
            for field, score in _near(normalize_header(header), baseline).items()
            if field in wanted
        ),
    )
    taken: dict[int, str] = {}
    for _, at, field in pairs:
        if at not in taken and field not in taken.values():
            taken[at] = field
    return [taken.get(at) for at in range(len(headers))]


@cache
def _near(header: str, baseline: str) -> Mapping[str, float]:
    likeness: dict[str, float] = {}
    for known, fields in fields_by_header().items() if header else ():
        if score := BASELINES[baseline](header, known):
            likeness.update({field: max(likeness.get(field, 0.0), score) for field in fields})
    return likeness
