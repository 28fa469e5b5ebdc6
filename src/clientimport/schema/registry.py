"""How a name in a schema file becomes a function: unknown names and parameters are refused with a suggestion."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from clientimport.errors import SchemaUnusable
from clientimport.model.did_you_mean import did_you_mean

T = TypeVar("T")


def build(registered: Mapping[str, Callable[..., T]], spec: Mapping[str, Any], where: str) -> T:
    """Call the function that `spec["name"]` names with the other keys of `spec` as its keyword parameters.

    `where` says in which file and entry the spec stands. Raises SchemaUnusable.

    >>> build({"twice": lambda *, of: of * 2}, {"name": "twice", "of": 3}, "x.toml")
    6
    """
    name = str(spec.get("name", ""))
    function = registered.get(name)
    if function is None:
        raise SchemaUnusable("schema.unknown_name", where=where, name=name, meant=did_you_mean(name, registered) or "–")
    parameters = {key: _frozen(value) for key, value in spec.items() if key != "name"}
    require_known_keys(parameters, inspect.signature(function).parameters, f"{where}, {name}")
    try:
        return function(**parameters)
    except TypeError as error:
        raise SchemaUnusable("schema.bad_parameters", where=f"{where}, {name}", reason=error) from error


def require_known_keys(given: Mapping[str, Any], allowed: Mapping[str, Any], where: str) -> None:
    """Raise SchemaUnusable for the first key of `given` that is not in `known`."""
    for key in given:
        if key not in allowed:
            raise SchemaUnusable("schema.unknown_key", where=where, key=key, meant=did_you_mean(key, allowed) or "–")


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
