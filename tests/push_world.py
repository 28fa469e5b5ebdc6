"""A small world for push tests: a handful of clients per platform, the sandbox over real HTTP, a ledger in a folder."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import urllib.request
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from clientimport.connectors import connect
from clientimport.connectors.protocol import Connector
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.postgres_url import PostgresUrl
from clientimport.model.remote import PushOptions
from clientimport.push.ledger.account_ledger import AccountLedger
from clientimport.push.ledger.database import LedgerPlace
from clientimport.push.ledger.identity_hmac import IdentityHmac
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.ledger_key import ledger_key
from clientimport.push.ledger.records import RunRecord
from clientimport.push.plan.make_plan import make_plan
from clientimport.push.plan.plan import Plan, PlanSource
from clientimport.push.plan.questionnaire import with_questionnaires
from clientimport.push.plan.snapshot import RemoteSnapshot, take_snapshot
from clientimport.push.push import push
from clientimport.push.push_request import PushRequest
from clientimport.push.run_history import load_run_record
from clientimport.push.run_result import RunResult
from clientimport.push.undo import undo, undo_items
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import Validation, validate
from ledgers import hold, ledger_of
from tables import mapped, table

T = TypeVar("T")
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
Row = Mapping[str, str | None]

PARTNER: tuple[Row, ...] = tuple(
    {
        "legal_name": name,
        "country": "BE",
        "contact_email": f"{first.lower()}@{name.lower()}.be",
        "contact_first_name": first,
        "contact_last_name": "Peeters",
        "contact_locale": "nl-BE",
        "company_number": number,
        "configuration_template": "Standard",
        "mandate": "yes",
    }
    for name, first, number in (
        ("Albak", "An", "0403019261"),
        ("Bobak", "Bo", "0403170701"),
        ("Cebak", "Ces", "0419618535"),
    )
)
CONSOLE_BE: tuple[Row, ...] = tuple(
    {
        "legal_name": row["legal_name"],
        "address": "Kerkstraat 1",
        "postal_code": "9000",
        "city": "Gent",
        "country": "BE",
        "company_number": row["company_number"],
        "vat_number": f"BE{row['company_number']}",
        "iban": "BE68539007547034",
        "language": "nl",
        "contact_name": "An Peeters",
        "contact_language": "nl",
        "contact_email": row["contact_email"],
        "assignee_emails": "ann@office.example,bob@office.example",
    }
    for row in PARTNER
)
CONSOLE_LU: tuple[Row, ...] = tuple(
    {
        "legal_name": f"Lux {number}",
        "address": "Rue du Fort 1",
        "postal_code": "1111",
        "city": "Luxembourg",
        "country": "LU",
        "rcs_number": number,
        "iban": "LU280019400644750000",
        "language": "fr",
        "contact_name": "Jean Muller",
        "contact_language": "fr",
        "contact_email": f"{number.lower()}@lux.lu",
    }
    for number in ("B123456", "B123457", "B123458")
)
ACCOUNTON: tuple[Row, ...] = tuple(
    {
        "person_type": "person",
        "contact_first_name": first,
        "contact_last_name": "Peeters",
        "contact_email": f"{first.lower()}@peeters.be",
        "national_register_number": number,
        "language": language,
        "labels": "Gent,Dossier X",
    }
    for first, number, language in (("An", "85073003328", "nl"), ("Bo", None, "fr"), ("Ces", None, "en"))
)
BILLIT: tuple[Row, ...] = tuple(
    {
        "legal_name": row["legal_name"],
        "vat_number": f"BE{row['company_number']}",
        "contact_email": row["contact_email"],
        "contact_first_name": row["contact_first_name"],
        "contact_last_name": "Peeters",
        "contact_mobile": "+32475123456",
        "language": "nl",
        "iban": "BE68539007547034",
        "street": "Kerkstraat",
        "house_number": "1",
        "postal_code": "9000",
        "city": "Gent",
        "country": "BE",
    }
    for row in PARTNER
)
ROWS: Mapping[str, tuple[Row, ...]] = {
    "banqup-partner": PARTNER,
    "banqup-console-be": CONSOLE_BE,
    "banqup-console-lu": CONSOLE_LU,
    "accounton": ACCOUNTON,
    "billit": BILLIT,
}
DRAFTING = tuple(platform for platform in ROWS if platform != "billit")
"""The platforms where a client is a draft until its mail goes out in a step of its own."""
FIELDS = {field: value for field, value in PARTNER[0].items() if value}
PIT = PushOptions(questionnaires={"*": "PIT"})


def patient_clock() -> Clock:
    """Return a clock at which every wait is over at once."""

    async def sleep(_seconds: float) -> None:
        await asyncio.sleep(0)

    return Clock(now=lambda: NOW, sleep=sleep, chance=lambda: 0.5)


def journal(ledger: Ledger, key: bytes = b"key", account: str = "office-1") -> AccountLedger:
    """Return a journal with a run begun, without any platform."""
    hold(ledger, account)
    made = AccountLedger(ledger, IdentityHmac.for_account(account, key), patient_clock())
    if ledger.run("r1") is None:
        ledger.begin_run(
            RunRecord("r1", "push", "office", "banqup-partner", False, account, "Office", "", "", "{}", "now"), ()
        )
    made.run = "r1"
    return made


def validated(platform: str, rows: tuple[Row, ...]) -> Validation:
    """Return the validation of a table with these canonical values."""
    fields = dict.fromkeys(name for row in rows for name in row)
    read = table({name: [row.get(name) for row in rows] for name in fields})
    return validate(read, mapped(read), load_schema(platform))


@dataclass
class World:
    """One office with its file, its home and the address of its platform."""

    url: str
    home: Path
    platform: str = "banqup-partner"
    rows: tuple[Row, ...] | None = None
    clock: Clock = field(default_factory=patient_clock)
    secret: str = "demo"
    client_id: str = "demo"
    timeout: float = 5.0
    paths: Mapping[str, str] = field(default_factory=dict)
    place: LedgerPlace | None = None
    """Where its ledger is, if not where the ledgers of the test that runs are."""

    def ledger(self) -> Ledger:
        """Open its ledger."""
        return Ledger(self.place or ledger_of(self.home))

    @property
    def creating_mails(self) -> bool:
        return load_schema(self.platform).creating_mails

    def connection(self) -> Connection:
        return Connection("office", self.platform, f"{self.url}/{self.platform}", self.client_id, paths=self.paths)

    def connector(self) -> Connector:
        return connect(load_schema(self.platform), self.connection(), self.secret, self.clock, self.timeout)

    def asked(self, act: Callable[[Connector], Awaitable[T]]) -> T:
        """Return what `act` makes of a connector."""

        async def use() -> T:
            connector = self.connector()
            try:
                return await act(connector)
            finally:
                await connector.close()

        return asyncio.run(use())

    def validation(self) -> Validation:
        return validated(self.platform, ROWS[self.platform] if self.rows is None else self.rows)

    def plan(self, seen: RemoteSnapshot, options: PushOptions = PIT) -> Plan:
        plan = make_plan(self.validation(), seen, PlanSource("clients.xlsx", "0" * 64))
        return with_questionnaires(plan, seen.lists, options)

    def planned(self) -> Plan:
        return self.plan(self.asked(take_snapshot))

    def journal(self, ledger: Ledger, account: str) -> AccountLedger:
        hold(ledger, f"{self.platform} {account}")
        shared = isinstance(self.place or ledger_of(self.home), PostgresUrl)
        key = b"shared" if shared else ledger_key(ledger, self.home / "ledger.key")
        return AccountLedger(ledger, IdentityHmac.for_account(f"{self.platform} {account}", key), self.clock)

    def push(self, *, plan: Plan | None = None, stop: asyncio.Event | None = None, **request: Any) -> RunResult:
        """Look at the platform and push, as one command does."""
        usual = {"connection": self.connection(), "options": PIT, "in_flight": 1, "creating_mails": self.creating_mails}
        asked = PushRequest(**{**usual, **request})

        async def act(connector: Connector) -> RunResult:
            known = plan or self.plan(await take_snapshot(connector), asked.options)
            with self.ledger() as ledger:
                return await push(known, connector, self.journal(ledger, known.account.id), asked, stop=stop)

        return self.asked(act)

    def through(self, url: str) -> World:
        """Return the same office, its platform reached at another address."""
        return dataclasses.replace(self, url=url)


def undone(world: World, run_id: str) -> RunResult:
    """Take a run back as one `runs undo` does."""

    async def act(connector: Connector) -> RunResult:
        seen = await take_snapshot(connector)
        with world.ledger() as ledger:
            taken = undo_items(ledger.operations_of_run(run_id), ledger.rows(run_id), seen.clients)
            journal = world.journal(ledger, seen.account.id)
            return await undo(taken, load_run_record(ledger, run_id), connector, journal)

    return world.asked(act)


def fetched(url: str, path: str) -> Any:
    """Return what the sandbox says of itself."""
    with urllib.request.urlopen(f"{url}/_sandbox/{path}") as response:
        return json.load(response)


def clients(url: str) -> list[dict[str, Any]]:
    return list(fetched(url, "clients")["clients"])


def mails(url: str) -> list[dict[str, Any]]:
    return list(fetched(url, "outbox")["mails"])
