"""The lock: one push at a time for one account in one home; it dies with its process, so nobody has to free it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clientimport.errors import PlatformUnreachable
from clientimport.storage.atomic_write import require_writable


@contextmanager
def account_lock(folder: Path, account: str) -> Iterator[None]:
    """Hold the lock of `account` in `folder`. Raises PlatformUnreachable("locked") when another process has it."""
    from filelock import FileLock, Timeout

    file = folder / f"{hashlib.sha256(account.encode()).hexdigest()[:16]}.lock"
    require_writable(file)
    lock = FileLock(file, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise PlatformUnreachable("locked", file=lock.lock_file) from None
    except OSError as error:
        raise PlatformUnreachable("io", file=lock.lock_file, reason=error.strerror) from error
    try:
        yield
    finally:
        lock.release()
