"""Required names of contacts without a column: full names, or first names with last names beside them, are proposed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clientimport.matching.candidate import Candidate, ColumnEvidence, make_candidate
from clientimport.matching.column_mapping import MatchReason
from clientimport.matching.context_words import context_words
from clientimport.matching.header_meaning import HeaderMeaning, header_meaning
from clientimport.matching.required_by_platform import is_free, missing_fields
from clientimport.matching.value_patterns import has_first_name, is_person, is_several_words
from clientimport.matching.value_sample import MOST_SHARE, ValueSample
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.header_key import header_words

_FIRST, _LAST, _FULL = "contact_first_name", "contact_last_name", "contact_name"
_KNOWN = 0.5
"""Share of common first names from which a column holds persons' names (chosen, not measured)."""
_DIFFERENT = 0.5
"""Different values per filled cell, at least: an office has few people (chosen, not measured)."""
_FEW_PEOPLE = 4
"""So few different names in many rows are the office's people (chosen, not measured)."""
_FEW_ROWS = 8
"""Rows under which each of them must hold another person (chosen, not measured)."""


def propose_required_names(
    columns: Iterable[ColumnEvidence], taken: Mapping[str, int], schema: PlatformSchema
) -> Iterator[Candidate]:
    """Yield proposals for the names that the platform requires, from the only columns left whose values show them."""
    missing = set(missing_fields(taken, schema)).intersection((_FIRST, _LAST, _FULL))
    if not missing:
        return
    free = [column for column in columns if column.sample.values and is_free(column, _FULL)]
    if {_FIRST, _LAST, _FULL}.isdisjoint(taken) and (pair := _under_one_word(free)):
        yield from (_propose(column, field, "demanded_person") for field, column in pair.items())
        return
    left = [column for column in free if _are_clients(column)]
    first = [column for column in left if _are_first_names(column.sample)]
    full = [column for column in left if _are_full_names(column.sample)]
    if len(full) == 1 and _FIRST not in taken and _LAST not in taken:
        yield _propose(full[0], _FULL, "demanded_names")
    elif len(first) == 1 and _FIRST not in taken:
        yield _propose(first[0], _FIRST, "demanded_names")
        last = [] if _LAST in taken else _beside(first[0], left)
        if len(last) == 1:
            yield _propose(last[0], _LAST, "demanded_beside", beside=_FIRST)


def _propose(column: ColumnEvidence, field: str, reason: str, **facts: str) -> Candidate:
    bare = ColumnEvidence(column.column, HeaderMeaning(), column.sample)
    return make_candidate(bare, field).with_doubt(MatchReason(reason, {"field": field, **facts}))


def _under_one_word(columns: Iterable[ColumnEvidence]) -> Mapping[str, ColumnEvidence] | None:
    """Return the first and the last names that share an unknown word ("Voornaam tekenbevoegde", "Naam tekenbevoegde").

    None where no word has both, or several words have.
    """
    persons: dict[str, dict[str, ColumnEvidence]] = {}
    for column in columns:
        for word, field in _named_person(column):
            persons.setdefault(word, {}).setdefault(field, column)
    whole = [fields for fields in persons.values() if len(fields) > 1]
    return whole[0] if len(whole) == 1 else None


def _named_person(column: ColumnEvidence) -> Iterator[tuple[str, str]]:
    """Yield an unknown word of the header, and the name of a person that the other words mean."""
    words, sample = header_words(column.column.header), column.sample
    office = sample.has_few(_FEW_PEOPLE) or sample.share(is_person) < MOST_SHARE
    if column.meaning.fields or column.meaning.foreign or office:
        return
    for word in words:
        rest = header_meaning(" ".join(other for other in words if other != word)).fields
        if word not in context_words().roles and rest:
            yield from ((word, field) for field in (_FIRST, _LAST) if field in rest)


def _are_clients(column: ColumnEvidence) -> bool:
    """Return whether the names differ as those of clients do: the office's people stand in many rows."""
    sample = column.sample
    least = sample.filled if sample.filled < _FEW_ROWS else _DIFFERENT * sample.filled
    return sample.distinct >= max(least, 2) and sample.share(is_person) >= MOST_SHARE


def _are_first_names(sample: ValueSample) -> bool:
    return sample.share(is_several_words) < _KNOWN and sample.share(has_first_name) >= _KNOWN


def _are_full_names(sample: ValueSample) -> bool:
    return sample.share(is_several_words) >= MOST_SHARE and sample.share(has_first_name) >= _KNOWN


def _beside(first: ColumnEvidence, columns: Sequence[ColumnEvidence]) -> list[ColumnEvidence]:
    """Return the columns next to the first names that hold other persons' names of a word or two."""
    near = [column for column in columns if abs(column.index - first.index) == 1]
    return [column for column in near if not _are_full_names(column.sample) and not _are_first_names(column.sample)]
