"""States of an account for tests of the page and the workbook: made by the program's own tables from plain clients."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from clientimport.model.client import Client
from clientimport.model.finding import Finding, Severity
from clientimport.model.remote import Account, RemoteClient
from clientimport.push.account_tables import ClientTables
from clientimport.push.ledger.client_history import ClientHistory
from clientimport.push.plan.diff import Difference
from clientimport.push.plan.plan import Plan, PlanEntry, PlanSource
from clientimport.reports.account.account_state import AccountState

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
HARM = "<script>document.title='x'</script><img src=x onerror=alert(1)>{{ 7*7 }}</td><b>&amp;"
NUMBER = "85.07.30-033.28"
WRONG = Finding("company_number.check_digits", Severity.ERROR, 20, "B", "company_number", "Nr", "0403019262", None)


def remote(number: int, status: str, name: str = "") -> RemoteClient:
    fields = {
        "legal_name": name or f"Client {number}",
        "company_number": f"04030{number:05d}",
        "contact_email": f"an@client{number}.be",
    }
    return RemoteClient(f"id-{number:04d}", status, fields, 0 if status == "draft" else 1)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


STATUSES = ("draft", "invited", "active", "archived", "lost", "failed")
CLIENTS = tuple(remote(number, STATUSES[number % len(STATUSES)]) for number in range(18))
HISTORIES = {
    client.client_id: ClientHistory(ago(60 - 2 * n), () if client.status == "draft" else (ago(50 - 2 * n),))
    for n, client in enumerate(CLIENTS)
    if n != 7
}
"""Of one invited client nothing is known."""


def plan(*more: PlanEntry) -> Plan:
    """Return the plan of a file with a new client, two that differ, one with an error, and what `more` are."""
    new = PlanEntry(Client(2, (2, 3), {"legal_name": HARM, "contact_email": "x@y.be"}))
    differing = [
        PlanEntry(Client(4 + n, (4 + n,), CLIENTS[n].fields), CLIENTS[n], (Difference("city", "Gent", NUMBER),))
        for n in (0, 1)
    ]
    same = [PlanEntry(Client(10 + n, (10 + n,), CLIENTS[n].fields), CLIENTS[n]) for n in range(2, 10)]
    wrong = PlanEntry(Client(20, (20,), {**CLIENTS[10].fields, "iban": "x"}), findings=(WRONG,))
    lost = PlanEntry(Client(21, (21,), {"legal_name": "Nowhere"}), findings=(WRONG,))
    source, account = PlanSource("clients.xlsx", "0" * 64), Account("office-1", "Demo Office")
    existing = (*differing, *same, *more)
    return Plan("banqup-partner", account, source, (new,), existing, (), (wrong, lost))


def state(*, of_file: bool = True, platform: str = "banqup-partner") -> AccountState:
    making = ClientTables(HISTORIES, NOW)
    tables = making.of_file(plan(), CLIENTS) if of_file else making.of_account(CLIENTS)
    title = f"office · Demo Office {NUMBER} · Banqup Partner Space"
    shown = (tables.rows, tables.clients, tables.differences, tables.only_on_platform)
    return AccountState(platform, title, False, NOW, f"clients {NUMBER}.xlsx" if of_file else None, *shown)
