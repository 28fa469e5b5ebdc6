"""A name for a file that a next command is to write, and that is not there yet."""

from __future__ import annotations

from itertools import count
from pathlib import Path


def free_name(wanted: str | Path) -> str:
    """Return `wanted`, else the same with a number, for a command that never writes over a file.

    >>> free_name("there-is-no-such-file.xlsx")
    'there-is-no-such-file.xlsx'
    """
    path = Path(wanted)
    names = (path if number == 1 else path.with_stem(f"{path.stem}-{number}") for number in count(1))
    return str(next(name for name in names if not name.exists()))
