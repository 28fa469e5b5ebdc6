"""Files that a plan or a run remembers under one name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_BETWEEN = ", "


def files_name(files: Sequence[str]) -> str:
    """Return the one name of files that are read as one list.

    >>> files_name(["ghent.xlsx", "antwerp.xlsx"])
    'ghent.xlsx, antwerp.xlsx'
    """
    return _BETWEEN.join(files)


def named_files(name: str) -> tuple[str, ...]:
    """Return the files that go by a name; none when they are not there any more."""
    files = (name,) if Path(name).exists() else tuple(name.split(_BETWEEN))
    return files if all(Path(file).exists() for file in files) else ()
