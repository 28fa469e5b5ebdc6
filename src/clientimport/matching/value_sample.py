"""What the values say: how many of a column's distinct values are what a field would hold."""

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
"""At least 80 % supports, at most 20 % vetoes even a header that fits exactly."""
_HALF = 0.5
_MANY_ROWS = 8
"""From here on it shows whether a column holds the same few values over and over."""
_REPEATED = 0.25
_VARIED = 0.75
_SAMPLE = 100
_MOST_FORMS = {
    **dict.fromkeys(("contact_name", "contact_first_name", "contact_last_name"), _HALF),
    **dict.fromkeys(("address", "street"), 0.3),
}
"""The share of legal forms up to which values may be names of persons, or streets: above it they are companies, with or
without the few in a list that have no legal form behind their name."""


class ValueVerdict(IntEnum):
    """What values say about a field."""

    REFUTES = 0
    BETWEEN = 1
    SILENT = 2
    """There are no values."""
    AGREES = 3


@dataclass(frozen=True, slots=True)
class ValueSample:
    """Up to 100 distinct values of a column, spread over it; words that mean "nothing" are not among them."""

    values: tuple[str, ...]
    counts: tuple[int, ...]
    """How often each of them stands there."""
    filled: int
    """How many cells hold something."""
    distinct: int
    country: str
    mail_links: tuple[str, ...] = ()
    """The addresses behind the cells, where nearly all of them are links to one."""
    words: ValueOverrides = NO_OVERRIDES
    """What the user has decided about words that may stand here."""
    _known: dict[str, ValueVerdict] = field(default_factory=dict, compare=False, repr=False)

    def share(self, holds: Callable[[str], bool]) -> float:
        """Return the share of the values for which `holds`; 0 when there are none."""
        return sum(map(holds, self.values)) / len(self.values) if self.values else 0.0

    @property
    def is_repetitive(self) -> bool:
        """Whether the same few values stand in many rows, as the addresses of an office's own people do."""
        return self.filled >= _MANY_ROWS and self.distinct < _REPEATED * self.filled

    def has_few(self, most: int) -> bool:
        """Tell whether so few values stand in many rows, however many: names come again and again in a long list."""
        return self.is_repetitive and self.distinct <= most

    @property
    def is_varied(self) -> bool:
        """Whether nearly each of many rows has a value of its own, as clients have."""
        return self.filled >= _MANY_ROWS and self.distinct >= _VARIED * self.filled

    def verdict(self, name: str) -> ValueVerdict:
        """Return what these values say about the canonical field `name`."""
        if name not in self._known:
            self._known[name] = self._judged(name) if self.values else ValueVerdict.SILENT
        return self._known[name]

    def _judged(self, name: str) -> ValueVerdict:
        if self.mail_links and name in EMAILS:
            once = (1,) * len(self.mail_links)
            return replace(self, values=self.mail_links, counts=once, mail_links=(), _known={}).verdict(name)
        if chosen := override_values(self.values, self.words.for_field(name)):
            meant = tuple(chosen.get(at, value) for at, value in enumerate(self.values))
            return replace(self, values=meant, words=NO_OVERRIDES, _known={}).verdict(name)
        if self.share(has_legal_form) > _MOST_FORMS.get(name, 1.0):
            return ValueVerdict.REFUTES
        looks = VALUE_PATTERNS.get(name)
        shaped = self._fitting([looks(value) for value in self.values]) if looks else None
        if shaped is not None and (name in WEAK_PATTERNS or shaped <= FEW_SHARE):
            return _verdict(shaped)
        understood = self._understood(canonical_fields()[name].type)
        if shaped is None or understood is None:
            return ValueVerdict.SILENT if understood is None else _verdict(understood)
        # the right shape with wrong check digits is an error in the data; half of them right is proof enough
        return (
            ValueVerdict.AGREES
            if shaped >= MOST_SHARE and understood >= _HALF
            else max(_verdict(understood), ValueVerdict.BETWEEN)
        )

    def _understood(self, type_: FieldType) -> float | None:
        """Return the share of values that `type_` understands, without those that say there is nothing."""
        outcomes = [type_.parse(value, self.country) for value in self.values]
        held = [not (isinstance(one, ParsedValue) and one.value is None) for one in outcomes]
        return self._fitting([isinstance(one, ParsedValue) for one in outcomes], held) if any(held) else None

    def _fitting(self, fits: Sequence[bool], held: Sequence[bool] | None = None) -> float:
        """Return the share of the values that fit, or of their cells where that is more.

        A slip of the pen is a value of its own each time, while a few right values stand in all other rows: the longer
        a list of countries, the more of its different values are slips.
        """
        counted = zip(fits, self.counts, held or [True] * len(fits), strict=True)
        told = [(fit, count) for fit, count, one in counted if one]
        cells = sum(count for _, count in told)
        return max(sum(fit for fit, _ in told) / len(told), sum(count for fit, count in told if fit) / cells)


def _verdict(share: float) -> ValueVerdict:
    if share >= MOST_SHARE:
        return ValueVerdict.AGREES
    return ValueVerdict.REFUTES if share <= FEW_SHARE else ValueVerdict.BETWEEN


def value_sample(column: Column, country: str, words: ValueOverrides = NO_OVERRIDES) -> ValueSample:
    """Return a sample of the column; `country` is where its rows are unless they say otherwise."""
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
