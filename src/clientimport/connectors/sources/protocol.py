"""A source system: what each of them can do for us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PulledClients:
    """The clients of an office as a table: every row a client with one contact person."""

    headers: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    """Header -> text, without the empty ones."""


class ClientSource(Protocol):
    """One office in one program. Methods raise PlatformUnreachable, CredentialsRefused and SettingsUnusable."""

    async def clients(self) -> PulledClients:
        """Return all clients."""
        ...

    async def close(self) -> None:
        """Close the connection."""
        ...
