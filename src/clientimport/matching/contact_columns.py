"""Contact columns: columns named after the same person, who may be the client's contact ("Nom du gérant", ...)."""

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
_DOMAINS = 3
"""Domains of e-mail addresses, at least: the people of one office use one or two (chosen, not measured)."""
_CLIENTS = frozenset({"client", "company", "contact", "director", "business", None})
"""Roles whose names and addresses may be the contact's."""


def assign_contact_columns(
    columns: Iterable[ColumnEvidence], taken: Collection[str], schema: PlatformSchema
) -> list[ColumnEvidence]:
    """Return the columns with what their headers mean on this platform and beside each other.

    Private data is what a platform for persons asks for, and business data what one for companies does. The columns
    of a director are the contact's when they are complete and there is no other contact; those of a responsible too
    when each client has another one, for an office has few.
    """
    read = [_as_platform_asks(column, schema) for column in columns]
    family = next((members for members in _families(read) if _is_contact(members, read, taken, schema)), ())
    members = {column.index for column in family}
    return [
        replace(column, meaning=_as_contact(column.meaning)) if column.index in members else column for column in read
    ]


def _as_platform_asks(column: ColumnEvidence, schema: PlatformSchema) -> ColumnEvidence:
    asked = "private" if schema.column("legal_name") is None else "business"
    meaning = column.meaning
    core = tuple(field for field in meaning.core if field in ADDRESS or canonical_fields()[field].contact)
    wanted = any(contributes_to(field, schema.fields) for field in core)
    if meaning.role != asked or not wanted or meaning.doubtful or meaning.block:
        return column
    return replace(column, meaning=replace(meaning, fields=core, foreign=False))


def _families(columns: Iterable[ColumnEvidence]) -> Iterator[list[ColumnEvidence]]:
    """Yield the columns of each person in the headers, without those that cannot be a field of a contact."""
    families: dict[str, list[ColumnEvidence]] = {}
    for column in columns:
        if column.meaning.person and _as_contact(column.meaning).fields and column.sample.values:
            families.setdefault(column.meaning.person, []).append(column)
    yield from families.values()


def _as_contact(meaning: HeaderMeaning) -> HeaderMeaning:
    """Return the meaning as a field of the contact; a second of its kind stays doubtful."""
    core = ("contact_email",) if OFFICE.intersection(meaning.core) else meaning.core
    fields = fields_of_role(core, "contact")
    return replace(meaning, fields=fields, role="contact", foreign=False, doubtful=meaning.ordinal is not None)


def _is_contact(
    family: list[ColumnEvidence], columns: Iterable[ColumnEvidence], taken: Collection[str], schema: PlatformSchema
) -> bool:
    """Return whether these columns are complete, agree with their values and are the only ones of their kind."""
    members = {column.index for column in family}
    others = [column for column in columns if column.index not in members]
    names = [column for column in family if _agreeing_fields(column) & _NAMES]
    emails = [column for column in family if "contact_email" in _agreeing_fields(column)]
    alone = (
        len(emails) == 1
        and not _CONTACT.intersection(taken)
        and not any(_is_rival(column, others, schema) for column in others)
    )
    single = "contact_email" in schema.fields and not any(column.meaning.ordinal for column in family)
    return alone and single and _has_full_name(names) and _are_of_clients(emails[0])


def _has_full_name(names: list[ColumnEvidence]) -> bool:
    """Return whether these columns hold a first and a last name; in one column only if its word is a person."""
    if len(names) > 1:
        return any("contact_first_name" in _agreeing_fields(column) for column in names)
    whole = [
        column for column in names if column.meaning.role != "in_charge" and "contact_name" in _agreeing_fields(column)
    ]
    return any(column.sample.share(is_several_words) >= MOST_SHARE for column in whole)


def _agreeing_fields(column: ColumnEvidence) -> set[str]:
    fields = _as_contact(column.meaning).fields
    return {field for field in fields if column.sample.verdict(field) is ValueVerdict.AGREES}


def _are_of_clients(emails: ColumnEvidence) -> bool:
    """Return whether the addresses are the clients' own: an office has few people in charge, each client another."""
    sample = emails.sample
    if emails.meaning.role != "in_charge":
        return not sample.is_repetitive
    domains = {address.rpartition("@")[2].casefold() for address in sample.values}
    return sample.is_varied and sample.distinct == sample.filled and len(domains) >= _DOMAINS


def _is_rival(column: ColumnEvidence, others: Iterable[ColumnEvidence], schema: PlatformSchema) -> bool:
    """Return whether another column may hold the contact's name or e-mail address."""
    meaning = column.meaning
    if not column.sample.values or meaning.role not in _CLIENTS or OFFICE.intersection(meaning.fields):
        return False
    company = schema.column("legal_name") is not None and not any(
        other.header_names("legal_name") for other in others if other != column
    )
    named = _CONTACT.intersection(meaning.fields) and not ("legal_name" in meaning.fields and company)
    denied = all(
        column.sample.verdict(field) is ValueVerdict.REFUTES for field in _CONTACT.intersection(meaning.fields)
    )
    return bool(named and not denied) or (
        column.sample.share(is_email) >= MOST_SHARE and not column.sample.is_repetitive
    )
