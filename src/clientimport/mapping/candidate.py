"""A candidate: one column that may be one field, with how strongly that is believed and why."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clientimport.mapping.header_evidence import How, Meaning
from clientimport.mapping.mapping import Reason
from clientimport.mapping.value_evidence import Sample, Verdict
from clientimport.table import Column

_BY_HEADER = {How.EXACT: 90, How.PART: 88, How.SIMILAR: 60, How.NOT: 50}
_BY_VALUES = {Verdict.AGREES: 5, Verdict.SILENT: -50, Verdict.BETWEEN: -20, Verdict.REFUTES: -90}
"""An empty column is behind every filled one."""
_BY_ROLE = 6
"""What an outspoken contact ("E-mail contact") is ahead of "E-mail", and that of "E-mail firma"."""
_BY_DOUBT = 5
"""What a header that leaves a doubt is behind one that does not ("Roepnaam" and "Voornaam")."""
_BY_VAGUENESS = 4
"""What a header with several meanings is behind one that names the field ("Naam" and "Familienaam")."""
_BY_COST = 20
"""What a header with a word that makes something else of most things is behind one without ("Legal country")."""
_HEADER_REASON = {How.EXACT: "header_exact", How.PART: "header_part", How.SIMILAR: "header_similar"}
_VALUES_REASON = {
    Verdict.AGREES: "values_agree",
    Verdict.BETWEEN: "values_mixed",
    Verdict.REFUTES: "values_refute",
    Verdict.SILENT: "values_none",
}


@dataclass(frozen=True, slots=True)
class Observed:
    """A column with what its header says and a sample of what it holds."""

    column: Column
    meaning: Meaning
    sample: Sample

    @property
    def index(self) -> int:
        """The column's position in the sheet, which tells it from all others."""
        return self.column.index

    def says(self, field: str) -> bool:
        """Tell whether the header means this field and no other, and the values do not deny it."""
        return self.meaning.fields == (field,) and self.may_be(field)

    def may_be(self, field: str) -> bool:
        """Tell whether the header can mean this field, is no second of its kind, and the values do not deny it."""
        meant = field in self.meaning.fields and (self.meaning.ordinal or 1) == 1
        return meant and self.sample.verdict(field) is not Verdict.REFUTES


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column taken for one field."""

    column: Column
    field: str
    score: int
    """0 to 100; compared between columns, and the confidence in percent."""
    sure: bool
    """Whether it stands without a person."""
    reasons: tuple[Reason, ...]

    def doubted(self, reason: Reason, *, by: int = 0) -> Candidate:
        """Return the candidate with something that speaks against being certain."""
        return replace(self, sure=False, score=self.score - by, reasons=(*self.reasons, reason))

    def because(self, reason: Reason) -> Candidate:
        """Return the candidate with one more reason."""
        return replace(self, reasons=(*self.reasons, reason))


def candidate(observed: Observed, field: str) -> Candidate:
    """Return the column as a candidate for `field`, from its own header and values alone."""
    meaning, verdict = observed.meaning, observed.sample.verdict(field)
    said = _BY_ROLE if meaning.role == "contact" else 0
    if meaning.role == "company" and field.startswith("contact_"):
        said = -_BY_ROLE
    doubt = _BY_DOUBT if meaning.doubtful and meaning.role != "director" else 0
    doubt += _BY_COST if meaning.costly else 0
    doubt += _BY_VAGUENESS if len(meaning.fields) > 1 else 0
    reasons = (header_reason(meaning), values_reason(verdict, field))
    score = min(_BY_HEADER[meaning.how] + _BY_VALUES[verdict] + said - doubt, 99)
    sure = meaning.how >= How.PART and verdict is Verdict.AGREES and not meaning.doubtful
    return Candidate(observed.column, field, max(score, 0), sure, tuple(one for one in reasons if one))


def header_reason(meaning: Meaning) -> Reason | None:
    """Return what the header says as a reason, if it says anything."""
    return Reason(_HEADER_REASON[meaning.how]) if meaning.how else None


def values_reason(verdict: Verdict, field: str) -> Reason:
    """Return what the values say about `field` as a reason."""
    return Reason(_VALUES_REASON[verdict], {"field": field})
