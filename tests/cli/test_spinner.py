"""What takes longer than a second says so, on a terminal as on paper, and leaves nothing behind."""

from __future__ import annotations

import io
import sys
from dataclasses import replace

import pytest

from clientimport.cli.console import Console
from clientimport.cli.spinner import show_working
from clientimport.messages.catalog import message_catalog


class Terminal(io.StringIO):
    def __init__(self, *, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


def said(monkeypatch: pytest.MonkeyPatch, screen: Console, *, terminal: bool, seconds: int) -> str:
    """Return what stands on stderr after work of so many seconds, each a hundredth."""
    stderr = Terminal(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", stderr)
    with show_working(screen, "source.working", "clients\x1b.xlsx", every=0.01):
        while seconds and f"{seconds} s" not in stderr.getvalue():
            pass
    return stderr.getvalue()


def test_on_a_terminal_the_line_counts_and_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = said(monkeypatch, Console(message_catalog("en")), terminal=True, seconds=3)
    assert "\rLooking at clients␛.xlsx … 1 s" in shown
    assert "… 3 s" in shown
    assert shown.endswith("\r\x1b[K")


def test_elsewhere_it_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = said(monkeypatch, Console(message_catalog("en")), terminal=False, seconds=1)
    assert shown == "Looking at clients␛.xlsx … 1 s\n"


def test_what_is_fast_or_quiet_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch, Console(message_catalog("en")), terminal=True, seconds=0) == ""
    quiet = replace(Console(message_catalog("en")), quiet=True)
    assert said(monkeypatch, quiet, terminal=True, seconds=0) == ""
