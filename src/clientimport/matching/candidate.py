"""A candidate: one column that may be one field, with how strongly that is believed and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.header_meaning import HeaderMeaning, MatchStrength
from clientimport.matching.value_sample import ValueSample, ValueVerdict
from clientimport.model.table import Column

_BY_HEADER = {MatchStrength.EXACT: 90, MatchStrength.PART: 88, MatchStrength.SIMILAR: 60, MatchStrength.NOT: 50}
_BY_VALUES = {ValueVerdict.AGREES: 5, ValueVerdict.SILENT: -50, ValueVerdict.BETWEEN: -20, ValueVerdict.REFUTES: -90}
"""An empty column is behind every filled one."""
_BY_ROLE = 6
"""What an outspoken contact ("E-mail contact") is ahead of "E-mail", and that of "E-mail firma"."""
_BY_DOUBT = 5
"""What a header that leaves a doubt is behind one that does not ("Roepnaam" and "Voornaam")."""
_BY_VAGUENESS = 4
"""What a header with several meanings is behind one that names the field ("Naam" and "Familienaam")."""
_BY_COST = 20
"""What a header with a word that makes something else of most things is behind one without ("Legal country")."""
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
        """The column's position in the sheet, which tells it from all others."""
        return self.column.index

    def header_names(self, field: str) -> bool:
        """Tell whether the header means this field and no other, and the values do not deny it."""
        return self.meaning.fields == (field,) and self.may_hold(field)

    def may_hold(self, field: str) -> bool:
        """Tell whether the header can mean this field, is no second of its kind, and the values do not deny it."""
        meant = field in self.meaning.fields and (self.meaning.ordinal or 1) == 1
        return meant and self.sample.verdict(field) is not ValueVerdict.REFUTES


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column taken for one field."""

    column: Column
    field: str
    score: int
    """0 to 100; compared between columns, and the confidence in percent."""
    certain: bool
    """Whether it stands without a person."""
    reasons: tuple[MatchReason, ...]

    def with_doubt(self, reason: MatchReason, *, by: int = 0) -> Candidate:
        """Return the candidate with something that speaks against being certain."""
        return replace(self, certain=False, score=self.score - by, reasons=(*self.reasons, reason))

    def with_reason(self, reason: MatchReason) -> Candidate:
        """Return the candidate with one more reason."""
        return replace(self, reasons=(*self.reasons, reason))


def make_candidate(observed: ColumnEvidence, field: str) -> Candidate:
    """Return the column as a candidate for `field`, from its own header and values alone."""
    meaning, verdict = observed.meaning, observed.sample.verdict(field)
    said = _BY_ROLE if meaning.role == "contact" else 0
    if meaning.role == "company" and field.startswith("contact_"):
        said = -_BY_ROLE
    doubt = _BY_DOUBT if meaning.doubtful and meaning.role != "director" else 0
    doubt += _BY_COST if meaning.costly else 0
    doubt += _BY_VAGUENESS if len(meaning.fields) > 1 else 0
    reasons = (header_reason(meaning), values_reason(verdict, field))
    score = min(_BY_HEADER[meaning.strength] + _BY_VALUES[verdict] + said - doubt, 99)
    sure = meaning.strength >= MatchStrength.PART and verdict is ValueVerdict.AGREES and not meaning.doubtful
    return Candidate(observed.column, field, max(score, 0), sure, tuple(one for one in reasons if one))


def header_reason(meaning: HeaderMeaning) -> MatchReason | None:
    """Return what the header says as a reason, if it says anything; of one of several addresses that it is a part."""
    if meaning.block:
        return MatchReason("address_part")
    return MatchReason(_HEADER_REASON[meaning.strength]) if meaning.strength else None


def values_reason(verdict: ValueVerdict, field: str) -> MatchReason:
    """Return what the values say about `field` as a reason."""
    return MatchReason(_VALUES_REASON[verdict], {"field": field})
