"""The saved mappings of this person."""

from __future__ import annotations

from clientimport.matching.profiles import ProfileStore
from clientimport.settings.folders import folders


def profile_store() -> ProfileStore:
    """Return the profiles of this person."""
    return ProfileStore(folders().profiles)
