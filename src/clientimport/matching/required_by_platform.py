"""Required fields without a column: the only column left that shows such a field is proposed, with what shows it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from clientimport.matching.address_blocks import ELSEWHERE
from clientimport.matching.address_part import ADDRESS, block_words
from clientimport.matching.candidate import Candidate, ColumnEvidence, make_candidate
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.context_words import context_words
from clientimport.matching.equivalent_columns import agreement
from clientimport.matching.header_meaning import HeaderMeaning
from clientimport.matching.value_patterns import has_legal_form, is_email, is_named, is_prefixed_vat, is_street_address
from clientimport.matching.value_sample import FEW_SHARE, MOST_SHARE, ValueSample, ValueVerdict
from clientimport.model.field_type import ParsedValue
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.derivations.dependencies import derivable_from
from clientimport.schema.fields import canonical_fields
from clientimport.schema.header_key import fields_by_header, header_words

_HALF = 0.5
"""The share of near countries from which a column holds countries and no initials. Chosen, not measured."""
_DIFFERENT = 0.5
"""Different names per filled cell, at least, under a header that no list knows. Chosen, not measured."""
_LONGEST_LANGUAGE = 20
"""Letters of a language at most, as in "Nederlands (België)". Chosen, not measured."""
_HOME = ("BE", "LU")
_GIVEN_BY = {"contact_locale": "language", "contact_language": "language"}
"""Required fields that another one gives, whose values are told apart more easily."""
_NEAR = ("BE", "LU", "NL", "FR", "DE")
_MIN_DISTINCT = 2
"""Distinct values at least: one value in every row does not belong to each client. Chosen, not measured."""


def _are_emails(sample: ValueSample) -> bool:
    return sample.share(is_email) >= MOST_SHARE and not sample.is_repetitive


def _are_languages(sample: ValueSample) -> bool:
    """Return whether values are languages: "nl" and "fr" are countries too, but no list of clients has only these."""
    if sample.share(lambda text: len(text) > _LONGEST_LANGUAGE) > FEW_SHARE:
        return False  # much faster than to compare them with the names of languages
    if sample.verdict("language") is not ValueVerdict.AGREES:
        return False
    unlike = sample.verdict("country") is not ValueVerdict.AGREES
    return unlike or (sample.distinct >= _MIN_DISTINCT and sample.share(_is_home) == 0)


def _is_home(text: str) -> bool:
    parsed = canonical_fields()["country"].type.parse(text, "")
    return isinstance(parsed, ParsedValue) and parsed.value in _HOME


def _is_near(text: str) -> bool:
    """Return whether `text` is one of the countries in which nearly all clients are; initials may be another one."""
    parsed = canonical_fields()["country"].type.parse(text, "")
    return isinstance(parsed, ParsedValue) and parsed.value in _NEAR


def _are_organisation_names(sample: ValueSample) -> bool:
    named = sample.share(is_named) >= MOST_SHARE and sample.share(has_legal_form) > FEW_SHARE
    return named and not sample.is_repetitive


def _only(field: str, *others: str) -> Callable[[ValueSample], bool]:
    """Return a test of whether values are this field and none of the others."""

    def holds(sample: ValueSample) -> bool:
        denied = all(sample.verdict(other) is not ValueVerdict.AGREES for other in others)
        return sample.verdict(field) is ValueVerdict.AGREES and denied

    return holds


_VALUE_TESTS: Mapping[str, Callable[[ValueSample], bool]] = {
    "contact_email": _are_emails,
    "country": lambda sample: _only("country", "language")(sample) and sample.share(_is_near) >= _HALF,
    "legal_name": _are_organisation_names,
    "address": lambda sample: (
        sample.share(is_street_address) >= MOST_SHARE and sample.verdict("address") is ValueVerdict.AGREES
    ),
    "language": _are_languages,
    "iban": _only("iban"),
    "vat_number": lambda sample: sample.share(is_prefixed_vat) >= MOST_SHARE,
}
"""The fields that values show by themselves, under any header."""
_NEIGHBOURS = {"city": "postal_code", "postal_code": "city"}
"""Fields that stand side by side, so that the one shows the other."""
_CLIENT_ROLES = ("noise", "place", "client", "company", "weak")
_OTHER_ADDRESSES = ("other", "private")
_MORE_ROLES = {"contact_name": ("contact", "director", "business"), **dict.fromkeys(ADDRESS, ("business",))}
"""Roles of words before a person's name, and before a part of a company's address ("Bureau distributeur")."""
_PERSONS_NAMES = ("contact_first_name", "contact_last_name", "contact_name")
"""Fields whose columns belong together (required_names.py)."""
_MAY_REPEAT = ("country", "language", "iban", "vat_number", "postal_code", "city")
"""Fields that may have the same value in every row."""


def propose_required_fields(
    columns: Iterable[ColumnEvidence], taken: Mapping[str, int], schema: PlatformSchema
) -> Iterator[Candidate]:
    """Yield a proposal per required field without a column, where the values of exactly one column left show it."""
    left = [evidence for evidence in columns if evidence.sample.values]
    for field in dict.fromkeys(_GIVEN_BY.get(field, field) for field in missing_fields(taken, schema)):
        shown, reason = _shown(field, left, taken, schema)
        if len(shown) == 1 and is_free(shown[0], field) and _varies(shown[0].sample, field):
            bare = ColumnEvidence(shown[0].column, HeaderMeaning(), shown[0].sample)
            yield make_candidate(bare, field).with_doubt(reason)


def _shown(
    field: str, left: Sequence[ColumnEvidence], taken: Mapping[str, int], schema: PlatformSchema
) -> tuple[list[ColumnEvidence], MatchReason]:
    """Return the columns that show a field by their place, their values or a word of their headers, the first of these.

    The reason is true of each of them if it is the only one.
    """
    partner = _NEIGHBOURS.get(field, "")
    if partner in taken:
        beside = [evidence for evidence in left if _is_beside(evidence, taken[partner], field)]
        return beside, MatchReason("demanded_beside", {"field": field, "beside": partner})
    holds = _VALUE_TESTS.get(field)
    if shown := _without_repeats([evidence for evidence in left if holds and holds(evidence.sample)], schema.country):
        return shown, MatchReason("demanded", {"field": field})
    called = [evidence for evidence in left if field not in _PERSONS_NAMES and _is_called(evidence, field)]
    return called, MatchReason("demanded_called", {"field": field})


def _is_beside(evidence: ColumnEvidence, partner: int, field: str) -> bool:
    """Return whether an unknown column next to the partner of a field holds its values."""
    near = abs(evidence.index - partner) == 1 and not evidence.meaning.fields
    return near and evidence.sample.verdict(field) is ValueVerdict.AGREES


def _is_called(evidence: ColumnEvidence, field: str) -> bool:
    """Return whether the header may mean a field, or has a word for it ("Nom du fichier"), and the values are that.

    Names have to differ as those of clients do; a language for invoices may be the client's, a name for them may not.
    """
    sample, words = evidence.sample, header_words(evidence.column.header)
    unknown = len(words) > 1 and not evidence.meaning.fields and (not evidence.meaning.foreign or field in _MAY_REPEAT)
    meanings = [evidence.meaning.fields, *(fields_by_header().get(word, ()) for word in words if unknown)]
    may_mean_more = field == "legal_name" or field in _MAY_REPEAT
    called = any(field in fields for fields in meanings) if may_mean_more else (field,) in meanings
    differs = field != "legal_name" or sample.distinct >= _DIFFERENT * sample.filled
    return called and differs and sample.verdict(field) is ValueVerdict.AGREES


def _without_repeats(columns: Iterable[ColumnEvidence], country: str) -> list[ColumnEvidence]:
    """Return the columns without those that repeat one on their left."""
    different: list[ColumnEvidence] = []
    for evidence in columns:
        if not any(agreement(other, evidence, country) for other in different):
            different.append(evidence)
    return different


def missing_fields(taken: Collection[str], schema: PlatformSchema) -> list[str]:
    """Return the required fields, and those of which one is required, that the taken fields do not give."""
    given = derivable_from(taken)
    single = [column.field for column in schema.columns if column.required and column.field not in given]
    return [*single, *(field for group in schema.alternatives if given.isdisjoint(group) for field in group)]


def _varies(sample: ValueSample, field: str) -> bool:
    return field in _MAY_REPEAT or sample.distinct >= _MIN_DISTINCT or sample.filled == 1


def is_free(evidence: ColumnEvidence, field: str) -> bool:
    """Return whether no word of the header says that the data is another person's, or a second value."""
    meaning, words = evidence.meaning, header_words(evidence.column.header)
    if (meaning.ordinal or 1) > 1 or meaning.block == ELSEWHERE:
        return False
    roles = (*_CLIENT_ROLES, *_MORE_ROLES.get(field, ()))
    strangers = [word for word in words if context_words().roles.get(word, "noise") not in roles]
    elsewhere = any(block_words().labels.get(word) in _OTHER_ADDRESSES for word in words)
    billing = field != "contact_email" and all(block_words().labels.get(word) == "billing" for word in strangers)
    return not elsewhere and (not strangers or billing)
