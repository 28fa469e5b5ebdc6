"""Value overrides: what a user's words mean in a field that takes only a few values (`--value`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.fields import canonical_fields
from clientimport.schema.types.boolean import Boolean
from clientimport.schema.types.client_type import ClientType
from clientimport.schema.types.country import Country
from clientimport.schema.types.language import Language
from clientimport.schema.types.locale import Locale

_CLOSED_TYPES = (Country, Language, Locale, Boolean, ClientType)
_LISTED = ("configuration_template",)
"""Fields whose values are listed on the platform; any of them may be meant."""


@dataclass(frozen=True, slots=True)
class ValueOverride:
    """One word of the user, and the value it means; never data of a client."""

    field: str
    typed: str
    value: str
    """Canonical."""


@dataclass(frozen=True, slots=True)
class ValueOverrides:
    """The user's overrides, by field and typed word; case, accents and punctuation do not count."""

    overrides: tuple[ValueOverride, ...] = ()
    _words: dict[str, dict[str, str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for override in self.overrides:
            self._words.setdefault(override.field, {})[_key(override.typed)] = override.value

    def for_field(self, name: str) -> Mapping[str, str]:
        """Return typed word -> canonical value for one field."""
        return self._words.get(name, {})

    def merge(self, others: ValueOverrides) -> ValueOverrides:
        """Return these overrides, and of `others` those of other words."""
        keys = {(override.field, _key(override.typed)) for override in self.overrides}
        new = (override for override in others.overrides if (override.field, _key(override.typed)) not in keys)
        return ValueOverrides((*new, *self.overrides))


NO_OVERRIDES = ValueOverrides()


def closed_fields() -> tuple[str, ...]:
    """Return the fields whose words can be overridden: those with few values, none of them data of one client."""
    return tuple(
        name for name, field in canonical_fields().items() if isinstance(field.type, _CLOSED_TYPES) or name in _LISTED
    )


def parse_override(text: str) -> ValueOverride:
    """Return the override in `FIELD:TYPED=VALUE`. Raises UsageError.

    >>> parse_override("country:Holland (Zeeland)=NL")
    ValueOverride(field='country', typed='Holland (Zeeland)', value='NL')
    """
    name, _, pair = text.partition(":")
    typed, equals, value = pair.rpartition("=")
    if not (equals and typed.strip() and value.strip()):
        raise UsageError("usage.pair", option="--value", value=text, form='"FIELD:TYPED=VALUE"')
    return make_override(name.strip(), typed.strip(), value.strip())


def make_override(name: str, typed: str, value: str) -> ValueOverride:
    """Return the override that `typed` means `value` in the field `name`. Raises UsageError."""
    closed = closed_fields()
    if name not in closed:
        raise UsageError("value.not_closed", field=name, meant=did_you_mean(name, closed), closed=", ".join(closed))
    if name in _LISTED:
        return ValueOverride(name, typed, value)
    parsed = canonical_fields()[name].type.parse(value, "")
    if isinstance(parsed, Issue) or parsed.value is None:
        raise UsageError("value.unreadable", field=name, value=value)
    return ValueOverride(name, typed, parsed.value)


def override_values(values: Iterable[str | None], words: Mapping[str, str]) -> dict[int, str]:
    """Return position -> canonical value for the cells that hold an overridden word.

    >>> override_values(["Vl.", None, "nl"], {"vl": "nl"})
    {0: 'nl'}
    """
    by_text: dict[str, str | None] = {}
    overridden = {}
    for position, value in enumerate(values):
        if value is None:
            continue
        if value not in by_text:
            by_text[value] = words.get(_key(value))
        if (canonical := by_text[value]) is not None:
            overridden[position] = canonical
    return overridden


def _key(typed: str) -> str:
    return normalize(typed) or typed.strip()
