"""The person of a block: names, e-mail address and phones under the same word as the client's address."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from clientimport.matching.address_part import header_pieces
from clientimport.matching.candidate import ColumnEvidence
from clientimport.matching.context_words import context_words
from clientimport.matching.header_meaning import HeaderMeaning, MatchStrength, header_meaning
from clientimport.matching.value_sample import ValueVerdict

_NAMES = frozenset({"contact_first_name", "contact_last_name", "contact_name"})
_PERSONS = _NAMES | {"contact_email", "contact_phone", "contact_mobile", "contact_language"}


def read_block_contact(
    columns: Sequence[ColumnEvidence], residue: Collection[str], *, asked: bool
) -> list[ColumnEvidence]:
    """Return the columns, those of a person under the words `residue` read without these.

    The person is who is written to when the word is the client's own (`asked`: no other address is there), or when the
    block names somebody ("Prénom (facturation)") and no column without the word does. All of it is a proposal.
    """
    read = {one.index: found for one in columns if (found := _without(one, residue)).fields}
    names = any(_NAMES.intersection(found.fields) for found in read.values())
    if not (asked or names):
        return list(columns)
    free = [one for one in columns if one.index not in read and not one.meaning.foreign]
    told = {field for one in free for field in one.meaning.fields if field in _PERSONS and one.may_hold(field)}
    told = told | _NAMES if _names_person(free) else told - _NAMES
    return [
        replace(one, meaning=said)
        if (said := read.get(one.index)) and told.isdisjoint(_PERSONS.intersection(said.fields))
        else one
        for one in columns
    ]


def _without(one: ColumnEvidence, residue: Collection[str]) -> HeaderMeaning:
    """Return what the header says of a person, or of the client's name, without the block's word; else nothing."""
    said = header_pieces(one.column.header)
    rest = [word for word in said if word not in residue]
    if len(rest) < len(said):
        rest = [word for word in rest if context_words().roles.get(word) != "place"]
    if len(rest) == len(said) or not rest or one.meaning.block or not one.sample.values:
        return HeaderMeaning()
    found = header_meaning(" ".join(rest))
    wanted = [field for field in found.fields if field in _PERSONS or field == "legal_name"]
    if not wanted or (found.ordinal or 1) > 1:
        return HeaderMeaning()
    return replace(found, strength=min(found.strength, MatchStrength.PART), foreign=False, doubtful=True)


def _names_person(columns: Sequence[ColumnEvidence]) -> bool:
    """Tell whether these columns name a person: a bare "Nom" may be the client's."""
    return any(
        _NAMES.intersection(one.meaning.fields)
        and "legal_name" not in one.meaning.fields
        and one.sample.verdict("contact_name") is not ValueVerdict.REFUTES
        for one in columns
    )
