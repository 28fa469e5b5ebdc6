"""What all dialects share while the platform runs: its memory, its lists, its clock, its offices."""

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
    """Also its client id when it signs in."""
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
    """One running platform."""

    store: Store
    setup: SeedData
    options: SandboxOptions
    now: Callable[[], datetime]
    requests: Counter[str] = field(default_factory=Counter)
    """How often each method and path was asked for."""


def account_of(platform: str, office: str) -> str:
    """Return under what the store keeps an office's data on a platform.

    >>> account_of("accounton", "demo")
    'accounton/demo'
    """
    return f"{platform}/{office}"
