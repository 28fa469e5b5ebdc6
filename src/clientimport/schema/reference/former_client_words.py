"""The words by which offices say that somebody is no client any more (schemas/_former_clients.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import tomli

from clientimport.schema.data_files import data_folder


@dataclass(frozen=True, slots=True)
class FormerClientWords:
    """The words of schemas/_former_clients.toml, normalised."""

    everywhere: re.Pattern[str]
    perhaps: str
    """An expression of Arrow's for texts that may say it: more than do, found in whole columns at once."""
    alone: frozenset[str]
    headers: Mapping[str, frozenset[str]]
    """Kind of column (status, active, left, end) -> its headers."""
    yes: frozenset[str]
    no: frozenset[str]


@cache
def former_client_words() -> FormerClientWords:
    """Return the words by which offices say that somebody is no client any more."""
    document = tomli.loads((data_folder("schemas") / "_former_clients.toml").read_text(encoding="utf-8"))
    negations = "|".join(sorted(document["not_so"], key=len, reverse=True))
    phrases = "|".join(sorted(document["everywhere"], key=len, reverse=True))
    loosely = phrases.replace(" ", "[^0-9a-z]+")
    return FormerClientWords(
        re.compile(rf"(?<!\S)(?:(?P<negated>{negations}) )?(?:{phrases})(?!\S)"),
        rf"(?i){loosely}|[(\[{{*]|^\s*(?:zzz|xxx)|[^\x{{0}}-\x{{7f}}]",
        frozenset(document["alone"]),
        {kind: frozenset(headers) for kind, headers in document["headers"].items()},
        frozenset(document["answers"]["yes"]),
        frozenset(document["answers"]["no"]),
    )
