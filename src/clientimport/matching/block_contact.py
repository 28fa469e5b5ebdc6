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
    """Return the columns; those that name a person with the words `residue` have their meaning without these words.

    The person is the contact when the word is the client's own (`asked`: there is no other address), or when the block
    names a person ("Prénom (facturation)") and no column without the word does. All these meanings are doubtful.
    """
    meanings = {column.index: _meaning_without(column, residue) for column in columns}
    read = {index: meaning for index, meaning in meanings.items() if meaning.fields}
    names = any(_NAMES.intersection(meaning.fields) for meaning in read.values())
    if not (asked or names):
        return list(columns)
    free = [column for column in columns if column.index not in read and not column.meaning.foreign]
    named = {
        field for column in free for field in _PERSONS.intersection(column.meaning.fields) if column.may_hold(field)
    }
    named = named | _NAMES if _names_person(free) else named - _NAMES
    return [
        replace(column, meaning=read[column.index])
        if column.index in read and named.isdisjoint(_PERSONS.intersection(read[column.index].fields))
        else column
        for column in columns
    ]


def _meaning_without(evidence: ColumnEvidence, residue: Collection[str]) -> HeaderMeaning:
    """Return what the header means without the block's words where that is about a person or the client's name."""
    words = header_pieces(evidence.column.header)
    rest = [word for word in words if word not in residue]
    if len(rest) < len(words):
        rest = [word for word in rest if context_words().roles.get(word) != "place"]
    if len(rest) == len(words) or not rest or evidence.meaning.block or not evidence.sample.values:
        return HeaderMeaning()
    meaning = header_meaning(" ".join(rest))
    fields = [field for field in meaning.fields if field in _PERSONS or field == "legal_name"]
    if not fields or (meaning.ordinal or 1) > 1:
        return HeaderMeaning()
    return replace(meaning, strength=min(meaning.strength, MatchStrength.PART), foreign=False, doubtful=True)


def _names_person(columns: Sequence[ColumnEvidence]) -> bool:
    """Return whether these columns name a person: a bare "Nom" may be the client's."""
    return any(
        _NAMES.intersection(column.meaning.fields)
        and "legal_name" not in column.meaning.fields
        and column.sample.verdict("contact_name") is not ValueVerdict.REFUTES
        for column in columns
    )
