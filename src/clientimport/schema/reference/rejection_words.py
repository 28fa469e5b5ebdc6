"""The words with which platforms refuse one value: a field's code, and what is wrong (schemas/_refusal_words.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from clientimport.model.normalize import normalize
from clientimport.schema.data_files import data_folder, platform_ids
from clientimport.schema.loader import load_schema

KINDS = ("invalid", "missing", "characters", "length", "unlisted", "taken", "unknown_field")
"""What can be wrong with a value; the messages have a sentence for each, `refused.KIND`."""
WHOLE_KINDS = ("exists", "active", "undeletable", "questionnaire", "validation")
"""Why a whole client can be refused; the messages have a sentence for each, `refused.client.KIND`."""

_DIVIDER = re.compile(r"\s+[-–—]\s+|:\s+")
"""What stands between a field's code and the words about it."""


@dataclass(frozen=True, slots=True)
class RefusedValue:
    """One part of a platform's refusal, as far as it is understood."""

    field: str | None = None
    """The canonical field, or an option of a push such as `questionnaire`."""
    kind: str | None = None
    """One of KINDS, or without a field of WHOLE_KINDS."""


def refused_values(reason: str, platform: str = "") -> tuple[RefusedValue, ...]:
    """Return what is understood of each part of a refusal, each once.

    >>> refused_values("vatNumber - est invalide; city - must not be blank", "banqup-console-lu")
    (RefusedValue(field='vat_number', kind='invalid'), RefusedValue(field='city', kind='missing'))
    >>> refused_values("something else"), refused_values("Customer already exists")
    ((), (RefusedValue(field=None, kind='exists'),))
    """
    parts = (_refused_value(part, platform) for part in reason.split("; "))
    return tuple(dict.fromkeys(part for part in parts if part is not None))


def _refused_value(part: str, platform: str) -> RefusedValue | None:
    field, words = _field_and_words(part, platform)
    if field is None:
        kind = _kind_in(part, _phrases("whole"))
        return RefusedValue(None, kind) if kind else None
    inner_field, inner_words = _field_and_words(words, platform)  # `rcsNumber - trn - est invalide`
    return RefusedValue(inner_field or field, _kind_in(inner_words, _phrases("words")))


def _field_and_words(text: str, platform: str) -> tuple[str | None, str]:
    """Return the field whose code a text begins with and what it says of it, else the text alone."""
    code, *words = _DIVIDER.split(text, maxsplit=1)
    field = field_codes(platform).get(normalize(code)) if words else None
    return (field, words[0]) if field else (None, text)


@cache
def field_codes(platform: str) -> Mapping[str, str]:
    """Return the canonical field of each code, normalised; without a platform those that all platforms agree on."""
    named: dict[str, set[str]] = {}
    for platform_id in [platform] if platform else platform_ids():
        api = load_schema(platform_id).api
        for field, path in (api.body if api else {}).items():
            named.setdefault(normalize(path.rpartition(".")[2]), set()).add(field)
    known = {code: next(iter(fields)) for code, fields in named.items() if len(fields) == 1}
    return {**{normalize(code): str(field) for code, field in _content()["fields"].items()}, **known}


def _kind_in(text: str, phrases: Iterable[tuple[str, str]]) -> str | None:
    """Return the kind of the longest known phrase that stands in a text."""
    words = f" {normalize(text)} "
    return next((kind for phrase, kind in phrases if f" {phrase} " in words), None)


@cache
def _phrases(table: str) -> tuple[tuple[str, str], ...]:
    """Return each phrase with its kind, the longest first."""
    pairs = [(normalize(phrase), kind) for kind, phrases in _content()[table].items() for phrase in phrases]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _content() -> Mapping[str, Mapping[str, Any]]:
    import tomli

    return tomli.loads((data_folder("schemas") / "_refusal_words.toml").read_text(encoding="utf-8"))
