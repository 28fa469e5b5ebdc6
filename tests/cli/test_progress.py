"""What takes longer than a second shows on stderr, on a terminal as on paper, and nothing of a spinner stays there."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest

from clientimport.cli.console import Console
from clientimport.cli.progress import progress, show_working
from clientimport.messages.catalog import message_catalog

ENGLISH = Console(message_catalog("en"))


class Stderr(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.fixture(autouse=True)
def a_terminal_that_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)


def working(monkeypatch: pytest.MonkeyPatch, console: Console, *, terminal: bool, seconds: int) -> str:
    """Return what was written to stderr during work of so many seconds, each a tenth."""
    stderr = Stderr(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", stderr)
    with show_working(console, "source.working", "clients\x1b.xlsx", every=0.1):
        while seconds and f"{seconds} s" not in stderr.getvalue():
            pass
    return stderr.getvalue()


def test_on_a_terminal_the_seconds_count_and_the_line_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    written = working(monkeypatch, ENGLISH, terminal=True, seconds=3)
    assert "Reading clients␛.xlsx … 1 s" in written
    assert "… 3 s" in written
    assert written.rpartition(" s")[2].count("\x1b[2K") >= 1  # the line is erased behind its last text


def test_elsewhere_it_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    written = working(monkeypatch, ENGLISH, terminal=False, seconds=1)
    assert written == "Reading clients␛.xlsx … 1 s\n"


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_cannot_move_a_line_gets_it_once(monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    assert working(monkeypatch, ENGLISH, terminal=True, seconds=1) == "Reading clients␛.xlsx … 1 s\n"


def test_colours_that_are_forced_into_a_pipe_move_nothing_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert working(monkeypatch, ENGLISH, terminal=False, seconds=1) == "Reading clients␛.xlsx … 1 s\n"


def test_what_is_fast_or_quiet_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert working(monkeypatch, ENGLISH, terminal=True, seconds=0) == ""
    assert working(monkeypatch, replace(ENGLISH, quiet=True), terminal=True, seconds=0) == ""


def test_far_from_a_terminal_every_tenth_is_a_line_with_pace_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = iter([0.0, 2.0, *(3.0 + at for at in range(20))])
    with progress(ENGLISH, "Sent", 20, lambda: next(seconds)) as show:
        for done in range(1, 21):
            show(done)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[0] == "Sent 2/20 · 1.0/s · 0:18"
    assert lines[-1].startswith("Sent 20/20")


def test_in_the_first_second_no_time_left_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(ENGLISH, "Sent", 10, lambda: 0.0) as show:
        show(1)
    assert capsys.readouterr().err == "Sent 1/10\n"


def test_on_a_terminal_a_bar_stays_with_the_last_count(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Stderr(terminal=True)
    monkeypatch.setattr(sys, "stderr", stderr)
    with progress(ENGLISH, "Sent", 4, lambda: 0.0) as show:
        show(4)
    assert "4/4" in stderr.getvalue().rpartition("Sent")[2]


def test_a_quiet_push_shows_no_progress(capsys: pytest.CaptureFixture[str]) -> None:
    with progress(replace(ENGLISH, quiet=True), "Sent", 10) as show:
        show(10)
    assert capsys.readouterr().err == ""
