"""Side by side: the same done to many things on several cores; numpy and Arrow let go of the interpreter meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from functools import partial
from itertools import chain, islice
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
U = TypeVar("U")

_WORKERS = 2
"""More of them wait for the interpreter more than they gain."""
_AHEAD = 4
"""How many are begun before the first of them is taken, so that few are in memory at once."""

_LITTLE = 2**13
"""Of how many values or bytes no thread is worth its while."""
_INSTANT = 0.2
"""Seconds after which it is seen whether a signal has come."""


def map_parallel(function: Callable[[T], U], items: Iterable[T], *, size: int) -> Generator[U, None, None]:
    """Yield what `function` makes of each, in their order; `size` is how many values or bytes about each of them has.

    Raises what `function` raises, in its turn.

    >>> list(map_parallel(str.upper, "abc", size=100_000))
    ['A', 'B', 'C']
    """
    given = iter(items)
    few = list(islice(given, 2))
    if size < _LITTLE or len(few) < 2:  # noqa: PLR2004 -- nothing to do meanwhile
        yield from map(function, chain(few, given))
        return
    from concurrent.futures import Future  # 5 ms that small files do not need

    waiting, coming = SimpleQueue[Callable[[], object] | None](), deque[Future[U]]()
    for _ in range(_WORKERS):
        # Not a pool, which is waited for at the end: Ctrl-C is answered at once, whatever they are at.
        Thread(target=_work, args=(waiting,), daemon=True).start()
    try:
        for item in chain(few, given):
            coming.append(Future())
            waiting.put(partial(_settle, coming[-1], function, item))
            if len(coming) > _AHEAD:
                yield _taken(coming.popleft())
        while coming:
            yield _taken(coming.popleft())
    finally:
        for left in coming:
            left.cancel()
        for _ in range(_WORKERS):
            waiting.put(None)


def _taken(future: Future[U]) -> U:
    """Return the result once it is there; a signal in the instant before a wait without end would interrupt none."""
    from concurrent.futures import wait

    while not future.done():
        wait((future,), timeout=_INSTANT)
    return future.result()


def _work(waiting: SimpleQueue[Callable[[], object] | None]) -> None:
    while job := waiting.get():
        job()


def _settle(future: Future[U], function: Callable[[T], U], item: T) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(function(item))
    except BaseException as error:  # noqa: BLE001 -- raised where the result is taken
        future.set_exception(error)
