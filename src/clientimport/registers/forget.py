"""Forgetting: the registers' data are deleted from this machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from clientimport.errors import SettingsUnusable


def forget_registers(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Delete the databases of these names, with what SQLite keeps beside them, and return those that were there."""
    gone = []
    for name in names:
        for file in sorted(folder.glob(f"{name}*")):
            try:
                file.unlink()
            except OSError as error:
                raise SettingsUnusable("kbo.index_not_written", file=file, reason=error) from error
            if file.name == name:
                gone.append(name)
    return tuple(gone)
