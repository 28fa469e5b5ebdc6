"""A line typed by the user; a signal ends the wait, also one that arrives just before it begins.

Reading alone is woken only by a signal that interrupts the read itself. One that comes between Python's last look at
signals and the system call, or that the system hands to another thread, would wait for the answer with us.
https://docs.python.org/3/library/signal.html#signal.set_wakeup_fd
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def read_line() -> str:
    """Return the next line of stdin, empty at its end. Raises what the handler of a signal raises."""
    if os.name == "posix" and sys.stdin.isatty():  # a terminal gives one line at a time, so none waits in a buffer
        with _woken_by_signals() as woken:
            select.select([sys.stdin, woken], [], [])
    return sys.stdin.readline()


@contextmanager
def _woken_by_signals() -> Iterator[int]:
    """Yield a file descriptor that can be read as soon as a signal has come."""
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    before = signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
    try:
        yield woken
    finally:
        signal.set_wakeup_fd(before)
        os.close(woken)
        os.close(waking)
