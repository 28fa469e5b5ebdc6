"""Demand: a required field without a column, and one single column left whose values are that."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from clientimport.matching.address_blocks import ELSEWHERE
from clientimport.matching.address_part import block_words
from clientimport.matching.candidate import Candidate, ColumnEvidence, make_candidate
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.context_words import context_words
from clientimport.matching.equivalent_columns import agreement
from clientimport.matching.header_meaning import HeaderMeaning
from clientimport.matching.value_patterns import has_house_number, has_legal_form, is_email, is_named, is_prefixed_vat
from clientimport.matching.value_sample import MOST_SHARE, ValueSample, ValueVerdict
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.derivations.dependencies import derivable_from
from clientimport.schema.header_key import header_words

_HALF = 0.5
_FEWEST = 2
"""Different values: one alone, in every row, is not each client's own."""


def _emails(sample: ValueSample) -> bool:
    return sample.share(is_email) >= MOST_SHARE and not sample.is_repetitive


def _names(sample: ValueSample) -> bool:
    named = sample.share(is_named) >= MOST_SHARE and sample.share(has_legal_form) >= _HALF
    return named and not sample.is_repetitive


def _only(field: str, *others: str) -> Callable[[ValueSample], bool]:
    """Return what tells that values are this field and none of the others."""

    def holds(sample: ValueSample) -> bool:
        denied = all(sample.verdict(other) is not ValueVerdict.AGREES for other in others)
        return sample.verdict(field) is ValueVerdict.AGREES and denied

    return holds


_SHOWN: Mapping[str, Callable[[ValueSample], bool]] = {
    "contact_email": _emails,
    "country": _only("country", "language"),
    "legal_name": _names,
    "address": lambda sample: (
        sample.share(has_house_number) >= MOST_SHARE and sample.verdict("address") is ValueVerdict.AGREES
    ),
    "language": _only("language", "country"),
    "iban": _only("iban"),
    "vat_number": lambda sample: sample.share(is_prefixed_vat) >= MOST_SHARE,
}
"""The fields that values show by themselves, whatever the header says."""
_NO_STRANGERS = ("noise", "client", "company", "weak")
_ELSEWHERE = ("other", "private")
_ALIKE = ("country", "language", "iban", "vat_number")
"""Fields of which few values, or one, may stand in every row."""


def propose_required_fields(
    columns: Iterable[ColumnEvidence], taken: Collection[str], schema: PlatformSchema
) -> Iterator[Candidate]:
    """Yield a proposal per required field that is free, where exactly one of the columns left holds nothing else."""
    left = [one for one in columns if one.sample.values]
    for field in _missing(taken, schema):
        holds = _SHOWN.get(field)
        shown = _different([one for one in left if holds and holds(one.sample)], schema.country)
        if len(shown) == 1 and _is_free(shown[0], field) and _varies(shown[0].sample, field):
            bare = ColumnEvidence(shown[0].column, HeaderMeaning(), shown[0].sample)
            yield make_candidate(bare, field).with_doubt(MatchReason("demanded", {"field": field}))


def _different(columns: Iterable[ColumnEvidence], country: str) -> list[ColumnEvidence]:
    """Return the columns without those that repeat one on their left."""
    found: list[ColumnEvidence] = []
    for one in columns:
        if not any(agreement(other, one, country) for other in found):
            found.append(one)
    return found


def _missing(taken: Collection[str], schema: PlatformSchema) -> list[str]:
    """Return the required fields, and those of which one is required, that nothing taken gives."""
    known = derivable_from(taken)
    single = [column.field for column in schema.columns if column.required and column.field not in known]
    return [*single, *(field for group in schema.alternatives if known.isdisjoint(group) for field in group)]


def _varies(sample: ValueSample, field: str) -> bool:
    return field in _ALIKE or sample.distinct >= _FEWEST


def _is_free(one: ColumnEvidence, field: str) -> bool:
    """Tell whether the header does not say that this is somebody else's, or a second one."""
    meaning, said = one.meaning, header_words(one.column.header)
    if (meaning.ordinal or 1) > 1 or meaning.block == ELSEWHERE:
        return False
    strangers = [word for word in said if context_words().roles.get(word, "noise") not in _NO_STRANGERS]
    elsewhere = any(block_words().labels.get(word) in _ELSEWHERE for word in said)
    billing = field != "contact_email" and all(block_words().labels.get(word) == "billing" for word in strangers)
    return not elsewhere and (not strangers or billing)
