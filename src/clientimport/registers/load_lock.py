"""One load at a time: two that write the same index would undo each other's work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clientimport.errors import SettingsUnusable


@contextmanager
def load_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of the registers' folder. Raises SettingsUnusable when another process has it."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / "load.lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise SettingsUnusable("registers.busy") from None
    except OSError as error:
        raise SettingsUnusable("kbo.index_not_written", file=folder, reason=error) from error
    try:
        yield
    finally:
        lock.release()
