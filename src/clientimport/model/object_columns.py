"""JSON objects whose values stand in columns: their texts are made column by column, as `json.dumps` makes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

EncodeText = Callable[[str], str]
"""Returns a text as JSON has it, in its quotes."""


def object_contents(
    columns: Mapping[str, Sequence[str | None]], encode: EncodeText, separator: str = ", "
) -> list[str]:
    """Return what stands between the braces of the object of each row; null is left out.

    >>> object_contents({"city": ["Gent", None], "country": ["BE", "LU"]}, json.dumps)
    ['"city": "Gent", "country": "BE"', '"country": "LU"']
    """
    entries = [_entries(name, texts, encode) for name, texts in columns.items()]
    return [separator.join(filter(None, row)) for row in zip(*entries, strict=True)]


def _entries(name: str, texts: Sequence[str | None], encode: EncodeText) -> list[str | None]:
    head = f"{encode(name)}: "
    return [None if text is None else head + encode(text) for text in texts]


def object_form(document: Mapping[str, object], varying: Mapping[str, str]) -> str:
    """Return an object as a form of the operator `%`: `varying` is what stands for the values that are filled in.

    >>> object_form({"row": None, "share": "100%"}, {"row": "%d"}) % 4
    '{"row": 4, "share": "100%"}'
    """
    entries = (
        f"{json.dumps(name)}: {varying.get(name) or json.dumps(value).replace('%', '%%')}"
        for name, value in document.items()
    )
    return f"{{{', '.join(entries)}}}"
