"""Connections: the saved ones by name, and the embedded platform."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from weakref import finalize

from clientimport.api.dialog import Dialog, SilentDialog
from clientimport.api.english_errors import english_errors
from clientimport.api.platform_account import LedgerAccount, PlatformAccount
from clientimport.errors import UsageError
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema
from clientimport.push.ledger.records import RunRecord
from clientimport.schema.data_files import platform_ids
from clientimport.schema.loader import load_schema
from clientimport.settings.config_file import SANDBOX, load_settings
from clientimport.settings.folders import folders
from clientimport.settings.secrets import connection_secret
from clientimport.storage.atomic_write import require_writable


def saved_connection(name: str, platform: str | None) -> Connection:
    """Return the saved connection; another platform than its own is refused."""
    connection = load_settings(folders().config).connection(name)
    if platform not in (None, connection.platform):
        raise UsageError("connection.other_platform", name=name, platform=connection.platform, asked=platform)
    return connection


def platform_schema(platform: str | None, connection: str | None) -> PlatformSchema:
    """Return the schema of the platform that is named, itself or through a connection. Raises UsageError."""
    if connection not in (None, SANDBOX):
        return load_schema(saved_connection(str(connection), platform).platform)
    if platform is None:
        raise UsageError("usage.no_platform", known=", ".join(platform_ids()))
    return load_schema(platform)


def warn_unknown_host(connection: Connection, schema: PlatformSchema, dialog: Dialog) -> None:
    """Warn that the secret goes to a host which is not known to be the platform's."""
    known = schema.api.domains if schema.api else ()
    if known and not connection.is_in_domains(known):
        facts = {"host": connection.host, "platform": schema.name, "known": ", ".join(known)}
        dialog.warn("connection.unknown_host", **facts)


@contextmanager
def running_sandbox(platform: str | None) -> Iterator[tuple[Connection, PlatformSchema, str]]:
    """Run the embedded platform; yield the connection to it, the platform's schema and the secret."""
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


def connect(
    name: str, *, platform: str | None = None, secret: str | None = None, adopt_ledger: bool | None = None
) -> PlatformAccount:
    """Return the account of a saved connection; its secret is in the environment or the keyring, or given here.

    `adopt_ledger` tells whether runs of an older version went where the connection leads. Raises SettingsUnusable for
    an unknown connection, and CredentialsRefused without a secret.
    """
    with english_errors():
        if name == SANDBOX:
            return sandbox(platform or "", adopt_ledger=adopt_ledger)
        connection, dialog = saved_connection(name, platform), SilentDialog()
        schema = load_schema(connection.platform)
        warn_unknown_host(connection, schema, dialog)
        key = secret or connection_secret(connection.name, None)
        return PlatformAccount(connection, schema, key, LedgerAccount(adopts=adopt_ledger), dialog)


def sandbox(platform: str, *, adopt_ledger: bool | None = None) -> PlatformAccount:
    """Return an account on the embedded platform, which runs until it is closed: at the end of a `with`, or of Python.

    It keeps its clients in the same file as the command line's `-c sandbox`. Raises UsageError without the extra.
    """
    with english_errors():
        resources = ExitStack()
        connection, schema, secret = resources.enter_context(running_sandbox(platform or None))
        known = LedgerAccount(adopts=adopt_ledger)
        account = PlatformAccount(connection, schema, secret, known, SilentDialog(), resources)
        finalize(account, resources.close)
        return account


@contextmanager
def account_of_run(
    record: RunRecord, ledger: LedgerAccount, account: PlatformAccount | None
) -> Iterator[tuple[RunRecord, PlatformAccount]]:
    """Open the account that a run went to: the one that is open still, or its connection again."""
    if account is not None:
        yield record, replace(account, ledger=ledger)
        return
    with connect(record.connection, platform=record.platform) as opened:
        yield record, replace(opened, ledger=ledger)
