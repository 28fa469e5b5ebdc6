"""A candidate: one column that may be one field, with how strongly that is believed and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.header_meaning import HeaderMeaning, MatchStrength
from clientimport.matching.value_sample import ValueSample, ValueVerdict
from clientimport.model.table import Column

_BY_HEADER = {MatchStrength.EXACT: 90, MatchStrength.PART: 88, MatchStrength.SIMILAR: 60, MatchStrength.NOT: 50}
_BY_VALUES = {ValueVerdict.AGREES: 5, ValueVerdict.SILENT: -50, ValueVerdict.BETWEEN: -20, ValueVerdict.REFUTES: -90}
"""Points for header and values (chosen, not measured); an empty column is behind every filled one."""
_BY_ROLE = 6
"""Points that "E-mail contact" is ahead of "E-mail", and this of "E-mail firma" (chosen, not measured)."""
_BY_DOUBT = 5
"""Points that "Roepnaam", which leaves a doubt, is behind "Voornaam" (chosen, not measured)."""
_BY_VAGUENESS = 4
"""Points that "Naam", with several meanings, is behind "Familienaam", which names the field (chosen, not measured)."""
_BY_COST = 20
"""Points that "Legal country" is behind "Country": such a word often changes the meaning (chosen, not measured)."""
_HEADER_REASON = {
    MatchStrength.EXACT: "header_exact",
    MatchStrength.PART: "header_part",
    MatchStrength.SIMILAR: "header_similar",
}
_VALUES_REASON = {
    ValueVerdict.AGREES: "values_agree",
    ValueVerdict.BETWEEN: "values_mixed",
    ValueVerdict.REFUTES: "values_refute",
    ValueVerdict.SILENT: "values_none",
}


@dataclass(frozen=True, slots=True)
class ColumnEvidence:
    """A column with what its header says and a sample of what it holds."""

    column: Column
    meaning: HeaderMeaning
    sample: ValueSample

    @property
    def index(self) -> int:
        """The column's position in the sheet, which no other column has."""
        return self.column.index

    def header_names(self, field: str) -> bool:
        """Return whether the header means this field and no other, and the values do not refute it."""
        return self.meaning.fields == (field,) and self.may_hold(field)

    def may_hold(self, field: str) -> bool:
        """Return whether the header may mean this field, as the first of its kind, and the values do not refute it."""
        named = field in self.meaning.fields and (self.meaning.ordinal or 1) == 1
        return named and self.sample.verdict(field) is not ValueVerdict.REFUTES


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column taken for one field."""

    column: Column
    field: str
    score: int
    """0 to 100; compared between columns, and the confidence in percent."""
    certain: bool
    """Whether it needs no confirmation by the user."""
    reasons: tuple[MatchReason, ...]

    def with_doubt(self, reason: MatchReason, *, by: int = 0) -> Candidate:
        """Return the candidate as uncertain for one more reason, `by` points lower."""
        return replace(self, certain=False, score=self.score - by, reasons=(*self.reasons, reason))

    def with_reason(self, reason: MatchReason) -> Candidate:
        """Return the candidate with one more reason."""
        return replace(self, reasons=(*self.reasons, reason))


def make_candidate(observed: ColumnEvidence, field: str) -> Candidate:
    """Return the column as a candidate for `field`, from its own header and values alone."""
    meaning, verdict = observed.meaning, observed.sample.verdict(field)
    role = _BY_ROLE if meaning.role == "contact" else 0
    if meaning.role == "company" and field.startswith("contact_"):
        role = -_BY_ROLE
    doubt = _BY_DOUBT if meaning.doubtful and meaning.role != "director" else 0
    doubt += _BY_COST if meaning.costly else 0
    doubt += _BY_VAGUENESS if len(meaning.fields) > 1 else 0
    reasons = (header_reason(meaning), values_reason(verdict, field))
    score = min(_BY_HEADER[meaning.strength] + _BY_VALUES[verdict] + role - doubt, 99)
    certain = meaning.strength >= MatchStrength.PART and verdict is ValueVerdict.AGREES and not meaning.doubtful
    return Candidate(observed.column, field, max(score, 0), certain, tuple(reason for reason in reasons if reason))


def header_reason(meaning: HeaderMeaning) -> MatchReason | None:
    """Return the reason in the header if it has a meaning; in an address block, that it is a part of one."""
    if meaning.block:
        return MatchReason("address_part")
    return MatchReason(_HEADER_REASON[meaning.strength]) if meaning.strength else None


def values_reason(verdict: ValueVerdict, field: str) -> MatchReason:
    """Return the reason in the values for or against `field`."""
    return MatchReason(_VALUES_REASON[verdict], {"field": field})
