"""Candidates by values alone: under a header that is unknown, or that the values contradict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from clientimport.matching.ambiguous_headers import MatchContext
from clientimport.matching.candidate import Candidate, ColumnEvidence, make_candidate
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.header_meaning import HeaderMeaning
from clientimport.matching.value_patterns import has_eleven_digits, is_email, is_prefixed_vat
from clientimport.matching.value_sample import MOST_SHARE, ValueVerdict

_DECISIVE_FIELDS = ("iban", "national_register_number", "vat_number", "company_number")
_PATTERNS: Mapping[str, Callable[[str], bool]] = {
    "vat_number": is_prefixed_vat,
    "company_number": lambda text: not is_prefixed_vat(text),
    "national_register_number": has_eleven_digits,
}
"""What values must look like beyond being understood: a type also repairs what the spreadsheet has damaged."""
MIN_VALUES = 3
"""One or two numbers pass a check by chance; three seldom do. Chosen, not measured."""
_MAY_HOLD_EMAILS = frozenset({"address", "street", "contact_name"})


def candidates_by_values(observed: ColumnEvidence, around: MatchContext) -> Iterator[Candidate]:
    """Yield the field that the values show where no other column may have it: a proposal, never more.

    An e-mail address does not show whose it is: it is proposed only under "Adres" or "Contact", when it is the
    only one in the table.
    """
    bare = ColumnEvidence(observed.column, HeaderMeaning(), observed.sample)
    field = next((name for name in _DECISIVE_FIELDS if _shows(observed, name)), None)
    if field and not _is_claimed(field, observed, around):
        yield make_candidate(bare, field).with_doubt(MatchReason("values_alone"))
    if _MAY_HOLD_EMAILS.intersection(observed.meaning.fields) and _only_emails(observed, around):
        yield make_candidate(bare, "contact_email").with_doubt(MatchReason("values_alone"))


def _shows(observed: ColumnEvidence, field: str) -> bool:
    """Return whether enough values fit `field`, and look like it where that is required."""
    if observed.sample.distinct < MIN_VALUES or observed.sample.verdict(field) is not ValueVerdict.AGREES:
        return False
    pattern = _PATTERNS.get(field)
    return pattern is None or observed.sample.share(pattern) >= MOST_SHARE


def _is_claimed(field: str, observed: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether another column may be `field`, or its values show `field` too."""
    return field in around.matched_fields or any(
        field in other.meaning.fields or _shows(other, field) for other in around.others(observed)
    )


def _only_emails(observed: ColumnEvidence, around: MatchContext) -> bool:
    others = any(other.sample.share(is_email) > 0 for other in around.others(observed))
    return observed.sample.share(is_email) >= MOST_SHARE and not others and "contact_email" not in around.matched_fields
