"""Five pushes at once from two homes to one account and one ledger, while they and the server are killed at random.

The platform refuses nothing: a client that two desks create is there twice, and gets two mails.
CLIENTIMPORT_DESK_CRASHES=1000 (or `make crash-desks N=1000`) kills as many rounds; thirty without it.
"""

from __future__ import annotations

import csv
import multiprocessing
import multiprocessing.process
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from random import Random
from unittest.mock import patch

import pytest

from clientimport.sandbox import running
from ledgers import shared_ledger
from postgres_server import PostgresServer, running_postgres
from push.once import HELPLESS
from push_world import PARTNER, Row, clients, mails

pytestmark = pytest.mark.postgres
ROUNDS = int(os.environ.get("CLIENTIMPORT_DESK_CRASHES", "0")) or 30
SECONDS = 240
"""After so long a pipeline has seen enough; by hand every round is done."""
NUMBERS = (
    "0403019261",
    "0403170701",
    "0419618535",
    "0202239951",
    "0404484654",
    "0400378485",
    "0417497106",
    "0401574852",
)
PORTFOLIO: tuple[Row, ...] = tuple(
    {**PARTNER[0], "legal_name": f"Firma {at}", "contact_email": f"k{at}@firma{at}.be", "company_number": number}
    for at, number in enumerate(NUMBERS)
)
FILES = ((0, 4), (2, 6), (4, 8), (1, 5), (3, 7))
"""The rows of each desk's list; every client is in two of them at least, but for the first and the last."""


@dataclass(frozen=True)
class Office:
    """Two homes with a list for each of five desks."""

    folder: Path
    ledger: str
    platform: str

    def prepare(self) -> None:
        for desk, (first, last) in enumerate(FILES):
            home = self.home(desk)
            home.mkdir(parents=True, exist_ok=True)
            connection = f'platform = "banqup-partner"\nbase_url = "{self.platform}/banqup-partner"\nclient_id = "demo"'
            (home / "config.toml").write_text(f"[connections.office]\n{connection}\n")
            with self.list(desk).open("w", newline="", encoding="utf-8") as file:
                table = csv.DictWriter(file, PARTNER[0])
                table.writeheader()
                table.writerows(PORTFOLIO[first:last])

    def home(self, desk: int) -> Path:
        return self.folder / ("left", "right")[desk % 2]

    def list(self, desk: int) -> Path:
        return self.folder / f"{desk}.csv"

    def command(self, desk: int, *arguments: str) -> int:
        """Give a command at a desk, and return what it ends with."""
        from clientimport.cli.main import main

        environment = {
            "CLIENTIMPORT_HOME": str(self.home(desk)),
            "CLIENTIMPORT_LEDGER": self.ledger,
            "CLIENTIMPORT_OFFICE_SECRET": "demo",
        }
        with (
            patch.dict(os.environ, environment),
            (self.folder / f"{desk}.log").open("a") as log,
            redirect_stdout(log),
            redirect_stderr(log),
        ):
            try:
                return main(list(arguments))
            except SystemExit as ended:
                return int(ended.code or 0)

    def push(self, desk: int) -> int:
        options = ("-c", "office", "--invite", "--yes", "--accept-proposals", "--json")
        return self.command(desk, "push", str(self.list(desk)), *options)


def push_until_done(office: Office, desk: int) -> None:
    """Give the same command until it is through, as a job that runs every few minutes does."""
    for _ in range(200):
        if office.push(desk) == 0:
            sys.exit(0)
        time.sleep(0.2)
    sys.exit(1)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server of one's own, for it is killed."""
    with running_postgres() as made:
        yield made


@pytest.fixture(scope="module")
def processes() -> Iterator[multiprocessing.context.ForkServerContext]:
    """Processes that are forked from a program which has worked once, so that a round takes half the time."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["push_world", "push.warm_program", "push.test_desks_crash"])
    with patch.dict(os.environ, {"PYTHONPATH": os.pathsep.join(sys.path)}):  # 3.11 does not tell it our path
        yield context


def crash(
    office: Office, server: PostgresServer, context: multiprocessing.context.ForkServerContext, chance: Random
) -> int:
    """Let five desks push at once, kill some of them and perhaps the server, and return how many were killed."""
    desks = [context.Process(target=push_until_done, args=(office, desk)) for desk in range(len(FILES))]
    for process in desks:
        process.start()
    killed = 0
    for victim in chance.sample(desks, chance.randint(1, 3)):
        victim.join(chance.uniform(0.0, 1.2))
        if chance.random() < 0.3:
            server.kill()
            server.start()
        killed += victim.exitcode is None
        victim.kill()
    for process in desks:
        process.join(120)
        assert process.exitcode is not None
    return killed


def everything_is_once(office: Office) -> None:
    """Assert that nobody is lost, doubled or mailed twice, and that the chain is whole."""
    wanted = {str(row["contact_email"]) for row in PORTFOLIO}
    present = Counter(str(client["fields"]["contact_email"]) for client in clients(office.platform))
    mailed = Counter(str(mail["to"]) for mail in mails(office.platform))
    assert set(present) == wanted, "lost"
    assert set(present.values()) == {1}, "doubled"
    assert mailed == present, "mailed twice, or never"
    assert office.command(0, "runs", "verify", "--json") == 0, (office.folder / "0.log").read_text()


@pytest.mark.timeout(0 if ROUNDS > 30 else 600)
def test_desks_and_server_killed_at_any_moment_nothing_is_lost_doubled_or_mailed_twice(
    tmp_path: Path, server: PostgresServer, processes: multiprocessing.context.ForkServerContext
) -> None:
    seed = time.time_ns() if ROUNDS > 30 else 20261129
    chance, killed, begun, at = Random(seed), 0, time.monotonic(), 0
    for at in range(1, ROUNDS + 1):
        folder = tmp_path / str(at)
        with running(HELPLESS) as url:
            office = Office(folder, shared_ledger(server, folder).url, url)
            office.prepare()
            killed += crash(office, server, processes, chance)
            for desk in range(len(FILES)):
                assert office.push(desk) == 0, (folder / f"{desk}.log").read_text()
            everything_is_once(office)
        if ROUNDS <= 30 and time.monotonic() - begun > SECONDS:
            break
    print(f"{at} rounds, {killed} processes killed, seed {seed}, {time.monotonic() - begun:.0f} s")  # noqa: T201
    assert killed >= at // 3
