"""The opened journal: one account's part of the ledger, after older runs have found out whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from clientimport.cli import settings
from clientimport.push.ledger.identity_hmac import (
    IdentityHmac,
    account_address,
    account_key,
    key_from_secret,
    legacy_account_key,
)
from clientimport.push.ledger.unowned_runs import FORGOTTEN, UnownedRuns

if TYPE_CHECKING:
    from clientimport.cli.open_account import AccountSession
    from clientimport.model.remote import Account
    from clientimport.push.ledger.account_ledger import AccountLedger
    from clientimport.push.ledger.ledger import Ledger


def open_account_ledger(book: Ledger, opened: AccountSession, account: Account) -> AccountLedger:
    """Return the journal of `account`. Raises UsageError and SettingsUnusable before anything is sent.

    Runs of before the ledger knew addresses are asked about once; runs that this command goes on with must be of the
    same account.
    """
    from clientimport.push.ledger.ledger_key import ledger_key

    name, former = account_key(opened.schema.id, account), legacy_account_key(opened.schema.id, account)
    adopted = _adopted(book, opened, account, name, former)
    for run in opened.ledger.runs:
        _require_same_account(book, run, name, opened)
    key = ledger_key(book, settings.folders().ledger_key)
    written_with = book.adoptions.previous_keys(name, former, key_from_secret(opened.secret), key)
    if adopted and not written_with:
        opened.console.warn("ledger.other_secret")
    return _journal(book, name, former, key, written_with)


def read_account_ledger(book: Ledger, opened: AccountSession, account: Account) -> AccountLedger:
    """Return the journal of `account` for a command that sends nothing: nobody is asked about older runs.

    Raises as `opened_journal` for a run of another account.
    """
    from clientimport.push.ledger.ledger_key import ledger_key

    name, former = account_key(opened.schema.id, account), legacy_account_key(opened.schema.id, account)
    for run in opened.ledger.runs:
        _require_same_account(book, run, name, opened)
    key = ledger_key(book, settings.folders().ledger_key)
    return _journal(book, name, former, key, book.adoptions.kept_previous_keys(name, key))


def _journal(book: Ledger, name: str, former: str, key: bytes, written_with: tuple[bytes, ...]) -> AccountLedger:
    """Return the journal of the account `name`, which knows what was written with its keys of before, too."""
    from clientimport.model.clock import Clock
    from clientimport.push.ledger.account_ledger import AccountLedger

    before = tuple(IdentityHmac.for_account(former, one) for one in written_with)
    return AccountLedger(book, IdentityHmac.for_account(name, key), Clock(), before)


def _adopted(book: Ledger, opened: AccountSession, account: Account, name: str, former: str) -> bool:
    """Let runs without an address belong to the account where that is known or said; tell whether anything does now."""
    groups, sandbox = _open_groups(book, opened, name, former), opened.connection.sandbox
    if not groups:
        return False
    connections = [group.connection for group in groups]
    if sandbox or _went_here(groups, opened, account):
        return book.adoptions.adopt(former, name, connections, sandbox=sandbox) > 0
    book.adoptions.decline(former, name, connections)
    return False


def _open_groups(book: Ledger, opened: AccountSession, name: str, former: str) -> tuple[UnownedRuns, ...]:
    """Return the runs of which nobody has said yet whether they went to this account, and that may have."""
    every = book.adoptions.unowned_runs(former, sandbox=opened.connection.sandbox)
    if not every:
        return ()
    here = [group for group in every if not _leads_elsewhere(group.connection, opened)]
    others = {group.connection for group in every} - {group.connection for group in here}
    if opened.connection.sandbox:
        others |= {group.connection for group in book.adoptions.unowned_runs(former, sandbox=False)} - {FORGOTTEN}
    said = frozenset() if opened.ledger.adopts else book.adoptions.declined_connections(former, name)
    # Of forgotten runs nobody knows the connection: they go with the others, and never before them.
    return tuple(group for group in here if group.connection not in said and (group.connection or not others))


def _leads_elsewhere(connection: str, opened: AccountSession) -> bool:
    """Return whether a saved connection leads to another address: its runs are asked about when it is used."""
    known = settings.load_settings(settings.folders().config).connections.get(connection)
    return known is not None and known.address != opened.connection.address


def _went_here(groups: Sequence[UnownedRuns], opened: AccountSession, account: Account) -> bool:
    """Return what was said about where these runs went, by an option or now. Raises UsageError without anybody."""
    from clientimport.errors import UsageError

    if opened.ledger.adopts is not None:
        return opened.ledger.adopts
    words, named = opened.console.messages, [group for group in groups if group.connection]
    what = words.phrase("ledger.forgotten_runs")
    if named:
        moments = {"first": min(group.first for group in named), "last": max(group.last for group in named)}
        days = {name: words.format_date(date.fromisoformat(moment[:10])) for name, moment in moments.items()}
        names = ", ".join(group.connection for group in named)
        what = words.plural("ledger.older_runs", sum(group.runs for group in named), names=names, **days)
    facts = {"what": what, "account": account.name, "address": opened.connection.address}
    if not opened.console.is_interactive:
        raise UsageError("ledger.adopt", **facts)
    return opened.console.ask_yes_or_no(words.phrase("ledger.ask_adopt", **facts))


def _require_same_account(book: Ledger, run: str, name: str, opened: AccountSession) -> None:
    from clientimport.errors import UsageError
    from clientimport.push.run_history import load_run_record

    found = load_run_record(book, run)
    if found.account != name:
        there = account_address(found.account)
        facts = {"run": found.id, "name": found.account_name, "connection": opened.connection.name}
        code = "run.other_account" if there else "run.older_account"
        raise UsageError(code, **facts, there=there, here=opened.connection.address)
