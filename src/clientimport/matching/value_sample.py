"""A sample of a column's values: how many of its distinct values fit a field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

import pyarrow.compute as pc

from clientimport.matching.value_overrides import NO_OVERRIDES, ValueOverrides, override_values
from clientimport.matching.value_patterns import VALUE_PATTERNS, WEAK_PATTERNS, has_legal_form
from clientimport.model.field_type import FieldType, ParsedValue
from clientimport.model.table import Column
from clientimport.schema.derivations.mailto_links import FIELDS as EMAILS
from clientimport.schema.fields import canonical_fields
from clientimport.schema.types.float_suffix import strip_float_suffixes
from clientimport.schema.types.missing_value import is_missing_in_words

MOST_SHARE = 0.8
FEW_SHARE = 0.2
"""At least 80 % supports a field, at most 20 % vetoes even a header that names it exactly. Chosen, not measured."""
_HALF = 0.5
MANY_ROWS = 8
"""Rows from which repetition means something. Chosen, not measured."""
_SEVERAL = 3
"""Rows in which one value is no accident. Chosen, not measured."""
_REPEATED = 0.25
VARIED = 0.75
"""Distinct values per filled cell, below and from which values are repeated or varied. Chosen, not measured."""
_SAMPLE = 100
"""Values that are looked at. Chosen, not measured."""
_MOST_FORMS = {
    **dict.fromkeys(("contact_name", "contact_first_name", "contact_last_name"), _HALF),
    **dict.fromkeys(("address", "street"), 0.3),
}
"""The share of legal forms up to which values may be names of persons, or streets; above it they are companies, even if
a few names have no legal form. Chosen, not measured."""


class ValueVerdict(IntEnum):
    """Whether the values of a column fit a field."""

    REFUTES = 0
    BETWEEN = 1
    SILENT = 2
    """There are no values."""
    AGREES = 3


@dataclass(frozen=True, slots=True)
class ValueSample:
    """Up to 100 distinct values of a column, spread over it; words for an empty cell ("n/a") are left out."""

    values: tuple[str, ...]
    counts: tuple[int, ...]
    """How many cells hold each of them."""
    filled: int
    """How many cells are not empty."""
    distinct: int
    country: str
    mail_links: tuple[str, ...] = ()
    """The e-mail addresses that the cells link to, where nearly all of them are links."""
    words: ValueOverrides = NO_OVERRIDES
    """The user's overrides of words."""
    _verdicts: dict[str, ValueVerdict] = field(default_factory=dict, compare=False, repr=False)

    def share(self, holds: Callable[[str], bool]) -> float:
        """Return the share of the values for which `holds` is true; 0 when there are none."""
        return sum(map(holds, self.values)) / len(self.values) if self.values else 0.0

    @property
    def is_repetitive(self) -> bool:
        """Whether many rows repeat the same few values, as the addresses of the office's people do."""
        return self.filled >= MANY_ROWS and self.distinct < _REPEATED * self.filled

    @property
    def is_constant(self) -> bool:
        """Whether several rows hold one and the same value."""
        return self.distinct == 1 and self.filled >= _SEVERAL

    def has_few(self, most: int) -> bool:
        """Return whether many rows repeat at most `most` different values."""
        return self.is_repetitive and self.distinct <= most

    @property
    def is_varied(self) -> bool:
        """Whether nearly every one of many rows has a different value, as clients have."""
        return self.filled >= MANY_ROWS and self.distinct >= VARIED * self.filled

    def verdict(self, name: str) -> ValueVerdict:
        """Return whether these values fit the canonical field `name`."""
        if name not in self._verdicts:
            self._verdicts[name] = self._compute_verdict(name) if self.values else ValueVerdict.SILENT
        return self._verdicts[name]

    def _compute_verdict(self, name: str) -> ValueVerdict:
        if self.mail_links and name in EMAILS:
            once = (1,) * len(self.mail_links)
            return replace(self, values=self.mail_links, counts=once, mail_links=(), _verdicts={}).verdict(name)
        if overridden := override_values(self.values, self.words.for_field(name)):
            values = tuple(overridden.get(position, value) for position, value in enumerate(self.values))
            return replace(self, values=values, words=NO_OVERRIDES, _verdicts={}).verdict(name)
        if self.share(has_legal_form) > _MOST_FORMS.get(name, 1.0):
            return ValueVerdict.REFUTES
        looks_like = VALUE_PATTERNS.get(name)
        pattern_share = self._share_fitting([looks_like(value) for value in self.values]) if looks_like else None
        if pattern_share is not None and (name in WEAK_PATTERNS or pattern_share <= FEW_SHARE):
            return _verdict(pattern_share)
        type_share = self._share_understood(canonical_fields()[name].type)
        if pattern_share is None or type_share is None:
            return ValueVerdict.SILENT if type_share is None else _verdict(type_share)
        # values with the right pattern and wrong check digits are errors in the data; half of them valid is enough
        return (
            ValueVerdict.AGREES
            if pattern_share >= MOST_SHARE and type_share >= _HALF
            else max(_verdict(type_share), ValueVerdict.BETWEEN)
        )

    def _share_understood(self, type_: FieldType) -> float | None:
        """Return the share of values that `type_` understands, without those that mean an empty cell."""
        outcomes = [type_.parse(value, self.country) for value in self.values]
        filled = [not (isinstance(outcome, ParsedValue) and outcome.value is None) for outcome in outcomes]
        parsed = [isinstance(outcome, ParsedValue) for outcome in outcomes]
        return self._share_fitting(parsed, filled) if any(filled) else None

    def _share_fitting(self, fits: Sequence[bool], filled: Sequence[bool] | None = None) -> float:
        """Return the share of the values that fit, or the share of their cells where that is larger.

        Each typing error is one more distinct value, while a few valid values fill all other rows: the longer a list of
        countries, the more of its distinct values are errors. Where values repeat, the cells alone count: "tru" beside
        hundreds of "true" and "false" makes no names of them.
        """
        values = zip(fits, self.counts, filled or [True] * len(fits), strict=True)
        counted = [(fit, count) for fit, count, is_filled in values if is_filled]
        cells = sum(count for _, count in counted)
        by_cell = sum(count for fit, count in counted if fit) / cells
        return by_cell if self.is_repetitive else max(sum(fit for fit, _ in counted) / len(counted), by_cell)


def _verdict(share: float) -> ValueVerdict:
    """Return the verdict for a share of values that fit."""
    if share >= MOST_SHARE:
        return ValueVerdict.AGREES
    return ValueVerdict.REFUTES if share <= FEW_SHARE else ValueVerdict.BETWEEN


def value_sample(column: Column, country: str, words: ValueOverrides = NO_OVERRIDES) -> ValueSample:
    """Return a sample of the column; `country` is the country of rows that do not name one."""
    counted = pc.value_counts(pc.drop_null(column.values))
    distinct = counted.field("values")
    every = max(1, len(distinct) // _SAMPLE)
    counts = counted.field("counts")[::every].to_pylist()
    texts = [
        (text.strip(), count)
        for text, count in zip(distinct[::every].to_pylist(), counts, strict=True)
        if text and text.strip() and not is_missing_in_words(text)
    ][:_SAMPLE]
    filled = len(column.values) - column.values.null_count
    links = tuple(column.mail_links.values())[:_SAMPLE] if len(column.mail_links) >= MOST_SHARE * max(filled, 1) else ()
    values, times = tuple(text for text, _ in texts), tuple(int(count or 1) for _, count in texts)
    return ValueSample(strip_float_suffixes(values), times, filled, len(distinct), country, links, words)
