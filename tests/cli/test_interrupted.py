"""Ctrl-C and SIGTERM: a question ends at once, a push finishes what is on its way."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clientimport.sandbox import SandboxOptions, running
from clientimport.schema.data_files import data_folder
from clientimport.settings.folders import folders
from command_line import clientimport

PROGRAM = (sys.executable, "-m", "clientimport")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", *PARTNER)

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 30
"""Seconds after which a signal that was swallowed fails its test instead of stopping all of them."""


def asked(answer: bytes | signal.Signals, *arguments: str, program: tuple[str, ...] = PROGRAM) -> tuple[int, str]:
    """Return exit code and stdout of a command on a terminal that gets `answer` to its first question."""
    person, terminal = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    command = [*program, *arguments]
    with subprocess.Popen(
        command, stdin=terminal, stderr=terminal, stdout=subprocess.PIPE, text=True, env=environment
    ) as asking:
        os.close(terminal)
        said = b""
        while b"/N]" not in said:
            said += os.read(person, 1024)
        if isinstance(answer, signal.Signals):
            asking.send_signal(answer)
        else:
            os.write(person, answer)
        try:
            out, _ = asking.communicate(timeout=PATIENCE)
        finally:
            asking.kill()
    os.close(person)
    return asking.returncode, out


@pytest.mark.parametrize("number", ENDINGS)
def test_one_signal_at_a_question_ends_at_once(number: signal.Signals) -> None:
    exit_code, out = asked(number, "push", str(MESSY), *SANDBOX, "--accept-proposals", "--json")
    told = json.loads(out)
    assert (exit_code, told["exit_code"], told["error"]["code"]) == (130, 130, "interrupted")
    assert (told["connection"], told["platform"], told["sandbox"]) == ("sandbox", "banqup-partner", True)
    assert clientimport("clients", "list", *SANDBOX, "--json").json["clients"] == []


DEAF = """
import signal, threading
from clientimport.cli.console import Console
from clientimport.messages.catalog import message_catalog
threading.Thread(target=threading.Event().wait, daemon=True).start()
signal.signal(signal.SIGTERM, signal.default_int_handler)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
try:
    Console(message_catalog("en"), is_interactive=True).ask("[y/N]")
except KeyboardInterrupt:
    print("ended")
"""
"""The reading thread is never interrupted: the signal goes to the other one, as it may."""


def test_a_signal_that_interrupts_no_read_ends_a_question_too() -> None:
    assert asked(signal.SIGTERM, program=(sys.executable, "-c", DEAF)) == (0, "ended\n")


@pytest.mark.parametrize("proposals", [("--accept-proposals",), ()])
def test_a_no_is_an_answer_with_the_usual_keys(proposals: tuple[str, ...]) -> None:
    exit_code, out = asked(b"n\n", "push", str(MESSY), *SANDBOX, *proposals, "--json")
    told = json.loads(out)
    assert (exit_code, told["ok"], told["error"], told["run"], told["rows"]) == (0, True, None, None, [])
    assert (told["connection"], told["platform"], told["sandbox"]) == ("sandbox", "banqup-partner", True)
    assert set(told["counts"].values()) == {0}
    assert "invitation_failed" in told["counts"]


@pytest.mark.parametrize("number", ENDINGS)
def test_what_is_on_its_way_is_finished_and_the_same_command_goes_on(number: signal.Signals) -> None:
    with running(SandboxOptions(latency_ms=100)) as url:
        added = ("demo", *PARTNER, "--base-url", f"{url}/banqup-partner", "--client-id", "demo")
        assert clientimport("connections", "add", *added).exit_code == 0
        with folders().config.open("a", encoding="utf-8") as config:
            config.write("in_flight = 2\n")  # some of the few clients must still be waiting when the signal comes
        push = [*PROGRAM, "push", str(MESSY), "-c", "demo", "--yes", "--accept-proposals", "--json"]
        environment = {**os.environ, "CLIENTIMPORT_DEMO_SECRET": "demo"}
        with subprocess.Popen(
            push, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        ) as pushing:
            while not clients(url):
                assert pushing.poll() is None
            pushing.send_signal(number)
            out, _ = pushing.communicate()
        stopped = json.loads(out)
        assert pushing.returncode == 130
        assert stopped["error"]["code"] == "interrupted"
        assert "clientimport push" in stopped["error"]["message"]
        assert stopped["counts"]["pending"] > 0
        assert stopped["counts"]["created"] == len(clients(url))
        waiting = clientimport("runs", "resume", stopped["run"], "--json")
        assert (waiting.exit_code, waiting.json["error"]["code"]) == (2, "usage.send_needs_yes")
        resumed = json.loads(subprocess.run(push, check=False, capture_output=True, text=True, env=environment).stdout)
        assert resumed["counts"]["pending"] == 0
        assert resumed["counts"]["created"] + stopped["counts"]["created"] == len(clients(url))


def clients(url: str) -> list[object]:
    from urllib.request import urlopen

    with urlopen(f"{url}/_sandbox/clients") as answer:
        found: list[object] = json.load(answer)["clients"]
    return found


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_the_sandbox_says_one_line_and_nothing_after_it(number: signal.Signals, exit_code: int, tmp_path: Path) -> None:
    (tmp_path / "setup.toml").write_text('users = ["ann@office.example"]\n', encoding="utf-8")
    with (
        (tmp_path / "setup.toml").open("rb") as setup,
        subprocess.Popen(
            [*PROGRAM, "sandbox", "--setup", "-", "--json"], stdin=setup, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as serving,
    ):
        assert serving.stdout is not None
        line = serving.stdout.readline()
        serving.send_signal(number)
        rest, _ = serving.communicate()
    assert line.startswith(b"SANDBOX listening on http://127.0.0.1:")
    assert (rest, serving.returncode) == (b"", exit_code)


def test_under_nohup_a_push_goes_on_when_its_terminal_is_closed() -> None:
    with running(SandboxOptions(latency_ms=100)) as url:
        added = ("demo", *PARTNER, "--base-url", f"{url}/banqup-partner", "--client-id", "demo")
        assert clientimport("connections", "add", *added).exit_code == 0
        push = ["nohup", *PROGRAM, "push", str(MESSY), "-c", "demo", "--yes", "--accept-proposals", "--json"]
        environment = {**os.environ, "CLIENTIMPORT_DEMO_SECRET": "demo"}
        with subprocess.Popen(
            push, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        ) as pushing:
            while not clients(url):
                assert pushing.poll() is None
            pushing.send_signal(signal.SIGHUP)
            out, _ = pushing.communicate()
    assert pushing.returncode == 1  # rows with errors, but to the end
    assert json.loads(out)["counts"]["pending"] == 0


def test_a_sandbox_whose_terminal_is_closed_ends_as_at_sigterm() -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        with subprocess.Popen([*PROGRAM, "sandbox"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as serving:
            assert serving.stdout is not None
            serving.stdout.readline()
            serving.send_signal(number)
            assert serving.wait(PATIENCE) == 0
