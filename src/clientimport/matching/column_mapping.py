"""A mapping: which column of the user's table is which canonical field, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace

from clientimport.matching.column_overrides import IGNORE
from clientimport.matching.composed_columns import NO_COMPOSITION, Composition
from clientimport.matching.duplicate_columns import is_filled
from clientimport.matching.profile_match import ProfileMatch
from clientimport.matching.profiles import FURTHER_CONTACT, Profile, ProfileColumn
from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverrides
from clientimport.model.table import Column
from clientimport.schema.header_key import normalize_header

_IDLE = frozenset({"set", "profile", "ours", "copy"})
"""Reasons for which a column without a field needs no decision."""


@dataclass(frozen=True, slots=True)
class MatchReason:
    """Why a column is taken for a field: a code with words in messages/<language>/screen.toml under [reason]."""

    code: str
    facts: Dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """One column and what it is taken for."""

    column: Column
    field: str | None = None
    """None when unsure, or when the user said `ignore`."""
    certain: bool = False
    """Needs no confirmation: official template, known program, profile, `--set`, or header and values agreeing."""
    confidence: float = 0.0
    """0 to 1."""
    reasons: tuple[MatchReason, ...] = ()
    used: bool = False
    """Whether the platform takes the field, directly or by derivation."""

    @property
    def is_decided(self) -> bool:
        """Whether it is left out without a question: by the user, as a column of our reports, or as a copy."""
        return self.field is None and any(reason.code in _IDLE for reason in self.reasons)

    @property
    def is_ours(self) -> bool:
        """Whether it is a column that this program added to the file, of which nobody need be asked or told."""
        return any(reason.code == "ours" for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class FurtherContact:
    """The columns of one further contact person."""

    number: int
    """As the headers count, from 2."""
    columns: Dict[str, Column]
    """Contact field -> its column."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """All columns of a table, in the table's order. Each field has at most one column."""

    matches: tuple[ColumnMatch, ...]
    profile_match: ProfileMatch | None = None
    """The saved profile that was used, and what is different from its header row."""
    language: str | None = None
    """The language of the headers when the table is the platform's own template."""
    further_contacts: tuple[FurtherContact, ...] = ()
    """Second and third contact persons in columns of their own; these columns have no field, and are used."""
    composition: Composition = NO_COMPOSITION
    """Fields that are put together from columns, or the same in every row."""

    @property
    def profile(self) -> str | None:
        """The name of the saved profile that was used."""
        return self.profile_match.profile.name if self.profile_match else None

    @property
    def columns(self) -> Dict[str, Column]:
        """The matched columns by field."""
        matched = {match.field: match.column for match in self.matches if match.field}
        return {**matched, **{composed.field: composed.column for composed in self.composition.columns}}

    @property
    def proposals(self) -> tuple[ColumnMatch, ...]:
        """The used matches that the user has to confirm; an empty column sends nothing and is not one."""
        return tuple(match for match in self.matches if match.used and not match.certain and is_filled(match.column))

    @property
    def unused(self) -> tuple[ColumnMatch, ...]:
        """The filled columns that the platform does not get, except those left out on purpose and copies of others."""
        return tuple(
            match for match in self.matches if not match.used and is_filled(match.column) and not match.is_decided
        )

    @property
    def unmatched(self) -> tuple[ColumnMatch, ...]:
        """The filled columns that have neither a field nor a decision to leave them out."""
        return tuple(match for match in self.unused if match.field is None and not match.certain)

    def make_profile(self, name: str, platform: str, values: ValueOverrides = NO_OVERRIDES) -> Profile:
        """Return the mapping as a profile; columns without a field are ignored by it, or are of a further contact.

        Columns that this program added to the file are not the user's, and not of the profile.
        """
        further = {column.index for contact in self.further_contacts for column in contact.columns.values()}
        headers = [normalize_header(match.column.header) for match in self.matches]
        columns = tuple(
            ProfileColumn(
                match.column.header,
                match.field or (FURTHER_CONTACT if match.column.index in further else IGNORE),
                match.column.letter if headers.count(header) > 1 else None,
            )
            for match, header in zip(self.matches, headers, strict=True)
            if not match.is_ours
        )
        return Profile(name, platform, columns, values, self.composition.expressions)

    def with_composition(self, composition: Composition) -> ColumnMapping:
        """Return the mapping in which no column gives a composed field, and those that it is made of are used."""
        if not composition.fields:
            return self
        matches = tuple(_composed(match, composition) for match in self.matches)
        return replace(self, matches=matches, composition=composition)

    def accept_proposals(self) -> ColumnMapping:
        """Return the mapping with every proposal made certain (`--accept-proposals`)."""
        certain = tuple(replace(match, certain=True) if match.field else match for match in self.matches)
        return replace(self, matches=certain)


def _composed(match: ColumnMatch, composition: Composition) -> ColumnMatch:
    """Return a column without a field that is composed, and used where a field is made of it."""
    if match.field in composition.fields:
        match = replace(match, field=None, certain=True, used=False, reasons=(MatchReason("set"),))
    made = composition.sources.get(match.column.index)
    if made is None:
        return match
    reasons = (MatchReason("composed", {"fields": ", ".join(made)}),)
    return replace(match, certain=True, used=True, reasons=(*(match.reasons if match.field else ()), *reasons))
