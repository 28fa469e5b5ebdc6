"""Side by side: the same done to many things on several cores; numpy and Arrow let go of the interpreter meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from itertools import chain, islice
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")

_WORKERS = 2
"""More of them wait for the interpreter more than they gain."""
_AHEAD = 4
"""How many are begun before the first of them is taken, so that few are in memory at once."""


_LITTLE = 2**13
"""Of how many values or bytes no thread is worth its while."""


def side_by_side(function: Callable[[T], U], items: Iterable[T], *, size: int) -> Generator[U, None, None]:
    """Yield what `function` makes of each, in their order; `size` is how many values or bytes about each of them has.

    Raises what `function` raises, in its turn.

    >>> list(side_by_side(str.upper, "abc", size=100_000))
    ['A', 'B', 'C']
    """
    given = iter(items)
    few = list(islice(given, 2))
    if size < _LITTLE or len(few) < 2:  # noqa: PLR2004 -- nothing to do meanwhile
        yield from map(function, chain(few, given))
        return
    from concurrent.futures import ThreadPoolExecutor  # 5 ms that small files do not need

    with ThreadPoolExecutor(_WORKERS) as workers:
        coming = deque(workers.submit(function, item) for item in few)
        try:
            for item in given:
                coming.append(workers.submit(function, item))
                if len(coming) > _AHEAD:
                    yield coming.popleft().result()
            while coming:
                yield coming.popleft().result()
        finally:
            workers.shutdown(cancel_futures=True)
