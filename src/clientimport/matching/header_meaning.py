"""What a header says: the fields it may mean, whose data it is, and how it was understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache, lru_cache

from clientimport.matching.abbreviation import fields_of_abbreviation
from clientimport.matching.address_part import STREETS, block_words
from clientimport.matching.context_words import context_words, fields_of_role
from clientimport.schema.derivations.combined_header import names_vat_and_company_number
from clientimport.schema.fields import canonical_fields
from clientimport.schema.header_key import fields_by_header, header_words, known_header_words, normalize_header

_HALVES = re.compile(r"\s*[/|;\n]\s*|\s+-\s+|\s*\(")
_PARTS = re.compile(r"\s*[+&/|;,\n]\s*|\s+-\s+|\s+(?:en|et|and|und)\s+", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_TOGETHER = (
    ("city", frozenset({"postal_code", "city"})),
    ("address", frozenset({"street", "house_number"})),
    ("address", frozenset({"street", "house_number", "box"})),
    ("contact_name", frozenset({"contact_first_name", "contact_last_name"})),
)
"""Fields that hold what others hold apart: "9000 Gent", "Kerkstraat 5", "An Peeters"."""
_STRONGEST = (
    *("other", "spouse", "responsible", "in_charge", "assignee"),
    *("private", "director", "contact", "business", "company", "client"),
)
_PERSONS = frozenset({"director", "in_charge"})
"""Roles of which neighbours tell whether they are the person who is written to."""
_SAYS_NOT_WHOSE = ("noise", "place")
_LINES = ("lijn", "regel", "ligne", "line", "zeile")
"""A numbered line of an address continues the one before: it is no second address."""
_OF_THE_CLIENT = frozenset({"vat_number", "company_number", "rcs_number", "iban", "bic"})
"""Fields of which the values say by themselves that they are."""
_TELLING = frozenset(
    {"vat_number", "rcs_number", "national_register_number", "iban", "bic", "contact_email", "country"}
)
"""Fields of which one word says enough, whatever stands around it."""
_VAGUE = frozenset({*STREETS, "house_number", "box", "client_code", "external_reference", "labels"})
"""Fields that nearly any value fits, so that none can outweigh a word that speaks against them."""
_ORDINAL = re.compile(r"\d{1,2}")
_SHORTEST_AFFIX = 4
_SHORTEST_SIMILAR = 6
_SHORTEST_CUT = 5
_SIMILAR = 90.0


class MatchStrength(IntEnum):
    """How a header was understood, the weakest first."""

    NOT = 0
    SIMILAR = 1
    """Spelled nearly like a known header."""
    PART = 2
    """A known header with words around it that say whose it is."""
    EXACT = 3


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """What one header says. Without `fields` it is unknown, or `foreign`."""

    fields: tuple[str, ...] = ()
    strength: MatchStrength = MatchStrength.NOT
    role: str | None = None
    """Whose data: a role of _qualifiers.toml; None when the header does not say."""
    foreign: bool = False
    """Whether it is plainly something else ("E-mail factuur"): its values are then not looked at either."""
    doubtful: bool = False
    """Whether the words leave a doubt that fitting values do not remove."""
    ordinal: int | None = None
    """The number behind it: "E-mail 2" is a sibling and never taken, "E-mail 1" leaves a doubt."""
    person: str | None = None
    """The word that says whose it is: "gerant" in "Prénom du gérant"; columns with the same one are a family."""
    core: tuple[str, ...] = ()
    """What it would mean without that word: "Nom responsable" is still a name."""
    costly: bool = False
    """Whether a word in it makes something else of most things ("Legal country"): only fitting values outweigh it."""
    block: str = ""
    """The address it belongs to, where several are told apart (schemas/_blocks.toml)."""


@lru_cache(maxsize=4096)
def header_meaning(header: str) -> HeaderMeaning:
    """Return what `header` says by itself.

    >>> header_meaning("Btw-nr.").fields
    ('vat_number',)
    >>> header_meaning("E-mail (contact)").fields
    ('contact_email',)
    >>> header_meaning("E-mail factuur").foreign
    True
    """
    exact = _exact(normalize_header(header))
    if exact or not normalize_header(header):
        return _of_person(exact, header) if exact else HeaderMeaning()
    found = _combined(header) or _halves(header) or _compound(header) or _qualified(header)
    found = found or _abbreviated(header) or _unbracketed(header) or _cut_short(normalize_header(header))
    return found or _unless_named(_similar(normalize_header(header)), header)


def _exact(header: str) -> HeaderMeaning | None:
    fields = fields_by_header().get(header, ())
    doubt = any((field, header) in context_words().doubtful for field in fields)
    return HeaderMeaning(fields, MatchStrength.EXACT, _role_said(header), doubtful=doubt) if fields else None


def _of_person(exact: HeaderMeaning, header: str) -> HeaderMeaning:
    """Return the meaning with the person that its words name, if neighbours are to tell who that is."""
    roles = _roles(header_words(header))
    role, person = _strongest(roles)
    if person is None or exact.role == "contact":
        return exact
    rest = _exact("".join(word for word in header_words(header) if word not in roles))
    return replace(exact, role=role, person=person, core=(rest or exact).fields)


def _roles(parts: Iterable[str]) -> dict[str, str]:
    return {word: role for word in parts if (role := context_words().roles.get(word))}


def _strongest(roles: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return the role that decides, and the word that says it where neighbours tell who that is."""
    said = {role: word for word, role in reversed(list(roles.items()))}
    role = next((role for role in _STRONGEST if role in said), None)
    return role, said[role] if role in _PERSONS else None


def _role_said(header: str) -> str | None:
    """Return "contact" for a header of the lexicon that names the contact ("E-mailadres contactpersoon")."""
    return "contact" if "contact" in header or "kontakt" in header else None


def _combined(header: str) -> HeaderMeaning | None:
    """Understand "BTW / Ondernemingsnummer": a column of either number, so that a doubt stays which of them it is."""
    both = names_vat_and_company_number(header)
    return HeaderMeaning(("company_number", "vat_number"), MatchStrength.PART, doubtful=True) if both else None


def _halves(header: str) -> HeaderMeaning | None:
    """Understand "Firstname / Voornaam"; halves that mean different things ("BTW/KBO") leave a doubt."""
    halves = [half for half in map(normalize_header, _HALVES.split(header)) if half]
    meanings = [_exact(half) for half in halves]
    known = [one for one in meanings if one]
    if len(known) < 2 or len(known) < len(meanings):  # noqa: PLR2004 -- two halves
        return None
    common = set(known[0].fields).intersection(*(one.fields for one in known))
    if not common and any(half in context_words().roles for half in halves):
        return None  # "E-mail (contact)" is not two headers
    fields = tuple(f for f in known[0].fields if f in common) or tuple(dict.fromkeys(_all_fields(known)))
    return replace(
        known[0], fields=fields, strength=MatchStrength.PART, doubtful=not common or all(o.doubtful for o in known)
    )


def _all_fields(meanings: Iterable[HeaderMeaning]) -> list[str]:
    return [field for one in meanings for field in one.fields]


def _compound(header: str) -> HeaderMeaning | None:
    """Understand "Postnr. + gemeente": parts that one field holds together."""
    known = [_exact(part) for part in map(normalize_header, _PARTS.split(header)) if part]
    meant = [set(one.fields) for one in known if one]
    if len(meant) < len(known):
        return None
    union = set[str]().union(*meant)
    whole = (one for one, parts in _TOGETHER if parts <= union and all(parts & fields for fields in meant))
    return next((HeaderMeaning((field,), MatchStrength.PART) for field in whole), None)


def _qualified(header: str) -> HeaderMeaning | None:
    """Understand a known header among words that say whose it is, or a number."""
    parts = header_words(header)
    ordinals = [word for word in parts[1:] if _ORDINAL.fullmatch(word)]
    parts = tuple(word for word in parts if word not in ordinals)
    if ordinals and int(ordinals[-1]) > 1 and "".join(parts).endswith(_LINES):
        return None
    if len(parts) > 1 and len(parts[-1]) == 1 and parts[-1] in context_words().roles:
        return HeaderMeaning(foreign=True, role="other")  # an article stands before a word: in "Ort L" it is a mark
    roles = _roles(parts)
    whole = "".join(word for word in parts if roles.get(word) != "noise")
    # "adres" is the core of "Adres klant", and says nothing in "Adres gemeente"
    cores = ("".join(w for w in parts if roles.get(w, "place") == "place"), "".join(w for w in parts if w not in roles))
    readings = (*_less_one_role(parts, roles), *(_role_of(core, roles) for core in cores))
    found = _exact("".join(parts)) or _without(whole) or next(filter(None, readings), None)
    found = found or _reordered(parts) or _affixed("".join(parts))
    if found is None:
        strangers = not {"other", "private"}.isdisjoint(roles.values())
        return HeaderMeaning(foreign=True, role="other") if strangers or (roles and not cores[1]) else None
    ordinal = int(ordinals[-1]) if ordinals else None
    return replace(found, ordinal=ordinal, doubtful=found.doubtful or ordinal is not None)


def _less_one_role(parts: Iterable[str], roles: Mapping[str, str]) -> Iterator[HeaderMeaning]:
    """Understand "Home Country/Region": a known header that holds a word of some role itself, and one word more."""
    said = [role for role in _STRONGEST if role in roles.values()]
    for role in said if len(said) > 1 or "weak" in roles.values() else ():
        kept = "".join(word for word in parts if roles.get(word) not in (role, "noise"))
        found = _role_of(kept, {word: role for word in parts if roles.get(word) == role})
        if found and (found.fields or role in ("private", "business")):
            yield found


def _without(whole: str) -> HeaderMeaning | None:
    """Understand a header that was written with other little words than the known one."""
    known = _exact(whole) or _exact(_without_noise().get(whole, ""))
    return replace(known, strength=MatchStrength.PART) if known else None


def _reordered(parts: Iterable[str]) -> HeaderMeaning | None:
    """Understand the words of a known header in another order ("Nummer BTW", "code_pays")."""
    fields = _by_words().get(tuple(sorted(word for word in parts if context_words().roles.get(word) != "noise")))
    return HeaderMeaning(fields, MatchStrength.PART, doubtful=len(fields) > 1) if fields else None


def _role_of(core: str, roles: Mapping[str, str]) -> HeaderMeaning | None:
    known = _without(core)
    if known is None:
        return None
    role, person = _strongest(roles)
    fields, costly = fields_of_role(known.fields, role), "weak" in roles.values()
    if costly:
        fields = tuple(field for field in fields if field not in _VAGUE)  # "Address 1 - Region", "Code région"
    if role == "other" and (outweighed := _outweighed(known.fields, roles)):
        role, fields, costly = None, outweighed, True
    doubt = known.doubtful or costly or role == "director"  # who runs the company need not be who is written to
    said = HeaderMeaning(
        fields, MatchStrength.PART, role or known.role, not fields, doubtful=doubt, person=person, core=known.fields
    )
    return replace(said, costly=costly)


def _outweighed(fields: Iterable[str], roles: Mapping[str, str]) -> tuple[str, ...]:
    """Return the fields that an invoice's word ("Billing VAT number") makes doubtful, and no more: those of one client.

    An address or a person that invoices go to may be another one.
    """
    strangers = [word for word, role in roles.items() if role == "other"]
    billing = all(block_words().labels.get(word) == "billing" for word in strangers)
    return tuple(field for field in fields if billing and field in _OF_THE_CLIENT)


def _affixed(joined: str) -> HeaderMeaning | None:
    """Understand "Klantnaam" or "Kontaktvorname": a qualifier grown together with a known header."""
    for word, role in context_words().roles.items():
        if len(word) >= _SHORTEST_AFFIX and role not in _SAYS_NOT_WHOSE:
            for rest in {joined.removeprefix(word), joined.removesuffix(word)} - {joined}:
                if found := _role_of(rest, {word: role}):
                    return found
    return None


@cache
def _by_words() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Return the fields of the known headers of several words by these words in alphabetical order."""
    roles, found = context_words().roles, dict[tuple[str, ...], tuple[str, ...]]()
    for header in (
        header for field in canonical_fields().values() for known in field.headers.values() for header in known
    ):
        said = tuple(sorted(word for word in header_words(header) if roles.get(word) != "noise"))
        if len(said) > 1:
            found[said] = tuple(dict.fromkeys((*found.get(said, ()), *fields_by_header()[normalize_header(header)])))
    return found


@cache
def _without_noise() -> Mapping[str, str]:
    """Return the headers of the lexicon by their key without articles and prepositions."""
    roles, keys = context_words().roles, dict[str, str]()
    for header in (
        header for field in canonical_fields().values() for known in field.headers.values() for header in known
    ):
        # in a known header "no" is a number ("Account no"), not an answer
        short = "".join(word for word in header_words(header) if roles.get(word) != "noise" or word == "no")
        keys.setdefault(short, normalize_header(header))
    return keys


def _abbreviated(header: str) -> HeaderMeaning | None:
    fields = fields_of_abbreviation(header)
    return HeaderMeaning(fields, MatchStrength.PART) if fields else None


def _unbracketed(header: str) -> HeaderMeaning | None:
    """Understand a header without its brackets; nobody knows what is said inside them, so a doubt stays."""
    outside = _BRACKETS.sub(" ", header).strip()
    if outside == header.strip() or not normalize_header(outside):
        return None
    found = header_meaning(outside)
    return replace(found, strength=min(found.strength, MatchStrength.PART), doubtful=True) if found.fields else None


def _cut_short(header: str) -> HeaderMeaning | None:
    """Understand the beginning of a word ("Woonpl"), where all known headers that begin so mean the same."""
    if len(header) < _SHORTEST_CUT or header in known_header_words():
        return None
    meant = {
        fields_by_header()[known]
        for known in known_header_words() & fields_by_header().keys()
        if known.startswith(header)
    }
    return HeaderMeaning(meant.pop(), MatchStrength.SIMILAR, doubtful=True) if len(meant) == 1 else None


def _similar(header: str) -> HeaderMeaning:
    """Understand a misspelled header; a proposal at best, and none when two meanings are equally near."""
    from rapidfuzz import fuzz, process

    if len(header) < _SHORTEST_SIMILAR:
        return HeaderMeaning()
    digits = [c for c in header if c.isdigit()]
    near = process.extract(header, fields_by_header().keys(), scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=5)
    near = [one for one in near if [c for c in one[0] if c.isdigit()] == digits]  # "Adresregel 2" is not "Adresregel 1"
    best = {fields_by_header()[known] for known, score, _ in near if score == near[0][1]}
    return HeaderMeaning(best.pop(), MatchStrength.SIMILAR, doubtful=True) if len(best) == 1 else HeaderMeaning()


def _unless_named(found: HeaderMeaning, header: str) -> HeaderMeaning:
    """Return a meaning by spelling, unless a word of the header names another field ("VAT enterprise number")."""
    named = [fields_by_header()[word] for word in header_words(header) if len(fields_by_header().get(word, ())) == 1]
    others = {fields[0] for fields in named if fields[0] in _TELLING} - set(found.fields)
    if not found.fields or not others:
        return found
    return replace(found, fields=tuple(others)) if len(others) == 1 else HeaderMeaning()
