"""Profile matches: which saved profile fits a header row that may have changed since, and what is different."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from clientimport.matching.column_overrides import IGNORE
from clientimport.matching.profiles import Profile, ProfileColumn
from clientimport.messages.added_headers import is_added_header
from clientimport.model.table import Column
from clientimport.schema.header_key import is_placeholder, normalize_header

MIN_LIKENESS = 60
"""Percent of the headers of both rows that must be the same for a profile to be used: the Jaccard index
(https://en.wikipedia.org/wiki/Jaccard_index); the percentage is chosen, not measured."""
MIN_RENAMED_LIKENESS = 80
"""Percent of letters (rapidfuzz's ratio of the keys) from which a new header may be a missing one renamed. Chosen, not
measured."""
_WORD = 4
"""Letters from which the beginning of a header is enough. Chosen, not measured."""


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

    A header that occurs several times is identified by its letter; where letters have changed, it is a new column.
    Columns that this program added to either file say nothing.
    """
    titled = [column for column in columns if normalize_header(column.header) and not is_added_header(column.header)]
    by_place = {
        (normalize_header(column.header), column.letter): column
        for column in profile.columns
        if not is_added_header(column.header)
    }
    places: dict[int, tuple[str, str | None]] = {
        column.index: (normalize_header(column.header), None) for column in titled
    }
    places |= _lettered(profile, titled)
    kept: dict[int, str] = {}
    matched: set[tuple[str, str | None]] = set()
    for index, place in places.items():
        if place in by_place and place not in matched:
            kept[index] = by_place[place].field
            matched.add(place)
    added = [column for column in titled if column.index not in kept]
    gone = [column for place, column in by_place.items() if place not in matched and place[0]]
    renamed = _renamed(gone, added)
    before, after = {pair.before for pair in renamed}, {pair.column.index for pair in renamed}
    return ProfileMatch(
        profile,
        kept,
        renamed,
        tuple(column for column in added if column.index not in after),
        tuple(column for column in gone if column.header not in before),
    )


def _lettered(profile: Profile, columns: Sequence[Column]) -> dict[int, tuple[str, str | None]]:
    """Return header and letter of the columns whose header occurs several times, where none of them has moved."""
    before: dict[str, set[str]] = {}
    for known in profile.columns:
        if known.letter:
            before.setdefault(normalize_header(known.header), set()).add(known.letter)
    now: dict[str, set[str]] = {}
    for column in columns:
        now.setdefault(normalize_header(column.header), set()).add(column.letter)
    return {
        column.index: (header, column.letter)
        for column in columns
        if (header := normalize_header(column.header)) in before and now[header] == before[header]
    }


def _renamed(gone: Sequence[ProfileColumn], added: Sequence[Column]) -> tuple[RenamedColumn, ...]:
    """Pair missing columns with new ones where each is the only one that resembles the other."""
    pairs = [
        (missing, column)
        for missing in gone
        for column in added
        if _alike(normalize_header(missing.header), normalize_header(column.header))
    ]
    missing_counts = Counter(missing.header for missing, _ in pairs)
    column_counts = Counter(column.index for _, column in pairs)
    return tuple(
        RenamedColumn(column, missing.header, missing.field)
        for missing, column in pairs
        if missing_counts[missing.header] == 1 and column_counts[column.index] == 1
    )


def _alike(before: str, now: str) -> bool:
    """Return whether two headers are nearly the same, or one begins with the other ("E-mail", "E-mailadres")."""
    from rapidfuzz.fuzz import ratio

    shorter, longer = sorted((before, now), key=len)
    return ratio(before, now) >= MIN_RENAMED_LIKENESS or (len(shorter) >= _WORD and longer.startswith(shorter))


def profile_for_platform(profile: Profile, columns: Sequence[Column], platform: str) -> ProfileMatch:
    """Return what `profile` says for this platform; a column ignored for another may be a field of this one."""
    match = match_profile(profile, columns)
    if profile.platform == platform:
        return match
    return replace(match, kept={index: field for index, field in match.kept.items() if field != IGNORE})


def closest_profiles(profiles: Iterable[Profile], columns: Sequence[Column], platform: str) -> tuple[ProfileMatch, ...]:
    """Return the profile whose header row is most like this one, several where they are equally alike.

    A profile of this platform comes before those of others; the same header row comes before all others, and of
    several such the first by name. Profiles of placeholders only ("Kolom1") are left out: they fit any file.
    """
    named = [profile for profile in profiles if any(not is_placeholder(header) for header in profile.headers)]
    matches = [profile_for_platform(profile, columns, platform) for profile in named]
    same_platform = _nearest([match for match in matches if match.profile.platform == platform])
    return same_platform or _nearest([match for match in matches if match.profile.platform != platform])[:1]


def _nearest(matches: Sequence[ProfileMatch]) -> tuple[ProfileMatch, ...]:
    """Return the first exact match, or else those with the highest likeness."""
    exact = [match for match in matches if match.is_exact]
    if exact:
        return (exact[0],)
    alike = [match for match in matches if match.likeness >= MIN_LIKENESS and len(match.kept) >= len(match.renamed)]
    best = max((match.likeness for match in alike), default=0)
    return tuple(match for match in alike if match.likeness == best)
