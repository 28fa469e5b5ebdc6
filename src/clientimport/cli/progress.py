"""Progress on stderr while something takes long: a bar or a spinner on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread
from typing import TYPE_CHECKING

from clientimport.cli.console import Console
from clientimport.messages.printable import printable

if TYPE_CHECKING:
    from rich.console import Console as Terminal

TENTHS = 10
"""A line for each of these parts, where nothing moves."""


@contextmanager
def progress(
    console: Console, label: str, total: int, monotonic: Callable[[], float] = time.monotonic
) -> Iterator[Callable[[int], None]]:
    """Yield a function that is given how many of `total` are finished and shows it."""
    pace = _pace(total, monotonic)
    if console.quiet or not total:
        yield lambda _: None
    elif (terminal := _terminal()) is None:
        yield _lines(label, total, pace)
    else:
        with _bar(terminal, label, total, pace) as show:
            yield show


def _lines(label: str, total: int, pace: Callable[[int], str]) -> Callable[[int], None]:
    """Return a function that prints a line per tenth."""
    tenth = 0

    def show(done: int) -> None:
        nonlocal tenth
        if total >= TENTHS and done * TENTHS // total > tenth:
            tenth = done * TENTHS // total
            print(f"{label} {done}/{total}{pace(done)}", file=sys.stderr, flush=True)

    return show


@contextmanager
def _bar(terminal: Terminal, label: str, total: int, pace: Callable[[int], str]) -> Iterator[Callable[[int], None]]:
    from rich.progress import BarColumn, Progress, TextColumn  # 40 ms that only a terminal needs

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[counts]}"))
    with Progress(*columns, console=terminal, redirect_stdout=False) as bar:
        task = bar.add_task(label, total=total, counts=f"0/{total}")
        yield lambda done: bar.update(task, completed=done, counts=f"{done}/{total}{pace(done)}")


def _pace(total: int, monotonic: Callable[[], float]) -> Callable[[int], str]:
    """Return a function that says, after a second, how fast it goes and how long it will take from here."""
    began = monotonic()

    def pace(done: int) -> str:
        seconds = monotonic() - began
        if seconds < 1 or not done:
            return ""
        left = round((total - done) * seconds / done)
        return f" · {done / seconds:.1f}/s · {left // 60}:{left % 60:02}"

    return pace


@contextmanager
def show_working(console: Console, what: str, file: str, *, every: float = 1.0) -> Iterator[None]:
    """Show that `what`, a key of the phrases, is done with `file` once it takes longer than a second.

    On a terminal the seconds are counted; elsewhere it is one line. A thread waits beside the work and slows it not.
    """
    if console.quiet:
        yield
        return

    def phrase(seconds: int) -> str:
        return console.messages.phrase(what, file=printable(file), seconds=seconds)

    finished = Event()
    beside = Thread(target=_show_seconds, args=(phrase, finished, every), daemon=True)
    beside.start()
    try:
        yield
    finally:
        finished.set()
        beside.join()


def _show_seconds(phrase: Callable[[int], str], finished: Event, every: float) -> None:
    if finished.wait(every):
        return
    terminal = _terminal()
    if terminal is None:
        print(phrase(1), file=sys.stderr, flush=True)
        return
    from rich.status import Status
    from rich.text import Text

    with Status(Text(phrase(1)), console=terminal) as status:
        for seconds in count(2):
            if finished.wait(every):
                break
            status.update(Text(phrase(seconds)))


def _terminal() -> Terminal | None:
    """Return stderr where it is a terminal on which a line can move."""
    if not sys.stderr.isatty():
        return None
    from rich.console import Console as Terminal

    terminal = Terminal(file=sys.stderr)
    return terminal if terminal.is_interactive else None  # a dumb terminal moves nothing
