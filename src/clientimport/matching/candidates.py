"""Candidates: every field that a column without a decision may be, by its header, its values and the other columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clientimport.matching.ambiguous_headers import MatchContext, decide_by_context
from clientimport.matching.candidate import Candidate, ColumnEvidence, make_candidate
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.header_meaning import MatchStrength
from clientimport.matching.value_patterns import is_email, is_mobile
from clientimport.matching.value_sample import MOST_SHARE, ValueVerdict
from clientimport.matching.values_only import candidates_by_values

_ROLES_OF_OTHERS = frozenset(
    {"contact", "responsible", "in_charge", "assignee", "spouse", "other", "private", "business"}
)
_FEW = {"legal_name": 4, "contact_name": 4, "contact_last_name": 2, "contact_email": 4}
"""So few different values in many rows are the office's people or insurers, not clients (chosen, not measured)."""
_MORE = 2
"""Times as many values as there are addresses, so that those are shared by different clients (chosen, not measured)."""
_BY_HABIT = 20
"""Points that a column loses when its values repeat unlike those of its field (chosen, not measured)."""


def find_candidates(open_columns: Iterable[ColumnEvidence], around: MatchContext) -> Iterator[Candidate]:
    """Yield every candidate of `open_columns` for a field that is not taken yet."""
    for observed in open_columns:
        for candidate in _column_candidates(observed, around):
            if candidate.field not in around.matched_fields:
                yield _with_doubts(candidate, observed, around)


def _column_candidates(observed: ColumnEvidence, around: MatchContext) -> list[Candidate]:
    meaning = observed.meaning
    if meaning.foreign or (meaning.ordinal or 1) > 1:
        return []
    homonym = len(meaning.fields) > 1
    candidates = (
        list(decide_by_context(observed, around))
        if homonym
        else [make_candidate(observed, field) for field in meaning.fields]
    )
    supported = [candidate for candidate in candidates if _is_supported(observed, candidate)]
    supported = _mobile_candidates(observed, around, supported) or supported
    if supported or (candidates and not observed.sample.values):
        return supported
    return list(candidates_by_values(observed, around))


def _is_supported(observed: ColumnEvidence, candidate: Candidate) -> bool:
    """Return whether the values allow the candidate; a header that is only spelled alike needs their agreement."""
    verdict = observed.sample.verdict(candidate.field)
    meaning = observed.meaning
    needed = (
        ValueVerdict.AGREES if meaning.strength is MatchStrength.SIMILAR or meaning.costly else ValueVerdict.BETWEEN
    )
    return verdict >= needed


def _mobile_candidates(observed: ColumnEvidence, around: MatchContext, supported: list[Candidate]) -> list[Candidate]:
    """Return "Telefoon" over mobile numbers as a mobile number where the platform takes no other phone number."""
    asked = around.accepts("contact_mobile") and not around.accepts("contact_phone")
    mobile = observed.sample.share(is_mobile) >= MOST_SHARE
    if [candidate.field for candidate in supported] != ["contact_phone"] or not (asked and mobile):
        return []
    if any("contact_mobile" in other.meaning.fields for other in around.others(observed)):
        return []
    return [make_candidate(observed, "contact_mobile").with_doubt(MatchReason("values_alone"))]


def _with_doubts(candidate: Candidate, observed: ColumnEvidence, around: MatchContext) -> Candidate:
    """Return the candidate, uncertain where values or another column of its kind leave open whose data it is."""
    if _is_of_others(candidate, observed, around):
        return candidate.with_doubt(MatchReason("few_values"), by=_BY_HABIT)
    if candidate.field == "responsible_email" and observed.sample.is_varied:
        return candidate.with_doubt(MatchReason("many_values"), by=_BY_HABIT)
    if len(observed.meaning.fields) > 1 and any(
        other.header_names(candidate.field) for other in around.others(observed)
    ):
        return candidate.with_doubt(MatchReason("homonym"))
    if any(_is_sibling(other, candidate.field) for other in around.others(observed)):
        return candidate.with_doubt(MatchReason("sibling", {"field": candidate.field}))
    if (
        candidate.field == "contact_email"
        and observed.meaning.role != "contact"
        and _has_other_emails(observed, around)
    ):
        return candidate.with_doubt(MatchReason("other_emails"))
    return candidate


def _is_of_others(candidate: Candidate, observed: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether a few repeated values are those of people who are not clients.

    Under a header that means only a last name they are not: in a long list last names repeat.
    """
    sample = observed.sample
    if sample.has_few(_FEW.get(candidate.field, 0)):
        return observed.meaning.fields != ("contact_last_name",)
    others = (other.sample.distinct >= _MORE * sample.distinct for other in around.others(observed))
    return candidate.field == "contact_email" and sample.is_repetitive and any(others)


def _is_sibling(other: ColumnEvidence, field: str) -> bool:
    return field in other.meaning.fields and (other.meaning.ordinal or 1) > 1


def _has_other_emails(observed: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether another column holds e-mail addresses and does not say whose they are."""
    return any(
        other.sample.share(is_email) >= MOST_SHARE
        and not other.sample.is_repetitive
        and other.meaning.role not in _ROLES_OF_OTHERS
        and not {"responsible_email", "assignee_emails"}.intersection(other.meaning.fields)
        for other in around.others(observed)
    )
