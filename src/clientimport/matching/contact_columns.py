"""Families: columns named after the same person, who may be the one that is written to ("Nom du gérant", ...)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from clientimport.matching.address_part import ADDRESS
from clientimport.matching.candidate import ColumnEvidence
from clientimport.matching.context_words import fields_of_role
from clientimport.matching.header_meaning import HeaderMeaning
from clientimport.matching.office_emails import OFFICE
from clientimport.matching.value_patterns import is_email, is_several_words
from clientimport.matching.value_sample import MOST_SHARE, ValueVerdict
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.derivations.dependencies import contributes_to
from clientimport.schema.fields import canonical_fields

_NAMES = frozenset({"contact_first_name", "contact_last_name", "contact_name"})
_CONTACT = _NAMES | {"contact_email"}
_HOMES = 3
"""The people of an office have their addresses at one or two domains."""
_CLIENTS = frozenset({"client", "company", "contact", "director", "business", None})
"""Roles whose names and addresses may be those of the person who is written to."""


def assign_contact_columns(
    columns: Iterable[ColumnEvidence], taken: Collection[str], schema: PlatformSchema
) -> list[ColumnEvidence]:
    """Return the columns with what their headers mean on this platform and beside each other.

    Private data is what a platform for persons asks for, and business data what one for companies does. The columns
    of a director are the contact's when they are complete and there is no other contact; those of a responsible too
    when each client has another one, for an office has few.
    """
    read = [_asked(one, schema) for one in columns]
    family = next((members for members in _families(read) if _is_contact(members, read, taken, schema)), ())
    members = {one.index for one in family}
    return [replace(one, meaning=_contacts(one.meaning)) if one.index in members else one for one in read]


def _asked(one: ColumnEvidence, schema: PlatformSchema) -> ColumnEvidence:
    asked = "private" if schema.column("legal_name") is None else "business"
    meaning = one.meaning
    core = tuple(field for field in meaning.core if field in ADDRESS or canonical_fields()[field].contact)
    wanted = any(contributes_to(field, schema.fields) for field in core)
    if meaning.role != asked or not wanted or meaning.doubtful or meaning.block:
        return one
    return replace(one, meaning=replace(meaning, fields=core, foreign=False))


def _families(columns: Iterable[ColumnEvidence]) -> Iterator[list[ColumnEvidence]]:
    """Yield the columns of each person that is named, without those that can be nothing of a contact."""
    families: dict[str, list[ColumnEvidence]] = {}
    for one in columns:
        if one.meaning.person and _contacts(one.meaning).fields and one.sample.values:
            families.setdefault(one.meaning.person, []).append(one)
    yield from families.values()


def _contacts(meaning: HeaderMeaning) -> HeaderMeaning:
    """Return the meaning as one of the contact's; a second of its kind keeps its doubt."""
    core = ("contact_email",) if OFFICE.intersection(meaning.core) else meaning.core
    fields = fields_of_role(core, "contact")
    return replace(meaning, fields=fields, role="contact", foreign=False, doubtful=meaning.ordinal is not None)


def _is_contact(
    family: list[ColumnEvidence], columns: Iterable[ColumnEvidence], taken: Collection[str], schema: PlatformSchema
) -> bool:
    """Tell whether these columns are complete, agree with their values and are the only ones of their kind."""
    members = {one.index for one in family}
    others = [one for one in columns if one.index not in members]
    names = [one for one in family if _agreed(one) & _NAMES]
    emails = [one for one in family if "contact_email" in _agreed(one)]
    alone = (
        len(emails) == 1
        and not _CONTACT.intersection(taken)
        and not any(_is_rival(one, others, schema) for one in others)
    )
    single = "contact_email" in schema.fields and not any(one.meaning.ordinal for one in family)
    return alone and single and _is_named(names) and _is_clients(emails[0])


def _is_named(names: list[ColumnEvidence]) -> bool:
    """Tell whether these columns hold a first and a last name, together only where the word itself is a person's."""
    if len(names) > 1:
        return any("contact_first_name" in _agreed(one) for one in names)
    whole = [one for one in names if one.meaning.role != "in_charge" and "contact_name" in _agreed(one)]
    return any(one.sample.share(is_several_words) >= MOST_SHARE for one in whole)


def _agreed(one: ColumnEvidence) -> set[str]:
    fields = _contacts(one.meaning).fields
    return {field for field in fields if one.sample.verdict(field) is ValueVerdict.AGREES}


def _is_clients(emails: ColumnEvidence) -> bool:
    """Tell whether these addresses are the clients' own: an office has few responsible people, each client another."""
    sample = emails.sample
    if emails.meaning.role != "in_charge":
        return not sample.is_repetitive
    homes = {address.rpartition("@")[2].casefold() for address in sample.values}
    return sample.is_varied and sample.distinct == sample.filled and len(homes) >= _HOMES


def _is_rival(one: ColumnEvidence, others: Iterable[ColumnEvidence], schema: PlatformSchema) -> bool:
    """Tell whether another column may name or reach the person who is written to."""
    meaning = one.meaning
    if not one.sample.values or meaning.role not in _CLIENTS or OFFICE.intersection(meaning.fields):
        return False
    company = schema.column("legal_name") is not None and not any(
        o.header_names("legal_name") for o in others if o != one
    )
    named = _CONTACT.intersection(meaning.fields) and not ("legal_name" in meaning.fields and company)
    denied = all(one.sample.verdict(field) is ValueVerdict.REFUTES for field in _CONTACT.intersection(meaning.fields))
    return bool(named and not denied) or (one.sample.share(is_email) >= MOST_SHARE and not one.sample.is_repetitive)
