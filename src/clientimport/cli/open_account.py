"""The account session: from `-c NAME` to an account on a platform; the built-in sandbox runs as long as the command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from clientimport.cli.console import Console
from clientimport.cli.options import AccountOptions, PlatformOptions
from clientimport.connectors.protocol import Connector
from clientimport.errors import UsageError
from clientimport.messages.printable import printable
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import Account
from clientimport.schema.loader import load_schema
from clientimport.settings.config_file import SANDBOX, load_settings
from clientimport.settings.folders import folders
from clientimport.settings.secrets import connection_secret
from clientimport.storage.atomic_write import require_writable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """What the ledger must know of an account."""

    runs: tuple[str, ...] = ()
    """Earlier runs that must have gone to the same account."""
    adopts: bool | None = None
    """Whether older runs, which have no address, went where the connection leads; None: the user is asked."""


@dataclass(frozen=True, slots=True)
class AccountSession:
    """One account and the secret that opens it."""

    connection: Connection
    schema: PlatformSchema
    secret: str
    console: Console
    ledger: LedgerAccount = LedgerAccount()

    def run(self, act: Callable[[Connector], Awaitable[T]]) -> T:
        """Return what `act` makes of the connector, which is closed afterwards in any case."""
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

    def heading(self, account: Account | None = None) -> str:
        """Return whose account on which platform this is; the sandbox is named loudly."""
        parts = [self.schema.name, account.name if account else "", self.connection.name]
        if self.connection.sandbox:
            parts[-1] = self.console.messages.phrase("sandbox.mark")
        return " · ".join(printable(part) for part in reversed(parts) if part)


def connection_data(connection: Connection) -> dict[str, object]:
    """Return what JSON says about an account."""
    return {"connection": connection.name, "platform": connection.platform, "sandbox": connection.sandbox}


@contextmanager
def open_account(
    on: AccountOptions, console: Console, ledger: LedgerAccount = LedgerAccount()
) -> Iterator[AccountSession]:
    """Open the account that `on` names. Raises UsageError, SettingsUnusable or CredentialsRefused."""
    if on.connection == SANDBOX:
        with _sandbox(on.platform) as (connection, schema, secret):
            session = AccountSession(connection, schema, secret, console, ledger)
            console.account_data.update(session.data)
            yield session
        return
    connection = saved_connection(on.connection, on.platform)
    schema = load_schema(connection.platform)
    console.account_data.update(connection_data(connection))
    warn_unknown_host(connection, schema, console)
    prompt = console.messages.phrase("ask.secret", name=connection.name)
    ask = (lambda: console.ask_secret(prompt)) if console.is_interactive else None
    yield AccountSession(connection, schema, connection_secret(connection.name, ask), console, ledger)


def warn_unknown_host(connection: Connection, schema: PlatformSchema, console: Console) -> None:
    """Warn that the secret goes to a host which is not known to be the platform's."""
    known = schema.api.domains if schema.api else ()
    if known and not connection.is_in_domains(known):
        facts = {"host": connection.host, "platform": schema.name, "known": ", ".join(known)}
        console.warn("connection.unknown_host", **facts)


def saved_connection(name: str, platform: str | None) -> Connection:
    """Return the saved connection; another platform than its own is refused."""
    connection = load_settings(folders().config).connection(name)
    if platform not in (None, connection.platform):
        raise UsageError("connection.other_platform", name=name, platform=connection.platform, asked=platform)
    return connection


def schema_for(against: PlatformOptions) -> PlatformSchema:
    """Return the schema of the platform that was named, itself or through a connection. Raises UsageError."""
    if against.connection not in (None, SANDBOX):
        return load_schema(saved_connection(str(against.connection), against.platform).platform)
    if against.platform is None:
        from clientimport.schema.data_files import platform_ids

        raise UsageError("usage.no_platform", known=", ".join(platform_ids()))
    return load_schema(against.platform)


@contextmanager
def _sandbox(platform: str | None) -> Iterator[tuple[Connection, PlatformSchema, str]]:
    from clientimport.sandbox import SandboxOptions, dialects, running

    known = ", ".join(dialects())
    if platform is None:
        raise UsageError("usage.sandbox_platform", known=known)
    schema = load_schema(platform)
    if schema.id not in dialects():
        raise UsageError("sandbox.no_platform", platform=schema.name, known=known)
    database = folders().sandbox
    require_writable(database)
    with running(SandboxOptions(database=database)) as url:
        yield Connection(SANDBOX, schema.id, f"{url}/{schema.id}", "demo", sandbox=True), schema, "demo"
