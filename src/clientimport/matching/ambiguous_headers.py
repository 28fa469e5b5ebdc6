"""Ambiguous headers: "Naam", "Straat" and "Nummer" are decided by their values and the columns beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clientimport.matching.candidate import Candidate, ColumnEvidence, make_candidate
from clientimport.matching.client_codes import CODES
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.context_words import NAMES
from clientimport.matching.value_patterns import (
    has_eleven_digits,
    has_first_name,
    has_house_number,
    has_legal_form,
    is_locale,
    is_mobile,
    is_prefixed_vat,
    is_several_words,
)
from clientimport.matching.value_sample import FEW_SHARE, MOST_SHARE, ValueVerdict
from clientimport.model.platform_schema import PlatformSchema

_ROWS = 100
"""Rows in which a number is looked for beside its street (chosen, not measured)."""
_HALF = 0.5
"""Share of the values that makes the more probable meaning certain (chosen, not measured)."""
_FEW = 4
"""So few different names in many rows are the office's people, or insurers (chosen, not measured)."""
_SHARED = ("contact_first_name", "contact_last_name")
_STREETS = ("street", "address")
_LANGUAGES = {"language", "contact_language", "contact_locale"}
_OPEN = 10
"""Points that an undecided homonym loses against a header with one meaning (chosen, not measured)."""
FIRST_NAMES = 0.3
"""Share of known first names among persons' names, at least: the list has the commonest (chosen, not measured)."""
_TRACE = 0.05
"""Share of legal forms among persons' names up to which they are slips of the pen (chosen, not measured)."""


@dataclass(frozen=True, slots=True)
class MatchContext:
    """All columns of a table, the fields that others have taken already, and what the platform takes."""

    columns: tuple[ColumnEvidence, ...]
    matched_fields: frozenset[str]
    schema: PlatformSchema

    def others(self, observed: ColumnEvidence) -> Iterator[ColumnEvidence]:
        """Yield the other columns."""
        return (column for column in self.columns if column.index != observed.index)

    def has_field_beside(self, field: str, beside: ColumnEvidence) -> bool:
        """Return whether another column names `field` and no other, and does not repeat a few values.

        First and last names may repeat.
        """
        others = (other for other in self.others(beside) if other.header_names(field))
        return field in self.matched_fields or any(
            field in _SHARED or not other.sample.has_few(_FEW) for other in others
        )

    def accepts(self, field: str) -> bool:
        """Return whether the platform's file has this field."""
        return field in self.schema.fields


def decide_by_context(observed: ColumnEvidence, around: MatchContext) -> Iterator[Candidate]:
    """Yield the candidates of a column whose header has several meanings, by its values and the columns beside it."""
    fields = set(observed.meaning.fields)
    if fields.intersection(NAMES):
        yield from _name(observed, around)
    elif fields.issubset(_STREETS):
        yield _street(observed, around)
    elif fields == {"house_number", "client_code"}:
        yield from _number(observed, around)
    elif "contact_locale" in fields and fields < _LANGUAGES:
        locale = observed.sample.share(is_locale) >= MOST_SHARE and around.accepts("contact_locale")
        yield make_candidate(observed, "contact_locale" if locale else (fields - {"contact_locale"}).pop())
    elif fields == {"client_code", "external_reference"}:
        yield from _reference(observed, around)
    elif fields == {"vat_number", "company_number"}:
        yield _vat_or_company_number(observed, around)
    elif fields == {"contact_phone", "contact_mobile"}:
        wanted = around.accepts("contact_mobile") and observed.sample.share(is_mobile) >= MOST_SHARE
        yield make_candidate(observed, "contact_mobile" if wanted else "contact_phone").with_doubt(_homonym(), by=_OPEN)
    else:
        yield from _by_values(observed)


def _homonym() -> MatchReason:
    return MatchReason("homonym")


def _beside(field: str) -> MatchReason:
    return MatchReason("beside", {"field": field})


def _next_to(field: str) -> MatchReason:
    return MatchReason("next_to", {"field": field})


def _name(observed: ColumnEvidence, around: MatchContext) -> Iterator[Candidate]:
    """Decide "Naam": the client's, the contact's, or the contact's last name."""
    if "client_code" in observed.meaning.fields and observed.sample.verdict("client_code") is not ValueVerdict.REFUTES:
        numbered = observed.sample.share(_has_digit) >= MOST_SHARE
        if observed.sample.verdict("legal_name") is not ValueVerdict.REFUTES and not numbered:
            return  # "Klant" over single words: a code or a name
        yield make_candidate(observed, "client_code").with_doubt(_homonym(), by=_OPEN)
        return
    if set(observed.meaning.fields) <= {"contact_name", "contact_last_name"}:
        yield _contact_name(observed, around)
    elif around.has_field_beside("legal_name", observed):
        yield from _name_beside_company(observed, around)
    elif around.has_field_beside("contact_first_name", observed) and not around.has_field_beside(
        "contact_last_name", observed
    ):
        yield _name_beside_first_name(observed, around)
    else:
        yield from _name_alone(observed, around)


def _repeats_number(observed: ColumnEvidence, street: ColumnEvidence) -> bool:
    """Return whether the numbers stand in the streets of their rows too."""
    cells = zip(observed.column.values[:_ROWS].to_pylist(), street.column.values[:_ROWS].to_pylist(), strict=True)
    both = [str(number).strip() in re.split(r"\W+", str(text)) for number, text in cells if number and text]
    return bool(both) and sum(both) >= MOST_SHARE * len(both)


def _is_short_number(text: str) -> bool:
    return text.isdigit() and len(text) < 3  # noqa: PLR2004 -- chosen: as most houses and boxes have


def _has_digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _contact_name(observed: ColumnEvidence, around: MatchContext) -> Candidate:
    if around.has_field_beside("contact_first_name", observed):
        candidate = make_candidate(observed, "contact_last_name").with_reason(_beside("contact_first_name"))
        return (
            candidate
            if observed.sample.share(is_several_words) < MOST_SHARE
            else candidate.with_doubt(_homonym(), by=_OPEN)
        )
    candidate = make_candidate(observed, "contact_name")
    several = observed.sample.share(is_several_words) >= _HALF or not observed.sample.values
    return candidate if several else candidate.with_doubt(_homonym(), by=_OPEN)


def _name_beside_company(observed: ColumnEvidence, around: MatchContext) -> Iterator[Candidate]:
    first, last = (around.has_field_beside(field, observed) for field in ("contact_first_name", "contact_last_name"))
    if first and not last:
        candidate = make_candidate(observed, "contact_last_name").with_reason(_beside("contact_first_name"))
        yield candidate if _are_last_names(observed) else candidate.with_doubt(_homonym(), by=_OPEN)
    elif not first and not last and not around.has_field_beside("contact_name", observed):
        yield make_candidate(observed, "contact_name").with_doubt(_homonym(), by=_OPEN)


def _name_beside_first_name(observed: ColumnEvidence, around: MatchContext) -> Candidate:
    """Decide "Naam" beside "Voornaam": programs that keep companies and persons in one list write both into it."""
    legal = observed.sample.share(has_legal_form)
    silent = observed.sample.verdict("legal_name") is ValueVerdict.SILENT
    if around.accepts("legal_name") and (legal > FEW_SHARE or silent):
        candidate = make_candidate(observed, "legal_name")
        if legal <= FEW_SHARE:
            return candidate.with_doubt(_homonym(), by=_OPEN)
        candidate = candidate.with_reason(MatchReason("legal_forms"))
        persons = any(
            other.header_names("contact_first_name") and other.sample.values for other in around.others(observed)
        )
        return candidate if legal >= MOST_SHARE or not persons else candidate.with_doubt(_homonym(), by=_OPEN)
    if around.accepts("legal_name") and _is_clients_only_name(observed, around):
        return make_candidate(observed, "legal_name").with_doubt(_homonym(), by=_OPEN)
    candidate = make_candidate(observed, "contact_last_name").with_reason(_beside("contact_first_name"))
    return candidate if _are_last_names(observed) else candidate.with_doubt(_homonym(), by=_OPEN)


def _is_clients_only_name(observed: ColumnEvidence, around: MatchContext) -> bool:
    """Return whether another column has the contact's whole name, and none other may name the client."""
    others = tuple(around.others(observed))
    return around.has_field_beside("contact_name", observed) and not any(o.may_hold("legal_name") for o in others)


def _are_last_names(observed: ColumnEvidence) -> bool:
    """Return whether names beside first names are persons' for certain: no legal forms, and mostly one word."""
    sample = observed.sample
    return sample.share(has_legal_form) <= _TRACE and sample.share(is_several_words) <= _HALF


def _name_alone(observed: ColumnEvidence, around: MatchContext) -> Iterator[Candidate]:
    names = (field for field in ("contact_name", "contact_last_name") if around.has_field_beside(field, observed))
    person = next(names, None)
    if around.accepts("legal_name"):
        if any(other.header_names("legal_name") for other in around.others(observed)):
            person = None
        candidate = make_candidate(observed, "legal_name")
        if observed.sample.share(has_legal_form) > FEW_SHARE:
            yield candidate.with_reason(MatchReason("legal_forms"))
        else:
            yield candidate.with_reason(_beside(person)) if person else candidate.with_doubt(_homonym(), by=_OPEN)
    elif not person and observed.sample.share(is_several_words) >= _HALF and _are_persons(observed):
        yield make_candidate(observed, "contact_name").with_doubt(_homonym(), by=_OPEN)


def _are_persons(observed: ColumnEvidence) -> bool:
    """Return whether a fair share of the names holds a first name that everybody knows; firms seldom do."""
    return observed.sample.share(has_first_name) >= FIRST_NAMES


def _street(observed: ColumnEvidence, around: MatchContext) -> Candidate:
    """Decide "Straat" and "Adres": with or without the house number."""
    numbered = observed.sample.share(has_house_number)
    apart = (
        any(other.may_hold("house_number") for other in around.others(observed))
        or "house_number" in around.matched_fields
    )
    if observed.sample.verdict("address") is ValueVerdict.SILENT:
        return make_candidate(observed, "street" if apart else "address").with_doubt(_homonym(), by=_OPEN)
    if numbered <= FEW_SHARE:
        candidate = make_candidate(observed, "street")
        return candidate.with_reason(_beside("house_number")) if apart else candidate.with_doubt(_homonym(), by=_OPEN)
    candidate = make_candidate(observed, "address").with_reason(MatchReason("house_numbers"))
    return candidate if numbered >= _HALF else candidate.with_doubt(_homonym(), by=_OPEN)


def _vat_or_company_number(observed: ColumnEvidence, around: MatchContext) -> Candidate:
    """Decide a header for either number of a firm by most of its cells; each cell shows which number it holds."""
    elsewhere = around.has_field_beside("company_number", observed) or not around.accepts("company_number")
    vat = observed.sample.share(is_prefixed_vat) >= MOST_SHARE or (elsewhere and around.accepts("vat_number"))
    return make_candidate(observed, "vat_number" if vat else "company_number").with_doubt(_homonym(), by=_OPEN)


def _number(observed: ColumnEvidence, around: MatchContext) -> Iterator[Candidate]:
    """Decide "Nummer": of the house beside a street without numbers in all or some rows, else of the client.

    A short number behind a street that has its own is neither for certain: the same again, a box, a code.
    """
    if observed.sample.verdict("house_number") is not ValueVerdict.REFUTES:
        streets = [other for other in around.others(observed) if any(other.may_hold(field) for field in _STREETS)]
        numbered = [(other.index, other.sample.share(has_house_number)) for other in streets]
        candidate = make_candidate(observed, "house_number")
        behind = [share for index, share in numbered if index == observed.index - 1]
        if any(share <= FEW_SHARE for _, share in numbered):
            yield candidate.with_reason(_beside("street"))
            return
        if any(share < MOST_SHARE for share in behind):
            yield candidate.with_reason(_next_to("street")).with_doubt(_homonym(), by=_OPEN)
            return
        if not numbered and (part := _address_part_behind(observed, around)):
            yield candidate.with_reason(_next_to(part)).with_doubt(_homonym(), by=_OPEN)
            return
        if behind and observed.sample.share(_is_short_number) > FEW_SHARE:
            return
        if any(_repeats_number(observed, street) for street in streets):
            return
    if observed.sample.verdict("company_number") is ValueVerdict.AGREES and not around.has_field_beside(
        "company_number", observed
    ):
        yield make_candidate(observed, "company_number").with_doubt(_homonym(), by=_OPEN)
        return
    yield make_candidate(observed, "client_code").with_doubt(_homonym(), by=_OPEN)


def _address_part_behind(observed: ColumnEvidence, around: MatchContext) -> str | None:
    """Return the part of an address that the column behind may be: the box, the postal code or the city."""
    behind = [column for column in around.columns if column.index == observed.index + 1]
    parts = ("box", "postal_code", "city")
    return next((field for field in parts if any(column.may_hold(field) for column in behind)), None)


def _reference(observed: ColumnEvidence, around: MatchContext) -> Iterator[Candidate]:
    """Decide "Referentie": the one of the two codes that is asked for, unless the cells hold remarks too."""
    if observed.sample.verdict("client_code") is ValueVerdict.BETWEEN:
        return
    code = around.has_field_beside("client_code", observed) or (
        around.accepts("external_reference") and not around.accepts("client_code")
    )
    yield make_candidate(observed, "external_reference" if code else "client_code").with_doubt(_homonym(), by=_OPEN)


def _by_values(observed: ColumnEvidence) -> Iterator[Candidate]:
    """Yield the candidates of a homonym for the fields that the values support, else for those they do not refute."""
    verdicts = {field: _verdict(observed, field) for field in observed.meaning.fields}
    agreeing = [field for field, verdict in verdicts.items() if verdict is ValueVerdict.AGREES]
    open_fields = [field for field, verdict in verdicts.items() if verdict is not ValueVerdict.REFUTES]
    telling = ([field for field in fields if field not in CODES] for fields in (agreeing, open_fields))
    possible = next(filter(None, telling), agreeing or open_fields)
    alone = len(agreeing) == 1 and all(v is ValueVerdict.REFUTES for f, v in verdicts.items() if f not in agreeing)
    for field in possible:
        candidate = make_candidate(observed, field)
        yield candidate if alone and field not in CODES else candidate.with_doubt(_homonym(), by=_OPEN)


def _verdict(observed: ColumnEvidence, field: str) -> ValueVerdict:
    """Return the verdict of the values; ten digits are no national number, though its type could make them one."""
    eleven = observed.sample.share(has_eleven_digits) >= MOST_SHARE
    if field == "national_register_number" and observed.sample.values and not eleven:
        return ValueVerdict.REFUTES
    return observed.sample.verdict(field)
