"""The meaning of a header: the fields it may name, whose data it is, and how it was understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from clientimport.matching.abbreviation import fields_of_abbreviation
from clientimport.matching.address_part import STREETS, block_words
from clientimport.matching.context_words import context_words, fields_of_role
from clientimport.matching.header_variants import with_either_word, with_number_apart, without_brackets
from clientimport.matching.known_words import fields_by_words, headers_by_words
from clientimport.matching.similar_header import field_of_identifier, fields_of_beginning, fields_of_misspelling
from clientimport.model.client import NAME_FIELDS
from clientimport.schema.derivations.combined_header import names_vat_and_company_number
from clientimport.schema.header_key import fields_by_header, header_words, normalize_header

_HALVES = re.compile(r"\s*[/|;\n]\s*|\s+-\s+|\s*\(")
_PARTS = re.compile(r"\s*[+&/|;,\n]\s*|\s+-\s+|\s+(?:en|et|and|und)\s+", re.IGNORECASE)
_INSIDE_BRACKETS = re.compile(r"[(\[]([^)\]]*)")
_COMBINED_FIELDS = (
    ("city", frozenset({"postal_code", "city"})),
    ("address", frozenset({"street", "house_number"})),
    ("address", frozenset({"street", "house_number", "box"})),
    ("contact_name", frozenset({"contact_first_name", "contact_last_name"})),
)
"""Fields that combine several others: "9000 Gent", "Kerkstraat 5", "An Peeters"."""
_ROLE_ORDER = (
    *("other", "spouse", "responsible", "in_charge", "assignee"),
    *("private", "director", "contact", "business", "company", "client"),
)
"""The roles that words of a header may have; the first of them decides. Chosen, not measured."""
_PERSON_ROLES = frozenset({"director", "in_charge"})
"""Roles of persons who may be the contact; neighbouring columns decide."""
_NEUTRAL_ROLES = ("noise", "place")
"""Roles of words that do not say whose data it is."""
_LINE_WORDS = ("lijn", "regel", "ligne", "line", "zeile")
"""A numbered line of an address continues the line before: it is no second address."""
_CLIENT_FIELDS = frozenset({"vat_number", "company_number", "rcs_number", "iban", "bic"})
"""Fields that identify the client: the values themselves show whether they are right."""
_UNMISTAKABLE_FIELDS = frozenset(
    {"vat_number", "rcs_number", "national_register_number", "iban", "bic", "contact_email", "country"}
)
"""Fields that one word is enough for, among any other words."""
_VAGUE_FIELDS = frozenset({*STREETS, "house_number", "box", "client_code", "external_reference", "labels"})
"""Fields that nearly any value fits, so that values cannot outweigh a word against them."""
_ORDINAL = re.compile(r"\d{1,2}")
_SHORTEST_AFFIX = 4
"""Letters of a qualifier without a space beside it. Chosen, not measured."""


class MatchStrength(IntEnum):
    """How a header was understood, the weakest first."""

    NOT = 0
    SIMILAR = 1
    """Spelled nearly like a known header."""
    PART = 2
    """A known header with words around it that name whose data it is."""
    EXACT = 3


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """The meaning of one header. Without `fields` it is unknown, or `foreign`."""

    fields: tuple[str, ...] = ()
    strength: MatchStrength = MatchStrength.NOT
    role: str | None = None
    """Whose data: a role of _qualifiers.toml; None when the header does not say."""
    foreign: bool = False
    """Whether it is clearly no field of the client ("E-mail factuur"): its values are then ignored too."""
    doubtful: bool = False
    """Whether the words leave a doubt that matching values do not remove."""
    ordinal: int | None = None
    """The number in the header: "E-mail 2" is never used, "E-mail 1" is doubtful."""
    person: str | None = None
    """The word for the person: "gerant" in "Prénom du gérant"; columns with the same word belong together."""
    core: tuple[str, ...] = ()
    """The fields it would mean without that word: "Nom responsable" is still a name."""
    costly: bool = False
    """Whether it has a word that usually changes the meaning ("Legal country"): only matching values outweigh it."""
    block: str = ""
    """The address it belongs to, where the table has several (schemas/_blocks.toml)."""


@lru_cache(maxsize=4096)
def header_meaning(header: str) -> HeaderMeaning:
    """Return the meaning of `header` by itself.

    >>> header_meaning("Btw-nr.").fields
    ('vat_number',)
    >>> header_meaning("E-mail (contact)").fields
    ('contact_email',)
    >>> header_meaning("E-mail factuur").foreign
    True
    """
    exact = _exact_meaning(normalize_header(header))
    if exact or not normalize_header(header):
        return _with_person(exact, header) if exact else HeaderMeaning()
    return (
        _parse_vat_or_company_number(header)
        or _parse_halves(header)
        or _parse_compound(header)
        or _parse_qualified(header)
        or _parse_abbreviation(header)
        or _parse_without_brackets(header)
        or _parse_alternatives(header)
        or _parse_attached_number(header)
        or _parse_identifier(header)
        or _parse_similar(header)
    )


def _exact_meaning(header: str) -> HeaderMeaning | None:
    fields = fields_by_header().get(header, ())
    doubt = any((field, header) in context_words().doubtful for field in fields)
    return HeaderMeaning(fields, MatchStrength.EXACT, _contact_role(header), doubtful=doubt) if fields else None


def _with_person(exact: HeaderMeaning, header: str) -> HeaderMeaning:
    """Return the meaning with the person that its words name, if neighbouring columns decide who that is."""
    roles = _roles_by_word(header_words(header))
    role, person = _deciding_role(roles)
    if person is None or exact.role == "contact":
        return exact
    core = _exact_meaning("".join(word for word in header_words(header) if word not in roles))
    return replace(exact, role=role, person=person, core=(core or exact).fields)


def _roles_by_word(parts: Iterable[str]) -> dict[str, str]:
    return {word: role for word in parts if (role := context_words().roles.get(word))}


def _deciding_role(roles: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the role that decides, and its word where neighbouring columns decide who the person is."""
    words = {role: word for word, role in reversed(list(roles.items()))}
    role = next((role for role in _ROLE_ORDER if role in words), None)
    return role, words[role] if role in _PERSON_ROLES else None


def _contact_role(header: str) -> str | None:
    """Return "contact" for a header of the lexicon that names the contact ("E-mailadres contactpersoon")."""
    return "contact" if "contact" in header or "kontakt" in header else None


def _parse_vat_or_company_number(header: str) -> HeaderMeaning | None:
    """Understand "BTW / Ondernemingsnummer": a column of either number, which stays doubtful."""
    both = names_vat_and_company_number(header)
    return HeaderMeaning(("company_number", "vat_number"), MatchStrength.PART, doubtful=True) if both else None


def _parse_halves(header: str) -> HeaderMeaning | None:
    """Understand "Firstname / Voornaam"; halves that mean different things ("BTW/KBO") are doubtful."""
    halves = [half for half in map(normalize_header, _HALVES.split(header)) if half]
    meanings = [_exact_meaning(half) for half in halves]
    known = [meaning for meaning in meanings if meaning]
    if len(known) < 2 or len(known) < len(meanings) or _names_other_in_brackets(header):  # noqa: PLR2004 -- two halves
        return None
    common = set(known[0].fields).intersection(*(meaning.fields for meaning in known))
    if not common and any(_names_party(half) for half in _HALVES.split(header)):
        return None  # "E-mail (contact)" and "Contact principal - nom" are not two headers
    either = dict.fromkeys(field for meaning in known for field in meaning.fields)
    fields = tuple(field for field in known[0].fields if field in common) or tuple(either)
    doubt = not common or all(meaning.doubtful for meaning in known)
    return replace(known[0], fields=fields, strength=MatchStrength.PART, doubtful=doubt)


def _names_party(half: str) -> bool:
    """Return whether a half says only whose data it is."""
    roles = {context_words().roles.get(word) for word in header_words(half)}
    return normalize_header(half) in context_words().roles or (None not in roles and not roles <= {"noise"})


def _names_other_in_brackets(header: str) -> bool:
    """Return whether brackets hold a word for another place or purpose ("Rue (domicile)"): a role before a header."""
    inside = (context_words().roles.get(normalize_header(text)) for text in _INSIDE_BRACKETS.findall(header))
    return any(role in ("private", "business", "other") for role in inside)


def _parse_compound(header: str) -> HeaderMeaning | None:
    """Understand "Postnr. + gemeente": parts that one field combines."""
    meanings = [_exact_meaning(part) for part in map(normalize_header, _PARTS.split(header)) if part]
    parts = [set(meaning.fields) for meaning in meanings if meaning]
    if len(parts) < len(meanings):
        return None
    union = set[str]().union(*parts)
    whole = (
        field for field, halves in _COMBINED_FIELDS if halves <= union and all(halves & fields for fields in parts)
    )
    return next((HeaderMeaning((field,), MatchStrength.PART) for field in whole), None)


def _parse_qualified(header: str) -> HeaderMeaning | None:
    """Understand a known header among words that name whose data it is, or a number."""
    parts = header_words(header)
    ordinals = [word for word in parts[1:] if _ORDINAL.fullmatch(word)]
    parts = tuple(word for word in parts if word not in ordinals)
    if ordinals and int(ordinals[-1]) > 1 and "".join(parts).endswith(_LINE_WORDS):
        return None
    if len(parts) > 1 and len(parts[-1]) == 1 and parts[-1] in context_words().roles:
        return HeaderMeaning(foreign=True, role="other")  # an article stands before a word: in "Ort L" it is a mark
    roles = _roles_by_word(parts)
    whole = "".join(word for word in parts if roles.get(word) != "noise")
    # "adres" is the core of "Adres klant", but only names the kind of place in "Adres gemeente"
    cores = (
        "".join(word for word in parts if roles.get(word, "place") == "place"),
        "".join(word for word in parts if word not in roles),
    )
    readings = (_parse_known_with_role(parts, roles), *(_meaning_in_role(core, roles) for core in cores))
    meaning = _exact_meaning("".join(parts)) or _parse_with_other_noise(whole) or next(filter(None, readings), None)
    meaning = meaning or _parse_other_order(parts) or _parse_affix("".join(parts))
    if meaning is None:
        strangers = not {"other", "private"}.isdisjoint(roles.values())
        return HeaderMeaning(foreign=True, role="other") if strangers or (roles and not cores[1]) else None
    if "id" in parts and not set(NAME_FIELDS).isdisjoint(meaning.fields):
        return HeaderMeaning(foreign=True, role="other")  # an id that happens to look like a name stays an id
    ordinal = int(ordinals[-1]) if ordinals else None
    return replace(meaning, ordinal=ordinal, doubtful=meaning.doubtful or ordinal is not None)


def _parse_known_with_role(parts: Sequence[str], roles: Mapping[str, str]) -> HeaderMeaning | None:
    """Understand "Home Country/Region": a known header that itself has a word with a role, and one word more.

    Where two known headers can be read ("Client n° entreprise"), it means either, and the values decide.
    """
    meanings = list(_known_with_one_role(parts, roles))
    fields = [meaning.fields for meaning in meanings if meaning.fields]
    if len(fields) > 1 and set(fields[0]).isdisjoint(fields[1]):
        return replace(meanings[0], fields=(*fields[0], *fields[1]), doubtful=True)
    return next(iter(meanings), None)


def _known_with_one_role(parts: Sequence[str], roles: Mapping[str, str]) -> Iterator[HeaderMeaning]:
    """Yield what the header means without the words of one of its roles, where that is a known header."""
    present = [role for role in _ROLE_ORDER if role in roles.values()]
    for role in present if len(present) > 1 or "weak" in roles.values() else ():
        core = "".join(word for word in parts if roles.get(word) not in (role, "noise"))
        meaning = _meaning_in_role(core, {word: role for word in parts if roles.get(word) == role})
        if meaning and (meaning.fields or role in ("private", "business")):
            yield meaning


def _parse_with_other_noise(whole: str) -> HeaderMeaning | None:
    """Understand a header that has other articles and prepositions than the known one."""
    known = _exact_meaning(whole) or _exact_meaning(headers_by_words().get(whole, ""))
    return replace(known, strength=MatchStrength.PART) if known else None


def _parse_other_order(parts: Iterable[str]) -> HeaderMeaning | None:
    """Understand the words of a known header in another order ("Nummer BTW", "code_pays")."""
    fields = fields_by_words().get(tuple(sorted(word for word in parts if context_words().roles.get(word) != "noise")))
    return HeaderMeaning(fields, MatchStrength.PART, doubtful=len(fields) > 1) if fields else None


def _meaning_in_role(core: str, roles: Mapping[str, str]) -> HeaderMeaning | None:
    known = _parse_with_other_noise(core)
    if known is None:
        return None
    role, person = _deciding_role(roles)
    fields, costly = fields_of_role(known.fields, role), "weak" in roles.values()
    if costly:
        fields = tuple(field for field in fields if field not in _VAGUE_FIELDS)  # "Address 1 - Region", "Code région"
    if role == "other" and (outweighed := _billed_client_fields(known.fields, roles)):
        role, fields, costly = None, outweighed, True
    doubt = known.doubtful or costly or role == "director"  # the director need not be the contact
    meaning = HeaderMeaning(
        fields, MatchStrength.PART, role or known.role, not fields, doubtful=doubt, person=person, core=known.fields
    )
    return replace(meaning, costly=costly)


def _billed_client_fields(fields: Iterable[str], roles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields that a billing word ("Billing VAT number") makes only doubtful: those that identify the client.

    The address or person that invoices go to may belong to another company.
    """
    strangers = [word for word, role in roles.items() if role == "other"]
    billing = all(block_words().labels.get(word) == "billing" for word in strangers)
    return tuple(field for field in fields if billing and field in _CLIENT_FIELDS)


def _parse_affix(joined: str) -> HeaderMeaning | None:
    """Understand "Klantnaam" or "Kontaktvorname": a qualifier written in one word with a known header."""
    for word, role in context_words().roles.items():
        if len(word) >= _SHORTEST_AFFIX and role not in _NEUTRAL_ROLES:
            for core in {joined.removeprefix(word), joined.removesuffix(word)} - {joined}:
                if meaning := _meaning_in_role(core, {word: role}):
                    return meaning
    return None


def _parse_abbreviation(header: str) -> HeaderMeaning | None:
    fields = fields_of_abbreviation(header)
    return HeaderMeaning(fields, MatchStrength.PART) if fields else None


def _parse_without_brackets(header: str) -> HeaderMeaning | None:
    """Understand a header without its brackets; their content is unknown, so the meaning is doubtful."""
    outside = without_brackets(header)
    if outside == header.strip() or not normalize_header(outside):
        return None
    meaning = header_meaning(outside)
    if not meaning.fields:
        return None
    return replace(meaning, strength=min(meaning.strength, MatchStrength.PART), doubtful=True)


def _parse_alternatives(header: str) -> HeaderMeaning | None:
    """Understand two words for one thing within a header ("Organisatie - Stad/plaats van adres")."""
    meanings = [header_meaning(variant) for variant in with_either_word(header)]
    known = [meaning for meaning in meanings if meaning.fields]
    if not known or not all(set(known[0].fields) & set(meaning.fields) for meaning in known):
        return None
    return replace(known[0], strength=MatchStrength.PART, doubtful=True)


def _parse_attached_number(header: str) -> HeaderMeaning | None:
    """Understand "Telefon1" and "Telefon2" as "Telefon 1" and "Telefon 2"."""
    apart = with_number_apart(header)
    meaning = header_meaning(apart) if apart != header else HeaderMeaning()
    return meaning if meaning.fields and meaning.strength > MatchStrength.SIMILAR else None


def _parse_identifier(header: str) -> HeaderMeaning | None:
    """Understand a number that its own word names among unknown words ("EU-USt-IdNr."), if the values agree."""
    field = field_of_identifier(header)
    return HeaderMeaning((field,), MatchStrength.PART, doubtful=True, costly=True) if field else None


def _parse_similar(header: str) -> HeaderMeaning:
    """Understand the beginning of a known header, or a misspelled one: a proposal at best."""
    key = normalize_header(header)
    if fields := fields_of_beginning(key):
        return HeaderMeaning(fields, MatchStrength.SIMILAR, doubtful=True)
    fields = fields_of_misspelling(key)
    found = HeaderMeaning(fields, MatchStrength.SIMILAR, doubtful=True) if fields else HeaderMeaning()
    return _prefer_named_field(found, header)


def _prefer_named_field(meaning: HeaderMeaning, header: str) -> HeaderMeaning:
    """Return a meaning by spelling, or the field that a word of the header names instead ("VAT enterprise number")."""
    named = [fields_by_header()[word] for word in header_words(header) if len(fields_by_header().get(word, ())) == 1]
    others = {fields[0] for fields in named if fields[0] in _UNMISTAKABLE_FIELDS} - set(meaning.fields)
    if not meaning.fields or not others:
        return meaning
    return replace(meaning, fields=tuple(others)) if len(others) == 1 else HeaderMeaning()
