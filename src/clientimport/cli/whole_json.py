"""JSON that is whole before its first byte is printed, so that no script ever gets half an object of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile

_IN_MEMORY = 1 << 23
"""Bytes from which on it waits in a temporary file without a name; chosen, not measured."""
_AT_ONCE = 1 << 20


def whole_json(pieces: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Return the pieces of an object in ASCII once all of them are made; whatever making them raises is raised here.

    Where there is no room for a temporary file, it is better to print them as they are made than not at all.

    >>> "".join(whole_json(lambda: iter(["{", "}"])))
    '{}'
    """
    waiting = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 -- read after this returns, and gone with the process
    try:
        for piece in pieces():
            waiting.write(piece.encode("ascii"))
        waiting.seek(0)
    except OSError:
        return pieces()
    return iter(lambda: waiting.read(_AT_ONCE).decode("ascii"), "")
