"""The account session: from `-c NAME` to an account on a platform; the built-in sandbox runs as long as the command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from clientimport.api.connections import platform_schema, running_sandbox, saved_connection, warn_unknown_host
from clientimport.api.platform_account import NO_RUNS, LedgerAccount, PlatformAccount
from clientimport.cli.console import Console
from clientimport.cli.options import AccountOptions, PlatformOptions
from clientimport.connectors.protocol import Connector
from clientimport.messages.printable import printable
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.model.remote import Account
from clientimport.schema.loader import load_schema
from clientimport.settings.config_file import SANDBOX
from clientimport.settings.secrets import connection_secret

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AccountSession:
    """One account and the secret that opens it."""

    connection: Connection
    schema: PlatformSchema
    secret: str
    console: Console
    ledger: LedgerAccount = NO_RUNS

    def run(self, act: Callable[[Connector], Awaitable[T]]) -> T:
        """Return what `act` makes of the connector, which is closed afterwards in any case."""
        import asyncio  # 27 ms that a file alone does not need

        return asyncio.run(self.account.use(act))

    @property
    def account(self) -> PlatformAccount:
        """The account, as the Python API has it."""
        return PlatformAccount(self.connection, self.schema, self.secret, self.ledger, self.console)

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
def open_account(on: AccountOptions, console: Console, ledger: LedgerAccount = NO_RUNS) -> Iterator[AccountSession]:
    """Open the account that `on` names. Raises UsageError, SettingsUnusable or CredentialsRefused."""
    if on.connection == SANDBOX:
        with running_sandbox(on.platform) as (connection, schema, secret):
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


def schema_for(against: PlatformOptions) -> PlatformSchema:
    """Return the schema of the platform that was named, itself or through a connection. Raises UsageError."""
    return platform_schema(against.platform, against.connection)
