"""The signals that end a command, and what happens at one: Ctrl-C, the system shutting down, a terminal closed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

HANGUP = (signal.SIGHUP,) if hasattr(signal, "SIGHUP") else ()  # Windows has none
TERMINATION_SIGNALS = (signal.SIGTERM, *HANGUP)

Handler = Callable[[int, FrameType | None], object]


@contextmanager
def handle_signals(numbers: tuple[signal.Signals, ...], handler: Handler) -> Iterator[None]:
    """Handle these signals with `handler` inside the context.

    A command under `nohup` goes on when its terminal is closed: an ignored SIGHUP stays ignored.
    """
    before = {number: signal.getsignal(number) for number in numbers}
    taken = {number: was for number, was in before.items() if number not in HANGUP or was is not signal.SIG_IGN}
    for number in taken:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number, was in taken.items():
            signal.signal(number, was)
