"""Preferences: which list wins in which field, where two lists say different things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

EVERY_FIELD = "*"
NEVER_BY_ALL = frozenset({"mandate"})
"""Fields that a preference for every field does not decide: what a client has signed is nobody's habit."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The lists that win, by field or for every field, the first that has a value before the others."""

    by_field: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[str, ...]:
        """Return the lists that win in a field; none where nobody has said so."""
        for_all = () if name in NEVER_BY_ALL else self.by_field.get(EVERY_FIELD, ())
        return self.by_field.get(name, for_all)


def rank(source: str, preferred: Sequence[str]) -> int:
    """Return where a list stands among those that win; lists that nobody has named come last, and are all equal."""
    return preferred.index(source) if source in preferred else len(preferred)
