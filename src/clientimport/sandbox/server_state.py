"""The server state that all dialects share: the store, the seed data, the options, the clock and the offices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from clientimport.sandbox import SandboxOptions
from clientimport.sandbox.seed_data import SeedData
from clientimport.sandbox.store import Store


@dataclass(frozen=True, slots=True)
class OfficeAccount:
    """An accounting firm with an account on every platform."""

    id: str
    """Also the client id with which it signs in."""
    name: str
    secret: str


OFFICES: Mapping[str, OfficeAccount] = MappingProxyType(
    {
        "demo": OfficeAccount("demo", "Demo Office", "demo"),
        "office2": OfficeAccount("office2", "Second Office", "office2"),
    }
)


@dataclass(frozen=True, slots=True)
class ServerState:
    """The state of one running sandbox."""

    store: Store
    seed_data: SeedData
    options: SandboxOptions
    now: Callable[[], datetime]
    requests: Counter[str] = field(default_factory=Counter)
    """How many requests each method and path had."""


def account_key(platform: str, office: str) -> str:
    """Return the store's key of an office's account on a platform.

    >>> account_key("accounton", "demo")
    'accounton/demo'
    """
    return f"{platform}/{office}"
