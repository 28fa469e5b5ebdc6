"""Access: from `-c NAME` to a platform that lets us in; the built-in sandbox lives as long as the command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from clientimport.cli import settings
from clientimport.cli.console import Console
from clientimport.cli.options import AccountOptions, PlatformOptions
from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.messages.printable import printable
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import Account
from clientimport.schema.loader import load_schema
from clientimport.storage.atomic_write import require_writable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """What a command goes on with of what the ledger has."""

    runs: tuple[str, ...] = ()
    """Earlier runs that must have gone to the same account."""
    adopts: bool | None = None
    """Whether runs of before the ledger knew addresses went where the connection leads; None: somebody is asked."""


@dataclass(frozen=True, slots=True)
class AccountSession:
    """One account and the secret that opens it."""

    connection: Connection
    schema: PlatformSchema
    secret: str
    console: Console
    ledger: LedgerAccount = LedgerAccount()

    def run(self, act: Callable[[Connector], Awaitable[T]]) -> T:
        """Return what `act` makes of the connector, closed afterwards whatever happens."""
        import asyncio  # 27 ms that a file alone does not need

        return asyncio.run(self._use(act))

    async def _use(self, act: Callable[[Connector], Awaitable[T]]) -> T:
        from clientimport.connectors import connect

        connector = connect(self.schema, self.connection, self.secret)
        try:
            return await act(connector)
        finally:
            await connector.close()

    @property
    def data(self) -> dict[str, object]:
        """What JSON says about the account."""
        return connection_data(self.connection)

    def heading(self, screen: Console, account: Account | None = None) -> str:
        """Return whose account on which platform this is; the sandbox is named loudly."""
        parts = [self.schema.name, account.name if account else "", self.connection.name]
        if self.connection.sandbox:
            parts[-1] = screen.messages.phrase("sandbox.mark")
        return " · ".join(printable(part) for part in reversed(parts) if part)


def connection_data(connection: Connection) -> dict[str, object]:
    """Return what JSON says about an account."""
    return {"connection": connection.name, "platform": connection.platform, "sandbox": connection.sandbox}


@contextmanager
def open_account(
    on: AccountOptions, screen: Console, ledger: LedgerAccount = LedgerAccount()
) -> Iterator[AccountSession]:
    """Open the account that `on` names. Raises UsageError, SettingsUnusable or CredentialsRefused."""
    if on.connection == settings.SANDBOX:
        with _sandbox(on.platform) as (connection, schema, secret):
            opened = AccountSession(connection, schema, secret, screen, ledger)
            screen.account_data.update(opened.data)
            yield opened
        return
    connection = saved_connection(on.connection, on.platform)
    schema = load_schema(connection.platform)
    screen.account_data.update(connection_data(connection))
    warn_unknown_host(connection, schema, screen)
    prompt = screen.messages.phrase("ask.secret", name=connection.name)
    ask = (lambda: screen.ask_secret(prompt)) if screen.is_interactive else None
    yield AccountSession(connection, schema, settings.secret(connection.name, ask), screen, ledger)


def warn_unknown_host(connection: Connection, schema: PlatformSchema, screen: Console) -> None:
    """Say that the secret goes to a computer which is not known to be the platform's."""
    known = schema.api.domains if schema.api else ()
    if known and not connection.is_in_domains(known):
        facts = {"host": connection.host, "platform": schema.name, "known": ", ".join(known)}
        screen.warn("connection.unknown_host", **facts)


def saved_connection(name: str, platform: str | None) -> Connection:
    """Return the saved connection; another platform than its own is refused."""
    connection = settings.load_settings(settings.folders().config).connection(name)
    if platform not in (None, connection.platform):
        raise UsageError("connection.other_platform", name=name, platform=connection.platform, asked=platform)
    return connection


def schema_for(against: PlatformOptions) -> PlatformSchema:
    """Return the schema of the platform that was named, itself or through a connection. Raises UsageError."""
    if against.connection not in (None, settings.SANDBOX):
        return load_schema(saved_connection(str(against.connection), against.platform).platform)
    if against.platform is None:
        from clientimport.schema.loader import platform_ids

        raise UsageError("usage.no_platform", known=", ".join(platform_ids()))
    return load_schema(against.platform)


@contextmanager
def _sandbox(platform: str | None) -> Iterator[tuple[Connection, PlatformSchema, str]]:
    from clientimport.sandbox import SandboxOptions, platforms, running

    known = ", ".join(platforms())
    if platform is None:
        raise UsageError("usage.sandbox_platform", known=known)
    schema = load_schema(platform)
    if schema.id not in platforms():
        raise UsageError("sandbox.no_platform", platform=schema.name, known=known)
    database = settings.folders().sandbox
    require_writable(database)
    with running(SandboxOptions(database=database)) as url:
        yield Connection(settings.SANDBOX, schema.id, f"{url}/{schema.id}", "demo", sandbox=True), schema, "demo"
