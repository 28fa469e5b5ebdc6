"""Cells: what each field of a merged client holds, from which list it comes, and where the lists differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from clientimport.merging.preferences import Preferences, rank
from clientimport.merging.same_value import is_same

UNITS = (
    ("street", "house_number", "box", "postal_code", "city", "address"),
    ("iban", "bic"),
    ("contact_first_name", "contact_last_name", "contact_name"),
)
"""Fields that are one thing: a street of one list and a number of another make an address where no client lives."""


@dataclass(frozen=True, slots=True)
class Given:
    """A value as one list gives it."""

    source: str
    """The name of the list."""
    row: int
    """0 where it comes from no list, but from a register."""
    value: str
    is_read: bool = True
    """False for a text that is no value of this field, as typed."""

    @property
    def place(self) -> str:
        """The list and the row."""
        return f"{self.source} {self.row}" if self.row else self.source


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field in which the lists differ."""

    field: str
    values: tuple[Given, ...]
    taken: str | None
    """None where nothing is taken."""
    reason: str
    """Why this one: first, preferred, unit, mandate, unread, second_contact, or contradiction."""
    is_open: bool = True
    """Whether it is still to be decided."""


Cells = Mapping[str, Given]
Values = Mapping[str, Sequence[Given]]
"""By field, in the order of the lists; a field that no list fills is absent."""


@dataclass(slots=True)
class Resolved:
    """The cells of one client or contact, and where its lists differ."""

    cells: dict[str, Given] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)

    @property
    def open_fields(self) -> frozenset[str]:
        """The fields that a person should look at."""
        return frozenset(disagreement.field for disagreement in self.disagreements if disagreement.is_open)


def resolve(values: Values, preferences: Preferences) -> Resolved:
    """Return one value for each field, from the list that wins, and what is different in others."""
    differing = {name for name, given in values.items() if len(given) > 1 and not _is_plain(given)}
    resolved = Resolved({name: given[0] for name, given in values.items() if name not in differing})
    if differing:
        units = [unit for unit in UNITS if not differing.isdisjoint(unit)]
        alone = [(name,) for name in values if name in differing and not any(name in unit for unit in units)]
        for unit in (*units, *alone):
            _resolve_unit(resolved, [name for name in unit if name in values], values, preferences)
    return resolved


def _is_plain(given: Sequence[Given]) -> bool:
    """Tell whether all lists give the same text: so it is in nearly every cell."""
    first = given[0]
    return all(value.value == first.value and value.is_read == first.is_read for value in given)


def _resolve_unit(resolved: Resolved, unit: Sequence[str], values: Values, preferences: Preferences) -> None:
    choices = {name: _choice(name, values[name], preferences) for name in unit}
    lead = next(
        (choice for choice in choices.values() if choice.disagreement and choice.given and choice.given.is_read), None
    )
    for name, choice in choices.items():
        if lead is None or choice is lead or (choice.disagreement and choice.decided):
            _take(resolved, name, choice)
        else:
            _take(resolved, name, _following(name, values[name], lead))


@dataclass(frozen=True, slots=True)
class _Choice:
    given: Given | None
    disagreement: Disagreement | None = None
    decided: bool = False
    """Whether a person has said which list wins."""

    @property
    def leads(self) -> bool:
        """Whether the other fields of the unit come from the list that has this value."""
        return self.disagreement is not None and self.given is not None and self.given.is_read


def _take(resolved: Resolved, name: str, choice: _Choice) -> None:
    resolved.cells.pop(name, None)
    if choice.given is not None:
        resolved.cells[name] = choice.given
    if choice.disagreement is not None:
        resolved.disagreements.append(choice.disagreement)


def _choice(name: str, given: Sequence[Given], preferences: Preferences) -> _Choice:
    """Return the value that wins in a field by itself."""
    preferred = preferences.of(name)
    read = [value for value in given if value.is_read]
    candidates = sorted(read or given, key=lambda value: rank(value.source, preferred))
    winner = candidates[0]
    decided = winner.source in preferred
    differing = distinct(name, given)
    if len(differing) == 1:
        return _Choice(winner)
    reason = "preferred" if decided else "unread" if len(distinct(name, read)) < 2 else "first"  # noqa: PLR2004 -- two lists
    if name == "mandate" and not decided:
        winner = next((value for value in read if value.value == "no"), winner)
        reason = "mandate"
    return _Choice(winner, Disagreement(name, tuple(given), winner.value, reason, is_open=not decided), decided)


def _following(name: str, given: Sequence[Given], lead: _Choice) -> _Choice:
    """Return what stands beside the value that won in another field of the same unit."""
    assert lead.given is not None
    assert lead.disagreement is not None
    beside = next((value for value in given if (value.source, value.row) == (lead.given.source, lead.given.row)), None)
    others = [value for value in given if beside is None or not is_same(name, value.value, beside.value)]
    if not others:
        return _Choice(beside)
    taken = beside.value if beside else None
    return _Choice(beside, Disagreement(name, tuple(given), taken, "unit", is_open=lead.disagreement.is_open))


def distinct(name: str, given: Iterable[Given]) -> list[Given]:
    """Return the values that are not the same, the first of each spelling."""
    unlike: list[Given] = []
    for value in given:
        if not any(is_same(name, value.value, other.value) for other in unlike):
            unlike.append(value)
    return unlike
