"""A platform account: where a connection leads, with the secret that opens it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from clientimport.api.dialog import Dialog, SilentDialog
from clientimport.connectors.protocol import Connector
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """What the ledger must know of an account."""

    runs: tuple[str, ...] = ()
    """Earlier runs that must have gone to the same account."""
    adopts: bool | None = None
    """Whether older runs, which have no address, went where the connection leads; None: the user is asked."""


NO_RUNS = LedgerAccount()


@dataclass(frozen=True, slots=True)
class PlatformAccount:
    """One account on a platform, opened for each step and closed after it."""

    connection: Connection
    schema: PlatformSchema
    secret: str = field(repr=False)
    ledger: LedgerAccount = NO_RUNS
    dialog: Dialog = field(default_factory=SilentDialog, repr=False)

    async def use(self, act: Callable[[Connector], Awaitable[T]]) -> T:
        """Return what `act` makes of the connector, which is closed afterwards in any case."""
        from clientimport.connectors import connect

        connector = connect(self.schema, self.connection, self.secret)
        try:
            return await act(connector)
        finally:
            await connector.close()
