"""Keywords as they were given: which of them say something, and whether it is what they take."""

from __future__ import annotations

import os
import types
from collections.abc import Collection, Iterable, Mapping, Sequence
from numbers import Integral
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from clientimport.errors import UsageError
from clientimport.model.did_you_mean import did_you_mean

K = TypeVar("K", bound=Mapping[str, Any])
_WORDS = {
    str: "a text",
    bool: "True or False",
    int: "a whole number from 0",
    os.PathLike: "a path",
    Sequence: "several",
    Collection: "several",
}


def parse_keywords(given: Mapping[str, Any], keywords: type[K]) -> K:
    """Return what the keywords say; one that is None says nothing, as if it were left out.

    Raises UsageError for a name that `keywords`, a TypedDict, does not have, naming the closest, and for a value of
    another kind: `invite="no"` is no way of saying that nobody is invited.
    """
    kinds = get_type_hints(keywords)
    for name, value in given.items():
        if name not in kinds:
            names = sorted(kinds)
            facts = {"meant": did_you_mean(name, names), "known": ", ".join(names)}
            raise UsageError("usage.unknown_keyword", name=name, **facts)
        if value is not None and not is_of_kind(value, kinds[name]):
            raise UsageError("usage.keyword_kind", name=name, kind=kind_words(kinds[name]), value=_kind_of(value))
    return cast("K", {name: _plain(value) for name, value in given.items() if value is not None})


def is_of_kind(value: object, kind: Any) -> bool:
    """Tell whether a value is of a kind as a TypedDict names it; a number of numpy is a number.

    >>> is_of_kind(["a"], Sequence[str]), is_of_kind("a", Sequence[str]), is_of_kind(True, int), is_of_kind("no", bool)
    (True, False, False, False)
    """
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, types.UnionType):
        return any(is_of_kind(value, argument) for argument in arguments)
    if origin in (Sequence, Collection):
        plain = isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping)
        return plain and all(is_of_kind(each, arguments[0]) for each in cast("Iterable[object]", value))
    if origin is Mapping:
        pairs = value.items() if isinstance(value, Mapping) else [(None, None)]
        return all(is_of_kind(each, kind) for pair in pairs for each, kind in zip(pair, arguments, strict=True))
    if origin is int:
        return isinstance(value, Integral) and not isinstance(value, bool) and int(value) >= 0
    return isinstance(value, origin)


def kind_words(kind: Any) -> str:
    """Return in words what a keyword takes.

    >>> kind_words(str | Sequence[str]), kind_words(Mapping[str, Mapping[str, str]]), kind_words(int | None)
    ('a text or several', 'a dict of dicts of texts', 'a whole number from 0')
    """
    origin, arguments = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, types.UnionType):
        words = (kind_words(argument) for argument in arguments if argument is not type(None))
        return " or ".join(dict.fromkeys(words))
    if origin is Mapping:
        inner = kind_words(arguments[1])
        if "dict" in inner:
            return inner.replace("a dict", "a dict of dicts", 1)
        return inner.replace("a text", "a dict of texts")
    return _WORDS.get(origin, str(origin.__name__))


def _kind_of(value: object) -> str:
    """Return what was given instead, without what is in it: a password is given as a keyword, too."""
    name = type(value).__name__
    inner = [*value.values()] if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else []
    kinds = dict.fromkeys(type(each).__name__ for each in inner)
    return f"{name} of {', '.join(kinds)}" if kinds else name


def _plain(value: Any) -> Any:
    """Return a number of numpy as one of Python: what was asked for is remembered as JSON."""
    return int(value) if isinstance(value, Integral) and not isinstance(value, bool) else value
