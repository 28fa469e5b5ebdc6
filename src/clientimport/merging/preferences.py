"""Preferences: which list wins in which field, where two lists say different things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean

EVERY_FIELD = "*"
NEVER_BY_ALL = frozenset({"mandate"})
"""Fields that a preference for every field does not decide: what a client has signed follows from no habit."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """The lists that win, by field or for every field, the first that has a value before the others."""

    by_field: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, name: str) -> tuple[str, ...]:
        """Return the lists that win in a field; none without a preference."""
        for_all = () if name in NEVER_BY_ALL else self.by_field.get(EVERY_FIELD, ())
        return self.by_field.get(name, for_all)


def preferences(texts: Sequence[str], names: Sequence[str], fields: Sequence[str]) -> Preferences:
    """Return what FIELD=NAME,NAME options say. Raises UsageError for anything unknown or given twice."""
    by_field: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, _, lists = (part.strip() for part in text.partition("="))
        winners = tuple(name.strip() for name in lists.split(",") if name.strip())
        if not name or not winners:
            raise UsageError("usage.pair", option="--prefer", value=text, form="FIELD=NAME,NAME")
        if name != EVERY_FIELD and name not in fields:
            facts = {"option": "--prefer", "value": text, "name": name, "known": ", ".join(fields)}
            raise UsageError("usage.unknown_field", meant=did_you_mean(name, fields), **facts)
        for winner in winners:
            if winner not in names:
                meant = did_you_mean(winner, names)
                raise UsageError("merge.unknown_name", value=text, name=winner, meant=meant, known=", ".join(names))
        if by_field.setdefault(name, winners) != winners:
            raise UsageError("merge.preferred_twice", field=name)
    return Preferences(by_field)


def rank(source: str, preferred: Sequence[str]) -> int:
    """Return where a list stands among those that win; lists without a preference come last, and are all equal."""
    return preferred.index(source) if source in preferred else len(preferred)
