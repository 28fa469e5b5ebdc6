"""Client codes: whether a column that is named for the clients' codes may hold something else."""

from __future__ import annotations

from collections.abc import Collection

from clientimport.matching.candidate import ColumnEvidence
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.value_patterns import is_long_number
from clientimport.matching.value_sample import MANY_ROWS, MOST_SHARE, VARIED, ValueSample
from clientimport.model.field_type import ParsedValue
from clientimport.schema.fields import canonical_fields

CODES = ("client_code", "external_reference")
_IDENTIFYING = ("legal_name", "company_number", "vat_number", "national_register_number")
"""Fields that differ from client to client."""
_HALF = 0.5
"""Share of valid numbers from which they are company numbers: the others are errors (chosen, not measured)."""
_FEW = 4
"""So few different values in many rows are no clients' codes (chosen, not measured)."""


def are_categories(sample: ValueSample) -> bool:
    """Return whether a few values in many rows are categories, or yes and no, and no codes."""
    return sample.has_few(_FEW)


def doubt_about_codes(observed: ColumnEvidence, others: Collection[ColumnEvidence]) -> MatchReason | None:
    """Return the reason to doubt that the values are the clients' codes; None where nothing speaks against it."""
    if _are_company_numbers(observed.sample):
        return MatchReason("company_numbers")
    return MatchReason("repeated_codes") if _repeat_more_than_clients(observed.sample, others) else None


def _are_company_numbers(sample: ValueSample) -> bool:
    """Return whether codes are company numbers: an office may number its clients so, or mean the number itself."""
    if not sample.values or sample.share(is_long_number) < MOST_SHARE:
        return False
    belgian = canonical_fields()["company_number"].type
    return sample.share(lambda text: isinstance(belgian.parse(text, "BE"), ParsedValue)) >= _HALF


def _repeat_more_than_clients(sample: ValueSample, others: Collection[ColumnEvidence]) -> bool:
    """Return whether codes repeat more than what identifies the clients does: each client has a code of its own."""
    if sample.filled < MANY_ROWS or sample.distinct >= VARIED * sample.filled:
        return False
    clients = [
        other.sample.distinct / other.sample.filled
        for other in others
        if other.sample.filled and any(other.header_names(field) for field in _IDENTIFYING)
    ]
    return sample.distinct < VARIED * max(clients, default=1.0) * sample.filled
