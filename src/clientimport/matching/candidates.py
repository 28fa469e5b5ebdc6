"""Evidence: all that is believed about the columns nobody has decided yet."""

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
"""So few values in many rows are the office's people, or insurers, and not the clients' (chosen, not measured)."""
_MORE = 2
"""Times as many values as there are addresses, so that those are shared by different clients (chosen, not measured)."""
_BY_HABIT = 20
"""What values that come as often as those of something else do are behind others."""


def find_candidates(open_columns: Iterable[ColumnEvidence], around: MatchContext) -> Iterator[Candidate]:
    """Yield every candidate of `open_columns` for a field that is not taken yet."""
    for observed in open_columns:
        for found in _of(observed, around):
            if found.field not in around.matched_fields:
                yield _questioned(found, observed, around)


def _of(observed: ColumnEvidence, around: MatchContext) -> list[Candidate]:
    meaning = observed.meaning
    if meaning.foreign or (meaning.ordinal or 1) > 1:
        return []
    homonym = len(meaning.fields) > 1
    found = (
        list(decide_by_context(observed, around))
        if homonym
        else [make_candidate(observed, field) for field in meaning.fields]
    )
    held = [one for one in found if _holds(observed, one)]
    held = _mobiles_under_phone(observed, around, held) or held
    return held or ([] if found and _silent(observed) else list(candidates_by_values(observed, around)))


def _silent(observed: ColumnEvidence) -> bool:
    return not observed.sample.values


def _holds(observed: ColumnEvidence, one: Candidate) -> bool:
    """Tell whether the values let it stand; one that is only spelled alike needs their support."""
    verdict = observed.sample.verdict(one.field)
    meaning = observed.meaning
    needed = (
        ValueVerdict.AGREES if meaning.strength is MatchStrength.SIMILAR or meaning.costly else ValueVerdict.BETWEEN
    )
    return verdict >= needed


def _mobiles_under_phone(observed: ColumnEvidence, around: MatchContext, held: list[Candidate]) -> list[Candidate]:
    """Propose a column of mobile numbers under "Telefoon" for a platform that asks for nothing but mobile numbers."""
    asked = around.accepts("contact_mobile") and not around.accepts("contact_phone")
    mobile = observed.sample.share(is_mobile) >= MOST_SHARE
    if [one.field for one in held] != ["contact_phone"] or not (asked and mobile):
        return []
    if any("contact_mobile" in one.meaning.fields for one in around.others(observed)):
        return []
    return [make_candidate(observed, "contact_mobile").with_doubt(MatchReason("values_alone"))]


def _questioned(found: Candidate, observed: ColumnEvidence, around: MatchContext) -> Candidate:
    """Take away certainty where values or another column of the same kind leave open whose data it is."""
    if _is_of_others(found, observed, around):
        return found.with_doubt(MatchReason("few_values"), by=_BY_HABIT)
    if found.field == "responsible_email" and observed.sample.is_varied:
        return found.with_doubt(MatchReason("many_values"), by=_BY_HABIT)
    if len(observed.meaning.fields) > 1 and any(one.header_names(found.field) for one in around.others(observed)):
        return found.with_doubt(MatchReason("homonym"))
    if any(_is_sibling(one, found.field) for one in around.others(observed)):
        return found.with_doubt(MatchReason("sibling", {"field": found.field}))
    if found.field == "contact_email" and observed.meaning.role != "contact" and _other_emails(observed, around):
        return found.with_doubt(MatchReason("other_emails"))
    return found


def _is_of_others(found: Candidate, observed: ColumnEvidence, around: MatchContext) -> bool:
    """Tell whether the same few values over and over are those of people who are no clients.

    Not under a header that means a last name and nothing else: in a long list the same ones come again and again.
    """
    sample = observed.sample
    if sample.has_few(_FEW.get(found.field, 0)):
        return observed.meaning.fields != ("contact_last_name",)
    others = (one.sample.distinct >= _MORE * sample.distinct for one in around.others(observed))
    return found.field == "contact_email" and sample.is_repetitive and any(others)


def _is_sibling(other: ColumnEvidence, field: str) -> bool:
    return field in other.meaning.fields and (other.meaning.ordinal or 1) > 1


def _other_emails(observed: ColumnEvidence, around: MatchContext) -> bool:
    """Tell whether another column holds e-mail addresses and does not say whose they are."""
    return any(
        one.sample.share(is_email) >= MOST_SHARE
        and not one.sample.is_repetitive
        and one.meaning.role not in _ROLES_OF_OTHERS
        and not {"responsible_email", "assignee_emails"}.intersection(one.meaning.fields)
        for one in around.others(observed)
    )
