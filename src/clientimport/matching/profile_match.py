"""Recall: a saved profile met again by a header row that may have changed since, and what is different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clientimport.matching.column_overrides import IGNORE
from clientimport.matching.profiles import Profile, ProfileColumn
from clientimport.model.table import Column
from clientimport.schema.header_key import is_placeholder, normalize_header

MIN_LIKENESS = 60
"""Percent of the headers of both rows that must be the same for a profile to be found: what importers that remember
header rows use (Jaccard, https://en.wikipedia.org/wiki/Jaccard_index)."""
MIN_RENAMED_LIKENESS = 80
"""Percent of letters (rapidfuzz's ratio of the keys) from which a header that is gone may be one that is new."""


_WORD = 4
"""Letters of a word that says enough by itself."""


@dataclass(frozen=True, slots=True)
class RenamedColumn:
    """A column whose header resembles one of the profile."""

    column: Column
    before: str
    """The header that the profile knows."""
    field: str


@dataclass(frozen=True, slots=True)
class ProfileMatch:
    """What a profile says about the columns of one table."""

    profile: Profile
    kept: Mapping[int, str]
    """Column position -> field or `ignore`, for headers that are the same."""
    renamed: tuple[RenamedColumn, ...] = ()
    added: tuple[Column, ...] = ()
    """Columns that the profile does not know."""
    missing: tuple[ProfileColumn, ...] = ()
    """Columns of the profile, with a field, that the table does not have."""

    @property
    def likeness(self) -> int:
        """Percent of all different headers that both rows have, renamed ones counted."""
        alike = len(self.kept) + len(self.renamed)
        return round(100 * alike / max(1, alike + len(self.added) + len(self.missing)))

    @property
    def is_exact(self) -> bool:
        """Whether the header row is the one that the profile was made from, in any order."""
        return not (self.renamed or self.added or self.missing)


def match_profile(profile: Profile, columns: Sequence[Column]) -> ProfileMatch:
    """Return what `profile` says about `columns`.

    A header that occurs several times is known by its letter; where that does not fit any more, it is a new column.
    """
    titled = [column for column in columns if normalize_header(column.header)]
    by_place = {(normalize_header(one.header), one.letter): one for one in profile.columns}
    places: dict[int, tuple[str, str | None]] = {one.index: (normalize_header(one.header), None) for one in titled}
    places |= _lettered(profile, titled)
    kept: dict[int, str] = {}
    met: set[tuple[str, str | None]] = set()
    for index, place in places.items():
        if place in by_place and place not in met:
            kept[index] = by_place[place].field
            met.add(place)
    added = [column for column in titled if column.index not in kept]
    gone = [one for place, one in by_place.items() if place not in met and place[0]]
    renamed = _renamed(gone, added)
    before, after = {one.before for one in renamed}, {one.column.index for one in renamed}
    return ProfileMatch(
        profile,
        kept,
        renamed,
        tuple(one for one in added if one.index not in after),
        tuple(one for one in gone if one.header not in before),
    )


def _lettered(profile: Profile, columns: Sequence[Column]) -> dict[int, tuple[str, str | None]]:
    """Return the places of the columns whose header occurs several times, as long as none of them has moved."""
    before: dict[str, set[str]] = {}
    for one in profile.columns:
        if one.letter:
            before.setdefault(normalize_header(one.header), set()).add(one.letter)
    now: dict[str, set[str]] = {}
    for column in columns:
        now.setdefault(normalize_header(column.header), set()).add(column.letter)
    return {
        column.index: (header, column.letter)
        for column in columns
        if (header := normalize_header(column.header)) in before and now[header] == before[header]
    }


def _renamed(gone: Sequence[ProfileColumn], added: Sequence[Column]) -> tuple[RenamedColumn, ...]:
    """Pair what is gone with what is new where each is the other's only likeness."""
    pairs = [
        (one, column)
        for one in gone
        for column in added
        if _alike(normalize_header(one.header), normalize_header(column.header))
    ]
    once = Counter(one.header for one, _ in pairs)
    again = Counter(column.index for _, column in pairs)
    return tuple(
        RenamedColumn(column, one.header, one.field)
        for one, column in pairs
        if once[one.header] == 1 and again[column.index] == 1
    )


def _alike(before: str, now: str) -> bool:
    """Tell whether two headers are nearly the same, or one says the other's word and more ("E-mail", "E-mailadres")."""
    from rapidfuzz.fuzz import ratio

    shorter, longer = sorted((before, now), key=len)
    return ratio(before, now) >= MIN_RENAMED_LIKENESS or (len(shorter) >= _WORD and longer.startswith(shorter))


def profile_for_platform(profile: Profile, columns: Sequence[Column], platform: str) -> ProfileMatch:
    """Return what `profile` says for this platform; what another one had no use for may be a field of this one."""
    found = match_profile(profile, columns)
    if profile.platform == platform:
        return found
    return replace(found, kept={index: field for index, field in found.kept.items() if field != IGNORE})


def closest_profiles(profiles: Iterable[Profile], columns: Sequence[Column], platform: str) -> tuple[ProfileMatch, ...]:
    """Return the profile that the header row is most like, several where they are equally so.

    One of this platform goes before those of others, a header row that is the same before all others, and of several
    the first by name. Headers that a spreadsheet made up ("Kolom1") are like any other file's.
    """
    named = [one for one in profiles if any(not is_placeholder(header) for header in one.headers)]
    recalls = [profile_for_platform(profile, columns, platform) for profile in named]
    own = _nearest([one for one in recalls if one.profile.platform == platform])
    return own or _nearest([one for one in recalls if one.profile.platform != platform])[:1]


def _nearest(recalls: Sequence[ProfileMatch]) -> tuple[ProfileMatch, ...]:
    exact = [one for one in recalls if one.is_exact]
    if exact:
        return (exact[0],)
    alike = [one for one in recalls if one.likeness >= MIN_LIKENESS and len(one.kept) >= len(one.renamed)]
    best = max((one.likeness for one in alike), default=0)
    return tuple(one for one in alike if one.likeness == best)
