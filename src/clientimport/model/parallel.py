"""Parallel map on threads: numpy and Arrow release the interpreter lock, so that columns use several cores."""

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
"""Measured: more of them wait for the interpreter lock longer than they gain."""
_AHEAD = 4
"""Items that are begun before the first result is taken, so that few are in memory at once; chosen, not measured."""

_SMALL = 2**13
"""Values or bytes below which threads cost more than they gain; chosen, not measured."""
_SIGNAL_CHECK = 0.2
"""Seconds between looks for a signal: Ctrl-C is answered at once; chosen, not measured."""


def map_parallel(function: Callable[[T], U], items: Iterable[T], *, size: int) -> Generator[U, None, None]:
    """Yield the results of `function` in the order of `items`; `size` is about how many values or bytes an item has.

    Raises what `function` raises, in its turn.

    >>> list(map_parallel(str.upper, "abc", size=100_000))
    ['A', 'B', 'C']
    """
    given = iter(items)
    few = list(islice(given, 2))
    if size < _SMALL or len(few) < 2:  # noqa: PLR2004 -- nothing to do meanwhile
        yield from map(function, chain(few, given))
        return
    from concurrent.futures import Future  # 5 ms that small files do not need

    waiting, coming = SimpleQueue[Callable[[], object] | None](), deque[Future[U]]()
    for _ in range(_WORKERS):
        # Not a pool, which is joined at exit: daemon threads let Ctrl-C end the program at once.
        Thread(target=_run_jobs, args=(waiting,), daemon=True).start()
    try:
        for item in chain(few, given):
            coming.append(Future())
            waiting.put(partial(_run_into, coming[-1], function, item))
            if len(coming) > _AHEAD:
                yield _result_of(coming.popleft())
        while coming:
            yield _result_of(coming.popleft())
    finally:
        for left in coming:
            left.cancel()
        for _ in range(_WORKERS):
            waiting.put(None)


def _result_of(future: Future[U]) -> U:
    """Return the result once it is there; a wait with a timeout, so that a signal just before it is not missed."""
    from concurrent.futures import wait

    while not future.done():
        wait((future,), timeout=_SIGNAL_CHECK)
    return future.result()


def _run_jobs(waiting: SimpleQueue[Callable[[], object] | None]) -> None:
    while job := waiting.get():
        job()


def _run_into(future: Future[U], function: Callable[[T], U], item: T) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(function(item))
    except BaseException as error:  # noqa: BLE001 -- raised where the result is taken
        future.set_exception(error)
