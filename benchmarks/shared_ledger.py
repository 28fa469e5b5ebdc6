"""How long a push takes for each client with a ledger in the home and with a shared one, in one run.

Starts PostgreSQL on this computer; see docs/decisions/0022-the-ledger-of-several-desks.md.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from clientimport.model.clock import Clock
from clientimport.model.postgres_url import parse_postgres_url
from clientimport.push.ledger.database import LedgerPlace
from clientimport.sandbox import SandboxOptions, running
from postgres_server import PostgresServer, running_postgres
from push_world import PARTNER, Row, World

CLIENTS = 400
ROUNDS = 5


def company_number(at: int) -> str:
    """Return a company number with its check digits."""
    body = f"{4_000_000 + at * 137:08d}"
    return f"{body}{97 - int(body) % 97:02d}"


def portfolio(clients: int) -> tuple[Row, ...]:
    """Return so many invented clients."""
    return tuple(
        {**PARTNER[0], "company_number": company_number(at), "contact_email": f"k{at}@firma{at}.be"}
        for at in range(clients)
    )


def seconds(place: LedgerPlace, home: Path, rows: tuple[Row, ...]) -> float:
    """Return how long one push takes, with its mails."""
    with running(SandboxOptions()) as url:
        world = World(url, home, rows=rows, place=place, clock=Clock())
        plan = world.planned()
        begun = time.perf_counter()
        run = world.push(plan=plan, invite=True, in_flight=8)
        took = time.perf_counter() - begun
    assert run.counts["invited"] == len(rows)
    return took


def place_on(server: PostgresServer, name: str) -> LedgerPlace:
    """Return an empty ledger on a server."""
    server.execute(f"CREATE SCHEMA {name}")
    return parse_postgres_url(server.url(settings={"options": f"-csearch_path%3D{name}"}))


def main() -> None:
    """Print how long each of them takes."""
    rows = portfolio(CLIENTS)
    took: dict[str, list[float]] = {"SQLite in the home": [], "PostgreSQL over loopback": []}
    with tempfile.TemporaryDirectory() as folder, running_postgres() as server:
        for at in range(ROUNDS):
            home = Path(folder) / str(at)
            took["SQLite in the home"].append(seconds(home / "state.db", home, rows))
            took["PostgreSQL over loopback"].append(seconds(place_on(server, f"r{at}"), home, rows))
    for name, all_seconds in took.items():
        each = [1000 * value / CLIENTS for value in all_seconds]
        print(f"{name}: {statistics.median(each):.1f} ms a client (best {min(each):.1f}, of {ROUNDS} runs)")


if __name__ == "__main__":
    main()
