"""JSON that is whole before its first byte is printed, so that no script ever gets half an object of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile

_IN_MEMORY = 1 << 23
"""Bytes from which on it waits in a temporary file without a name; chosen, not measured."""
_AT_ONCE = 1 << 20
"""Bytes that are read from it at a time; chosen, not measured."""


def whole_json(pieces: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Return the pieces of an object in ASCII once all of them are made; whatever making them raises is raised here.

    Where there is no room for a temporary file, it is better to print them as they are made than not at all.

    >>> "".join(whole_json(lambda: iter(["{", "}"])))
    '{}'
    """
    with ExitStack() as unless_whole:
        waiting = unless_whole.enter_context(SpooledTemporaryFile(_IN_MEMORY))
        try:
            for piece in pieces():
                waiting.write(piece.encode("ascii"))  # one by one: with all of them it would stay in memory
            waiting.seek(0)
        except OSError:
            return pieces()
        unless_whole.pop_all()
    return _read(waiting)


def _read(waiting: SpooledTemporaryFile[bytes]) -> Iterator[str]:
    with waiting:
        yield from iter(lambda: waiting.read(_AT_ONCE).decode("ascii"), "")
