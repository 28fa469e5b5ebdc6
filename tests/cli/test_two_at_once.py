"""Two pushes at once, as two processes: the second is turned away, and a lock dies with its process."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from clientimport.sandbox import running
from clientimport.schema.data_files import data_folder
from command_line import clientimport
from connectors.faulty_proxy import Faults, faulty
from push.once import HELPLESS
from push_world import clients, mails

CLEAN = data_folder("samples") / "banqup-partner" / "clean.xlsx"
PUSH = [sys.executable, "-m", "clientimport", "push", str(CLEAN), "-c", "office", "--invite", "--yes", "--json"]


@pytest.fixture
def helpless() -> Iterator[str]:
    with running(HELPLESS) as url:
        yield url


def connect(url: str) -> dict[str, str]:
    """Add the connection and return the environment with its secret."""
    added = ("office", "-p", "banqup-partner", "--base-url", f"{url}/banqup-partner", "--client-id", "demo")
    assert clientimport("connections", "add", *added).exit_code == 0
    return {**os.environ, "CLIENTIMPORT_OFFICE_SECRET": "demo"}


def test_a_second_push_is_turned_away_at_once_and_everybody_is_there_once(helpless: str) -> None:
    faults, under_way = Faults(1, "seen", writes_only=True), threading.Event()
    with faulty(helpless, faults) as address:
        environment = connect(address)

        def hold() -> None:
            first.send_signal(signal.SIGSTOP)
            under_way.set()

        faults.act = hold
        with subprocess.Popen(PUSH, stdout=subprocess.DEVNULL, env=environment) as first:
            assert under_way.wait(60)
            second = subprocess.run(PUSH, check=False, capture_output=True, text=True, env=environment)
            first.send_signal(signal.SIGCONT)
    assert (first.returncode, second.returncode) == (0, 3)
    assert json.loads(second.stdout)["error"]["code"] == "locked"
    _once(helpless)


def test_a_killed_push_holds_no_lock(helpless: str) -> None:
    faults = Faults(2, "after", writes_only=True)
    with faulty(helpless, faults) as address:
        environment = connect(address)
        with subprocess.Popen(PUSH, stdout=subprocess.DEVNULL, env=environment) as victim:
            faults.act = victim.kill
            victim.wait(60)
        assert victim.returncode == -9
        assert subprocess.run(PUSH, check=False, stdout=subprocess.DEVNULL, env=environment).returncode == 0
        _once(helpless)


def test_a_second_ctrl_c_leaves_at_once_and_the_same_command_goes_on(helpless: str) -> None:
    faults, answered = Faults(1, "hang", writes_only=True), threading.Event()
    with faulty(helpless, faults) as address:
        environment = connect(address)

        def interrupt() -> None:
            pushing.send_signal(signal.SIGINT)
            answered.set()

        faults.act = interrupt
        with subprocess.Popen(
            PUSH, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        ) as pushing:
            assert answered.wait(60)
            assert pushing.stderr is not None
            while "Ctrl-C" not in (line := pushing.stderr.readline()):
                assert line
            pushing.send_signal(signal.SIGINT)
            out = pushing.communicate(timeout=20)[0]  # the request that hangs would take longer
        assert (pushing.returncode, json.loads(out)["error"]["code"]) == (130, "interrupted")
        assert subprocess.run(PUSH, check=False, stdout=subprocess.DEVNULL, env=environment).returncode == 0
    _once(helpless)


def _once(url: str) -> None:
    there = [str(client["fields"]["contact_email"]) for client in clients(url)]
    assert len(there) == len(set(there)) == 3
    assert sorted(mail["to"] for mail in mails(url)) == sorted(there)
