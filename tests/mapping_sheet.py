from __future__ import annotations

from collections.abc import Mapping as Dict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from clientimport.matching.column_mapping import ColumnMapping
from clientimport.matching.column_overrides import resolve_overrides
from clientimport.matching.matcher import match_columns
from clientimport.matching.profile_match import match_profile
from clientimport.matching.profiles import Profile
from clientimport.model.table import Column, Table
from clientimport.schema.loader import load_schema

Sheet = Sequence[tuple[str, Sequence[str]]]
"""Header and values, column by column."""


def table(columns: Sheet) -> Table:
    """Return a table; empty texts are empty cells."""
    rows = max((len(values) for _, values in columns), default=0)
    made = tuple(
        Column(index, header, pa.array([value or None for value in values], pa.string()))
        for index, (header, values) in enumerate(columns)
    )
    return Table("list.csv", None, 1, made, np.arange(2, 2 + rows))


def matched(
    columns: Sheet,
    platform: str = "banqup-partner",
    decisions: Dict[str, str] | None = None,
    profile: Profile | None = None,
) -> ColumnMapping:
    read = table(columns)
    return match_columns(
        read,
        load_schema(platform),
        resolve_overrides(read, decisions or {}),
        match_profile(profile, read.columns) if profile else None,
    )


def fields(mapping: ColumnMapping) -> list[str | None]:
    return [match.field for match in mapping.matches]


def certain(mapping: ColumnMapping) -> list[bool]:
    return [match.certain for match in mapping.matches]
