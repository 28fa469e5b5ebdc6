"""A platform account: where a connection leads, with the secret that opens it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Self, TypeVar

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


@dataclass(frozen=True, slots=True, weakref_slot=True)
class PlatformAccount:
    """One account on a platform, opened for each step and closed after it."""

    connection: Connection
    schema: PlatformSchema
    secret: str = field(repr=False)
    ledger: LedgerAccount = NO_RUNS
    dialog: Dialog = field(default_factory=SilentDialog, repr=False)
    resources: ExitStack = field(default_factory=ExitStack, repr=False, compare=False)
    """What runs as long as the account is open: the sandbox."""

    @property
    def heading(self) -> str:
        """Whose account on which platform this is; the sandbox is named loudly."""
        return f"{'SANDBOX' if self.connection.sandbox else self.connection.name} · {self.schema.name}"

    def warn_unverified_api(self) -> None:
        """Warn that this platform's API was never seen at work; the sandbox needs no warning."""
        api = self.schema.api
        if api is not None and not api.verified and not self.connection.sandbox:
            self.dialog.warn("push.unverified", platform=self.schema.name, source=api.source)

    def close(self) -> None:
        """Stop what runs for it; a connection is opened for each step alone."""
        self.resources.close()

    def __enter__(self) -> Self:
        """Return the account, to be closed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    async def use(self, act: Callable[[Connector], Awaitable[T]]) -> T:
        """Return what `act` makes of the connector, which is closed afterwards in any case."""
        from clientimport.connectors import connect

        connector = connect(self.schema, self.connection, self.secret)
        try:
            return await act(connector)
        finally:
            await connector.close()
