"""Value decisions: what words of a user's own mean in a field that takes only a few values (`--value`)."""

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

_CLOSED = (Country, Language, Locale, Boolean, ClientType)
_LISTED = ("configuration_template",)
"""Names that are listed on the platform, and of which any may be meant."""


@dataclass(frozen=True, slots=True)
class ValueOverride:
    """One word of a user's, and what it means; never anything about a client."""

    field: str
    typed: str
    value: str
    """Canonical."""


@dataclass(frozen=True, slots=True)
class ValueOverrides:
    """What was decided, by field and typed word; case, accents and punctuation do not count."""

    overrides: tuple[ValueOverride, ...] = ()
    _words: dict[str, dict[str, str]] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.overrides:
            self._words.setdefault(one.field, {})[_key(one.typed)] = one.value

    def for_field(self, name: str) -> Mapping[str, str]:
        """Return typed word -> canonical value for one field."""
        return self._words.get(name, {})

    def merge(self, others: ValueOverrides) -> ValueOverrides:
        """Return these decisions, and of `others` those about other words."""
        mine = {(one.field, _key(one.typed)) for one in self.overrides}
        rest = (one for one in others.overrides if (one.field, _key(one.typed)) not in mine)
        return ValueOverrides((*rest, *self.overrides))


NO_OVERRIDES = ValueOverrides()


def closed_fields() -> tuple[str, ...]:
    """Return the fields whose words can be decided: those with few values, none of them about one client."""
    return tuple(name for name, one in canonical_fields().items() if isinstance(one.type, _CLOSED) or name in _LISTED)


def parse_override(text: str) -> ValueOverride:
    """Return the decision in `FIELD:TYPED=VALUE`. Raises UsageError.

    >>> parse_override("country:Holland (Zeeland)=NL")
    ValueOverride(field='country', typed='Holland (Zeeland)', value='NL')
    """
    name, _, rest = text.partition(":")
    typed, equals, value = rest.rpartition("=")
    if not (equals and typed.strip() and value.strip()):
        raise UsageError("usage.pair", option="--value", value=text, form='"FIELD:TYPED=VALUE"')
    return make_override(name.strip(), typed.strip(), value.strip())


def make_override(name: str, typed: str, value: str) -> ValueOverride:
    """Return the decision that `typed` means `value` in the field `name`. Raises UsageError."""
    known = closed_fields()
    if name not in known:
        raise UsageError("value.not_closed", field=name, meant=did_you_mean(name, known), known=", ".join(known))
    if name in _LISTED:
        return ValueOverride(name, typed, value)
    parsed = canonical_fields()[name].type.parse(value, "")
    if isinstance(parsed, Issue) or parsed.value is None:
        raise UsageError("value.unreadable", field=name, value=value)
    return ValueOverride(name, typed, parsed.value)


def override_values(values: Iterable[str | None], words: Mapping[str, str]) -> dict[int, str]:
    """Return position -> canonical value for the cells that hold a decided word.

    >>> override_values(["Vl.", None, "nl"], {"vl": "nl"})
    {0: 'nl'}
    """
    found: dict[str, str | None] = {}
    chosen = {}
    for at, value in enumerate(values):
        if value is None:
            continue
        if value not in found:
            found[value] = words.get(_key(value))
        if (meant := found[value]) is not None:
            chosen[at] = meant
    return chosen


def _key(typed: str) -> str:
    return normalize(typed) or typed.strip()
