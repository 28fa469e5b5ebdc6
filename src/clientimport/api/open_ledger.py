"""The ledger of this home, and the part of one account, to which runs of older versions are added once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from clientimport.api.platform_account import PlatformAccount
from clientimport.api.shared_key import shared_account_key
from clientimport.errors import SettingsUnusable, UsageError
from clientimport.model.remote import Account
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.client_history import ClientHistory, client_histories
from clientimport.push.ledger.identity_hmac import (
    IdentityHmac,
    account_address,
    account_key,
    key_from_secret,
    legacy_account_key,
)
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.ledger_key import ledger_key
from clientimport.push.ledger.unowned_runs import FORGOTTEN, UnownedRuns
from clientimport.push.ledger.who import who
from clientimport.push.run_history import load_run_record
from clientimport.settings.config_file import load_settings
from clientimport.settings.folders import ensure_folder, folders
from clientimport.settings.ledger_settings import shared_ledger_url


def open_ledger() -> Ledger:
    """Return the open ledger: the one that several desks share, where the settings name it, else this home's."""
    url = shared_ledger_url(load_settings(folders().config).ledger)
    if url is not None:
        return Ledger(url)
    ledger = open_home_ledger()
    place = ledger.moved_to()
    if place is None:
        return ledger
    ledger.close()
    raise SettingsUnusable("ledger.moved", file=folders().ledger, url=place, config=folders().config)


def open_home_ledger() -> Ledger:
    """Return the open ledger of this home, also where a shared one is in use."""
    return Ledger(ensure_folder(folders().state) / folders().ledger.name)


@contextmanager
def locked_account_ledger(session: PlatformAccount, account: Account) -> Iterator[AccountLedger]:
    """Open the account's ledger, locked, so that no other process sends to the account meanwhile."""
    with open_ledger() as ledger, ledger.locked_account(_account_name(ledger, session, account)):
        yield open_account_ledger(ledger, session, account)


@contextmanager
def unlocked_account_ledger(session: PlatformAccount, account: Account) -> Iterator[AccountLedger]:
    """Open the account's ledger only to see what was done before; others may be sending."""
    with open_ledger() as ledger:
        yield read_account_ledger(ledger, session, account)


def account_history(session: PlatformAccount, account: Account) -> Mapping[str, ClientHistory]:
    """Return when each client of the account was added and mailed from here, by its id."""
    with open_ledger() as ledger:
        operations = ledger.confirmed_operations(_account_name(ledger, session, account))
    return client_histories(operations, creating_mails=session.schema.creating_mails)


def open_account_ledger(ledger: Ledger, session: PlatformAccount, account: Account) -> AccountLedger:
    """Return the ledger of `account`. Raises UsageError and SettingsUnusable before anything is sent.

    Runs of before the ledger knew addresses are asked about once; runs that this command goes on with must be of the
    same account.
    """
    name, legacy = _account_name(ledger, session, account), legacy_account_key(session.schema.id, account)
    adopted = _adopt_older_runs(ledger, session, account, name, legacy)
    for run in session.ledger.runs:
        _require_same_account(ledger, run, name, session)
    key = _key(ledger, session, name)
    written_with = ledger.adoptions.previous_keys(name, legacy, key_from_secret(session.secret), key)
    if adopted and not written_with:
        session.dialog.warn("ledger.other_secret")
    return _account_ledger(ledger, name, legacy, key, written_with)


def read_account_ledger(ledger: Ledger, session: PlatformAccount, account: Account) -> AccountLedger:
    """Return the ledger of `account` for a command that sends nothing: no question is asked about older runs.

    Raises as `open_account_ledger` for a run of another account.
    """
    name, legacy = _account_name(ledger, session, account), legacy_account_key(session.schema.id, account)
    for run in session.ledger.runs:
        _require_same_account(ledger, run, name, session)
    key = _key(ledger, session, name)
    return _account_ledger(ledger, name, legacy, key, ledger.adoptions.kept_previous_keys(name, key))


def _account_ledger(
    ledger: Ledger, name: str, legacy: str, key: bytes, written_with: tuple[bytes, ...]
) -> AccountLedger:
    """Return the ledger of the account `name`, which knows what was written with its keys of before, too."""
    previous = tuple(IdentityHmac.for_account(legacy, secret) for secret in written_with)
    return AccountLedger(ledger, IdentityHmac.for_account(name, key), ledger.clock, previous)


def _account_name(ledger: Ledger, session: PlatformAccount, account: Account) -> str:
    """Return what the ledger calls an account; the built-in platform has its own data in each home."""
    if ledger.is_shared and session.connection.sandbox:
        home = hashlib.sha256(str(folders().state.absolute()).encode()).hexdigest()[:8]
        account = replace(account, address=f"{account.address}:{who()}:{home}")
    return account_key(session.schema.id, account)


def _key(ledger: Ledger, session: PlatformAccount, name: str) -> bytes:
    """Return the key that clients are known under. Raises SettingsUnusable, and UsageError for a desk that is out."""
    if ledger.is_shared:
        return shared_account_key(ledger, name, session.secret)
    return ledger_key(ledger, folders().ledger_key)


def _adopt_older_runs(ledger: Ledger, session: PlatformAccount, account: Account, name: str, legacy: str) -> bool:
    """Adopt older runs where it is known or said that they are this account's; return whether any were adopted."""
    groups, sandbox = _open_groups(ledger, session, name, legacy), session.connection.sandbox
    if not groups:
        return False
    connections = [group.connection for group in groups]
    if sandbox or _went_here(groups, session, account):
        return ledger.adoptions.adopt(legacy, name, connections, sandbox=sandbox) > 0
    ledger.adoptions.decline(legacy, name, connections)
    return False


def _open_groups(ledger: Ledger, session: PlatformAccount, name: str, legacy: str) -> tuple[UnownedRuns, ...]:
    """Return the runs that may have gone to this account, unless it was said before that they did not."""
    every = ledger.adoptions.unowned_runs(legacy, sandbox=session.connection.sandbox)
    if not every:
        return ()
    here = [group for group in every if not _leads_elsewhere(group.connection, session)]
    others = {group.connection for group in every} - {group.connection for group in here}
    if session.connection.sandbox:
        others |= {group.connection for group in ledger.adoptions.unowned_runs(legacy, sandbox=False)} - {FORGOTTEN}
    declined = frozenset() if session.ledger.adopts else ledger.adoptions.declined_connections(legacy, name)
    # The connection of forgotten runs is not known: they go with the others, and never before them.
    return tuple(group for group in here if group.connection not in declined and (group.connection or not others))


def _leads_elsewhere(connection: str, session: PlatformAccount) -> bool:
    """Return whether a saved connection leads to another address: its runs are asked about when it is used."""
    saved = load_settings(folders().config).connections.get(connection)
    return saved is not None and saved.address != session.connection.address


def _went_here(groups: Sequence[UnownedRuns], session: PlatformAccount, account: Account) -> bool:
    """Return whether these runs went to this account, by an option or an answer. Raises UsageError without one."""
    if session.ledger.adopts is not None:
        return session.ledger.adopts
    messages, named = session.dialog.messages, [group for group in groups if group.connection]
    what = messages.phrase("ledger.forgotten_runs")
    if named:
        moments = {"first": min(group.first for group in named), "last": max(group.last for group in named)}
        days = {name: messages.format_date(date.fromisoformat(moment[:10])) for name, moment in moments.items()}
        names = ", ".join(group.connection for group in named)
        what = messages.plural("ledger.older_runs", sum(group.runs for group in named), names=names, **days)
    facts = {"what": what, "account": account.name, "address": session.connection.address}
    if not session.dialog.is_interactive:
        raise UsageError("ledger.adopt", **facts)
    return session.dialog.ask_yes_or_no(messages.phrase("ledger.ask_adopt", **facts))


def _require_same_account(ledger: Ledger, run: str, name: str, session: PlatformAccount) -> None:

    record = load_run_record(ledger, run)
    if record.account != name:
        address = account_address(record.account)
        facts = {"run": record.id, "name": record.account_name, "connection": session.connection.name}
        code = "run.other_account" if address else "run.older_account"
        raise UsageError(code, **facts, there=address, here=session.connection.address)
