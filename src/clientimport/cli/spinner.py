"""Working: a line on stderr that says what takes so long, once it takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread

from clientimport.cli.console import Console
from clientimport.messages.printable import printable


@contextmanager
def show_working(screen: Console, what: str, file: str, *, every: float = 1.0) -> Iterator[None]:
    """Tell `what` is done with `file`, a key of the screen's words: each second on a terminal, once elsewhere.

    What is fast says nothing. A thread waits beside the work, which it neither counts nor slows.
    """
    if screen.quiet:
        yield
        return
    done = Event()
    beside = Thread(target=_tell, args=(screen, what, printable(file), done, every), daemon=True)
    beside.start()
    try:
        yield
    finally:
        done.set()
        beside.join()


def _tell(screen: Console, what: str, file: str, done: Event, every: float) -> None:
    moving, told = sys.stderr.isatty(), False
    for seconds in count(1):
        if done.wait(every):
            break
        line = screen.messages.phrase(what, file=file, seconds=seconds)
        if moving:
            print(f"\r{line}\x1b[K", end="", file=sys.stderr, flush=True)
        elif not told:
            print(line, file=sys.stderr, flush=True)
        told = True
    if moving and told:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
