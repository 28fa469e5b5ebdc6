"""Answers: what a person has said about pairs, remembered under keys from which no client can be read back."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clientimport.merging.client_list import ListedClient

_PURPOSE = "merge pair 1"
_DIGITS = 32
"""Of the key's 64: 128 bits, in which two pairs of any office never meet."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Which pairs are one client and which are two, by the key of the pair."""

    key: bytes = field(repr=False)
    """The secret that the keys are made with."""
    known: Mapping[str, bool] = field(default_factory=dict)

    def pair_key(self, a: ListedClient, b: ListedClient) -> str:
        """Return what a pair is known by, in any order and under any name of its lists."""
        message = json.dumps([_PURPOSE, *sorted((a.marks, b.marks))], ensure_ascii=False)
        return hmac.new(self.key, message.encode(), hashlib.sha256).hexdigest()[:_DIGITS]

    def about(self, a: ListedClient, b: ListedClient) -> bool | None:
        """Return what was said about a pair, None for nothing."""
        return self.known.get(self.pair_key(a, b)) if self.known else None

    def refuses(self, clients: Iterable[ListedClient]) -> bool:
        """Tell whether two of these were said to be two clients."""
        if not self.known:
            return False
        group = list(clients)
        return any(self.about(a, b) is False for at, a in enumerate(group) for b in group[at + 1 :])
