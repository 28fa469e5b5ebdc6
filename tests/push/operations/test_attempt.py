"""What each operation comes to when the platform rejects it, its answer is lost, or it is not sent: one table.

At every write the ledger's file is read, so that the table shows what was on the disk before the request was answered.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from clientimport.connectors.protocol import Connector
from clientimport.errors import ClientImportError
from clientimport.push.invitations import InvitationLimit
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.operations.add_contacts import AddContacts
from clientimport.push.operations.create import CreateClient
from clientimport.push.operations.invite import InviteClient
from clientimport.push.operations.update import UpdateClient
from clientimport.push.run_result import RowResult, RowState
from clientimport.push.undo import UndoItem, undo
from clientimport.sandbox import running
from connectors.faulty_proxy import Exchange, Faults, faulty
from ledgers import around_the_program, ledger_of
from push.once import HELPLESS
from push_world import PARTNER, PIT, World, clients, journal

LOCALE = {"contact_locale": "fr-BE"}
CONTACT = {"contact_email": "bea@albak.be", "contact_first_name": "Bea"}
NAMELESS = {"contact_first_name": "Bea"}

Carry = Callable[[Connector, AccountLedger, str], Awaitable[RowResult]]
"""Carries out one operation on the client of this id."""


async def create(connector: Connector, ledger: AccountLedger, _id: str) -> RowResult:
    client = WORLD.validation().clients[0]
    return (await CreateClient(connector, ledger, PIT).create(client))[0]


async def update(connector: Connector, ledger: AccountLedger, client_id: str) -> RowResult:
    reached = RowResult(RowState.UNCHANGED, client_id)
    return await UpdateClient(connector, ledger).update(2, LOCALE, {"contact_locale": "nl-BE"}, reached)


async def invite(connector: Connector, ledger: AccountLedger, client_id: str) -> RowResult:
    return await InviteClient(connector, ledger, InvitationLimit(1)).invite(2, client_id, 0)


async def add_contact(connector: Connector, ledger: AccountLedger, client_id: str) -> RowResult:
    return await AddContacts(connector, ledger).add(2, [CONTACT], RowResult(RowState.UNCHANGED, client_id))


async def add_nameless(connector: Connector, ledger: AccountLedger, client_id: str) -> RowResult:
    return await AddContacts(connector, ledger).add(2, [NAMELESS], RowResult(RowState.UNCHANGED, client_id))


async def delete(connector: Connector, ledger: AccountLedger, client_id: str) -> RowResult:
    item = UndoItem(client_id, (2,), await connector.client(client_id), created=True, updates=(), mailed=False)
    head = ledger.home_ledger.run("r1")
    assert head is not None
    run = await undo([item], head, connector, ledger)
    if run.stop_reason is not None:
        raise run.stop_reason
    return run.rows[0].result


WORLD = World("", Path(), rows=PARTNER[:1])
"""One client, wherever its platform and its ledger are."""
EXECUTE: Mapping[str, Carry] = {
    "create": create,
    "update": update,
    "invite": invite,
    "contact": add_contact,
    "delete": delete,
}


def unavailable(_exchange: Exchange) -> tuple[Any, ...]:
    """Answer that something broke; nothing is carried out."""
    return 503, {}


def throttled(_exchange: Exchange) -> tuple[Any, ...]:
    """Ask for a pause that is longer than any run waits: what was sent was not looked at."""
    return 429, {}, {"Retry-After": "1000"}


def carried_out(exchange: Exchange) -> tuple[Any, ...]:
    """Carry it out, and answer that something broke."""
    exchange.ask(exchange.method, exchange.path, exchange.body)
    return 503, {}


def twice(exchange: Exchange) -> tuple[Any, ...]:
    """Carry it out twice, so that two clients have the same number."""
    exchange.ask(exchange.method, exchange.path, exchange.body)
    return carried_out(exchange)


def rejected(_exchange: Exchange) -> tuple[Any, ...]:
    """Reject it."""
    return 400, {"detail": "odd"}


@dataclass
class Line:
    """The line to the platform: the answers to the first writes, and how the ledger's file stood at each write."""

    folder: Path
    answers: list[Callable[[Exchange], tuple[Any, ...]]]
    repeat: bool = False
    """Give the last of the answers to every further write."""
    read: Callable[[Exchange], tuple[Any, ...] | None] = lambda _exchange: None
    """Answers what is only read, once something was written; None lets the platform do so."""
    on_disk: list[list[str]] = field(default_factory=list)
    """The states of all operations in the ledger's file when each write came in."""

    def __call__(self, exchange: Exchange) -> tuple[Any, ...] | None:
        if exchange.method == "GET":
            return self.read(exchange) if self.on_disk else None
        if "/oauth2/" in exchange.path:
            return None
        self.on_disk.append(states(self.folder))
        number = len(self.on_disk) - 1
        if number >= len(self.answers) and not self.repeat:
            return None
        return self.answers[min(number, len(self.answers) - 1)](exchange)


def states(folder: Path) -> list[str]:
    """Return the states of all operations in the file of the ledger, in the order in which they were begun."""
    with around_the_program(folder) as ledger:
        return [state for (state,) in ledger.query("SELECT state FROM action ORDER BY id")]


def client_hidden(exchange: Exchange) -> tuple[Any, ...] | None:
    """Show clients without a state and without a count of their mails."""
    status, document = exchange.ask("GET", exchange.path, None)
    return status, {key: value for key, value in document.items() if key not in ("status", "invitations")}


def unreadable(_exchange: Exchange) -> tuple[Any, ...]:
    """Answer as another program would."""
    return 200, {"nothing": "known"}


SITUATIONS: Mapping[str, tuple[list[Callable[[Exchange], tuple[Any, ...]]], bool]] = {
    "rejected": ([rejected], False),
    "lost and there": ([carried_out], False),
    "lost and not there": ([unavailable], False),
    "lost every time": ([unavailable], True),
    "not sent": ([throttled], False),
}
INTENT, ACKED, ABSENT = "intent", "acked", "absent"
THREE_TIMES = [[INTENT], [ABSENT, INTENT], [ABSENT, ABSENT, INTENT]]

TABLE: Mapping[tuple[str, str], tuple[str, list[list[str]], list[str]]] = {
    ("create", "rejected"): ("refused", [[INTENT]], ["refused"]),
    ("create", "lost and there"): ("created", [[INTENT]], [ACKED]),
    ("create", "lost and not there"): ("created", [[INTENT], [ABSENT, INTENT]], [ABSENT, ACKED]),
    ("create", "lost every time"): ("platform_down", THREE_TIMES, [ABSENT] * 3),
    ("create", "not sent"): ("rate_limited", [[INTENT]], ["unsent"]),
    ("update", "rejected"): ("failed", [[INTENT]], ["refused"]),
    ("update", "lost and there"): ("updated", [[INTENT]], [ACKED]),
    ("update", "lost and not there"): ("updated", [[INTENT], [ABSENT, INTENT]], [ABSENT, ACKED]),
    ("update", "lost every time"): ("platform_down", THREE_TIMES, [ABSENT] * 3),
    ("update", "not sent"): ("rate_limited", [[INTENT]], ["unsent"]),
    ("invite", "rejected"): ("invitation_failed", [[INTENT]], ["refused"]),
    ("invite", "lost and there"): ("invited", [[INTENT]], [ACKED]),
    ("invite", "lost and not there"): ("invited", [[INTENT], [ABSENT, INTENT]], [ABSENT, ACKED]),
    ("invite", "lost every time"): ("platform_down", THREE_TIMES, [ABSENT] * 3),
    ("invite", "not sent"): ("rate_limited", [[INTENT]], ["unsent"]),
    ("contact", "rejected"): ("failed", [[INTENT]], ["refused"]),
    ("contact", "lost and there"): ("updated", [[INTENT]], [ACKED]),
    ("contact", "lost and not there"): ("updated", [[INTENT], [ABSENT, INTENT]], [ABSENT, ACKED]),
    ("contact", "lost every time"): ("platform_down", THREE_TIMES, [ABSENT] * 3),
    ("contact", "not sent"): ("rate_limited", [[INTENT]], ["unsent"]),
    ("delete", "rejected"): ("kept", [[INTENT]], ["refused"]),
    ("delete", "lost and there"): ("undone", [[INTENT]], [ACKED]),
    ("delete", "lost and not there"): ("undone", [[INTENT], [ABSENT, INTENT]], [ABSENT, ACKED]),
    ("delete", "lost every time"): ("platform_down", THREE_TIMES, [ABSENT] * 3),
    ("delete", "not sent"): ("rate_limited", [[INTENT]], ["unsent"]),
}
"""Operation and situation -> what the row comes to, the ledger's file at each write, and the ledger afterwards."""


def carry_out(url: str, line: Line, execute: Carry, *, present: bool) -> str:
    """Return the state that the client came to, or the code of the reason to stop."""
    world = World(url, line.folder, rows=PARTNER[:1])
    if present:
        World(url, line.folder / "before", rows=PARTNER[:1]).push()
    client_id = str(clients(url)[0]["id"]) if present else ""
    faults = Faults(lie=line)

    async def act(connector: Connector) -> RowResult:
        with Ledger(ledger_of(line.folder)) as ledger:
            return await execute(connector, journal(ledger), client_id)

    with faulty(url, faults) as address:
        try:
            return world.through(address).asked(act).state.value
        except ClientImportError as stopped:
            return stopped.code


@pytest.mark.parametrize("operation", EXECUTE)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_what_an_operation_comes_to(tmp_path: Path, operation: str, situation: str) -> None:
    line = Line(tmp_path, *SITUATIONS[situation])
    with running(HELPLESS) as url:
        reached = carry_out(url, line, EXECUTE[operation], present=operation != "create")
    assert (reached, line.on_disk, states(tmp_path)) == TABLE[operation, situation]


UNKNOWN: Mapping[str, tuple[Carry, Callable[[Exchange], tuple[Any, ...]], Any, str, str]] = {
    "create": (create, twice, None, "uncertain", "uncertain"),
    "update": (update, carried_out, unreadable, "not_the_api", INTENT),
    "invite": (invite, carried_out, client_hidden, "uncertain", "uncertain"),
    "contact": (add_nameless, carried_out, None, "uncertain", "uncertain"),
    "delete": (delete, carried_out, unreadable, "not_the_api", INTENT),
}
"""Operation -> how it is carried out and answered, what is read then, what the row comes to, and the ledger's word."""


@pytest.mark.parametrize("operation", UNKNOWN)
def test_what_nobody_can_tell_is_sent_once_and_left_open(tmp_path: Path, operation: str) -> None:
    """What the same twice does not harm may be looked up by the next run; what it does waits for a person."""
    execute, answer, read, reached, state = UNKNOWN[operation]
    line = Line(tmp_path, [answer], read=read or (lambda _exchange: None))
    with running(HELPLESS) as url:
        assert carry_out(url, line, execute, present=operation != "create") == reached
    assert (line.on_disk, states(tmp_path)) == ([[INTENT]], [state])
