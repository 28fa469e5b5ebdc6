"""A derivation: canonical fields that are computed from others, once per distinct combination of source values."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from clientimport.model.finding import Issue
from clientimport.model.records import Records


@dataclass(frozen=True, slots=True)
class Derived:
    """The result: one value per target, None where there is none, and a doubt that a person should see."""

    values: tuple[str | None, ...]
    doubt: Issue | None = None
    code: str = ""
    """The finding that names what was done, where it is not the one of every such cell."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """How `targets` follow from `sources`. An empty target is filled, a filled one is never touched."""

    targets: tuple[str, ...]
    sources: tuple[str, ...]
    compute: Callable[..., Derived | None] | None = None
    """Takes one value per source (None where empty); returns None when nothing follows."""
    compute_column: Callable[..., pa.StringArray] | None = None
    """Instead of `compute`, for what needs no look at single values: takes one column per source and returns the only
    target's, null where nothing follows."""
    splits: bool = False
    """Whether one text is split, which is reported row by row; everything else is reported once for the table."""
    optional: tuple[str, ...] = ()
    """Further sources that need not be there."""
    joined: tuple[str, ...] = ()
    """The optional sources whose text becomes part of the target, and which a report names with the others."""
    telling: Mapping[str, Callable[[pa.StringArray], pa.StringArray]] = dataclasses.field(default_factory=dict)
    """Optional source -> what of it says anything here, so that fewer combinations are looked at."""
    learn: Callable[[Records], Callable[..., Derived | None]] | None = None
    """Returns a `compute` for these records, where it depends on the column as a whole."""

    def source_columns(self, records: Records) -> list[pa.StringArray]:
        """Return the columns that `compute` takes its values from."""
        columns = {field: records.column(field) for field in (*self.sources, *self.optional)}
        return [self.telling[field](column) if field in self.telling else column for field, column in columns.items()]

    def compute_for(self, records: Records) -> Callable[..., Derived | None]:
        """Return what computes the targets for these records."""
        compute = self.learn(records) if self.learn else self.compute
        assert compute is not None
        return compute

    @property
    def code(self) -> str:
        """The code of the finding that shows it."""
        return f"derived.{self.targets[0]}"


def format_parts(derived: Derived) -> str:
    """Return the parts as a person sees them.

    >>> format_parts(Derived(("Kerkstraat", "12", None)))
    'Kerkstraat | 12 | –'
    """
    return " | ".join(value or "–" for value in derived.values)
