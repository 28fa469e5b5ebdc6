"""Candidates: every field that a column without a decision may be, by its header, its values and the other columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clientimport.matching.address_part import STREETS
from clientimport.matching.ambiguous_headers import FIRST_NAMES, MatchContext, decide_by_context
from clientimport.matching.candidate import Candidate, ColumnEvidence, make_candidate
from clientimport.matching.client_codes import CODES, are_categories, doubt_about_codes
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.equivalent_columns import agreement
from clientimport.matching.header_meaning import MatchStrength
from clientimport.matching.value_patterns import (
    has_first_name,
    has_house_number,
    is_email,
    is_mobile,
    is_several_words,
    is_status,
)
from clientimport.matching.value_sample import MOST_SHARE, ValueVerdict
from clientimport.matching.values_only import candidates_by_values

_ROLES_OF_OTHERS = frozenset(
    {"contact", "responsible", "in_charge", "assignee", "spouse", "other", "private", "business"}
)
_FEW = {"legal_name": 4, "contact_name": 4, "contact_last_name": 2, "contact_email": 4}
"""So few different values in many rows are the office's people or insurers, not clients (chosen, not measured)."""
_MORE = 2
"""Times as many values as there are addresses, so that those are shared by different clients (chosen, not measured)."""
_BY_NAMED = 10
"""Points that a header with several meanings loses beside one that names the field (chosen, not measured)."""
_HALF = 0.5
"""Share of names of one word from which they are no whole names (chosen, not measured)."""
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
    homonym = len(meaning.fields) > 1 or _is_last_name(observed, around)
    candidates = (
        list(decide_by_context(observed, around))
        if homonym
        else [make_candidate(observed, field) for field in meaning.fields]
    )
    if _are_hardly_persons(observed, around):
        field = "legal_name" if around.accepts("legal_name") else "contact_name"
        candidates = [make_candidate(observed, field).with_doubt(MatchReason("few_first_names"))]
    supported = [candidate for candidate in candidates if _is_supported(observed, candidate)]
    supported = _mobile_candidates(observed, around, supported) or supported
    if supported or (candidates and not observed.sample.values):
        return supported
    return list(candidates_by_values(observed, around))


def _are_hardly_persons(observed: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether whole names of hardly any known person are the only ones that may be the clients'."""
    named = observed.meaning.fields == ("contact_name",) and observed.meaning.role is None
    if not (named and observed.sample.values) or observed.sample.share(has_first_name) >= FIRST_NAMES:
        return False
    return "legal_name" not in around.matched_fields and not any(
        "legal_name" in other.meaning.fields for other in around.others(observed)
    )


def _is_last_name(observed: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether a contact's name is one word beside a first name ("Nom du contact" beside "Prénom du contact")."""
    return _is_one_word(observed, "contact_name") and around.has_field_beside("contact_first_name", observed)


def _is_one_word(observed: ColumnEvidence, field: str) -> bool:
    """Return whether the header means only a contact's whole name, and most values are one word."""
    single = observed.sample.share(is_several_words) < _HALF and bool(observed.sample.values)
    return single and observed.meaning.fields == ("contact_name",) and field == "contact_name"


def _is_supported(observed: ColumnEvidence, candidate: Candidate) -> bool:
    """Return whether the values allow the candidate; a header that is only spelled alike needs their agreement."""
    verdict = observed.sample.verdict(candidate.field)
    meaning = observed.meaning
    if candidate.field in CODES and len(meaning.fields) > 1 and are_categories(observed.sample):
        return False  # "Klant" over yes and no, or "Nummer" over categories
    if candidate.field == "labels" and meaning.doubtful and observed.sample.share(is_status) >= MOST_SHARE:
        return False  # "Label" over "Prospect" and "Klant"
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
    doubt = next(_doubts(candidate.field, observed, around), None)
    return candidate.with_doubt(doubt[0], by=doubt[1]) if doubt else candidate


def _doubts(field: str, observed: ColumnEvidence, around: MatchContext) -> Iterator[tuple[MatchReason, int]]:
    """Yield the reasons to doubt, the weightiest first, with the points that each costs."""
    if _is_of_others(field, observed, around):
        yield MatchReason("few_values"), _BY_HABIT
    if field == "responsible_email" and observed.sample.is_varied:
        yield MatchReason("many_values"), _BY_HABIT
    others = tuple(around.others(observed))
    if len(observed.meaning.fields) > 1 and any(other.header_names(field) for other in others):
        yield MatchReason("homonym"), _BY_NAMED
    if field == "contact_name" and any(_has_same_values(observed, other, around) for other in others):
        yield MatchReason("same_names"), _BY_NAMED
    if any(_is_sibling(other, field) for other in others):
        yield MatchReason("sibling", {"field": field}), 0
    if field == "contact_email" and observed.meaning.role != "contact" and _has_other_emails(observed, around):
        yield MatchReason("other_emails"), 0
    if _is_one_word(observed, field):
        yield MatchReason("one_word"), _BY_NAMED
    if field in CODES and (reason := doubt_about_codes(observed, others)):
        yield reason, 0
    if field == "labels" and observed.sample.share(is_status) >= MOST_SHARE:
        yield MatchReason("statuses"), 0


def _is_of_others(field: str, observed: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether a few repeated values are those of people who are not clients.

    Under a header that means only a last name they are not: in a long list last names repeat.
    """
    sample = observed.sample
    if sample.has_few(_FEW.get(field, 0)) or (field in _FEW and sample.is_constant):
        return observed.meaning.fields != ("contact_last_name",)
    others = (other.sample.distinct >= _MORE * sample.distinct for other in around.others(observed))
    return field == "contact_email" and sample.is_repetitive and any(others)


def _has_same_values(observed: ColumnEvidence, other: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether another column is named for the client and holds the same names: then they may be no persons'."""
    return other.header_names("legal_name") and agreement(observed, other, around.schema.country) > 0


def _is_sibling(other: ColumnEvidence, field: str) -> bool:
    """Return whether another column is a second one of the same field; a second line of an address is none."""
    second = field in other.meaning.fields and (other.meaning.ordinal or 1) > 1
    return second and (field not in STREETS or other.sample.share(has_house_number) >= MOST_SHARE)


def _has_other_emails(observed: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether another column holds e-mail addresses and does not say whose they are."""
    return any(
        other.sample.share(is_email) >= MOST_SHARE
        and not other.sample.is_repetitive
        and other.meaning.role not in _ROLES_OF_OTHERS
        and not {"responsible_email", "assignee_emails"}.intersection(other.meaning.fields)
        for other in around.others(observed)
    )
