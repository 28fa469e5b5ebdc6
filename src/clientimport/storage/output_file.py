"""An output file: the one way in which a file that a person asked for is written.

Files that this command has read, and the program's own, are never written over. A file stays as it is until the new
one is whole.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from clientimport.errors import FileUnreadable
from clientimport.storage.atomic_write import PRIVATE_MODE, write_atomically
from clientimport.storage.protected_files import protect, require_unprotected

_DESCRIPTORS = re.compile(r"/dev/fd|/proc/(?P<process>[0-9]+)(/task/[0-9]+)?/fd")
"""The folders in which the system names what a process has open, as `/dev/stdout` leads to."""
_LINKS = 40
"""So many links in a row does Linux follow."""


def require_new(path: Path, *, force: bool) -> None:
    """Raise FileUnreadable when `path` exists and may not be replaced, or its folder does not exist.

    Raises UsageError for a file of this command or of ours, with force or without.
    """
    with _write_errors_reported(path):
        require_unprotected(path)
        if not path.parent.is_dir():
            raise FileUnreadable("file.no_folder", folder=path.parent, file=path)
        if path.is_dir():
            raise FileUnreadable("file.is_directory", file=path)
        if not force and os.path.lexists(path) and not is_stream(path):
            raise FileUnreadable("file.exists", file=path)


def write_output(content: bytes | Iterable[bytes], path: Path, *, mode: int = PRIVATE_MODE) -> None:
    """Write `content`, or its pieces, to `path`, whole or not at all. Raises FileUnreadable when it cannot be written.

    What is no file on a disk (a pipe, a device) cannot be replaced, so it is written into.
    """
    require_unprotected(path)
    pieces = (content,) if isinstance(content, bytes) else content
    with _write_errors_reported(path):
        if is_stream(path):
            _write_stream(pieces, path)
        else:
            write_atomically(pieces, path, mode)
            protect(path)


def existing_mode(path: Path) -> int:
    """Return the mode of the file at `path`, which its owner chose; a new one names clients, and is private."""
    with suppress(OSError):
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode):
            return stat.S_IMODE(mode)
    return PRIVATE_MODE


def file_descriptor(path: Path) -> int | None:
    """Return the number of the open file that `path` names, such as 1 for /dev/stdout; None for any other path."""
    for _ in range(_LINKS):
        if path.name.isdecimal() and (folder := _DESCRIPTORS.fullmatch(os.path.realpath(path.parent))):
            return int(path.name) if folder["process"] in (None, str(os.getpid())) else None
        try:
            path = path.parent / path.readlink()
        except (OSError, ValueError):
            return None
    return None


def is_stream(path: Path) -> bool:
    """Return whether `path` is no file on a disk but a pipe, a device, or an open file of this process."""
    if file_descriptor(path) is not None:
        return True
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _write_stream(pieces: Iterable[bytes], path: Path) -> None:
    number = file_descriptor(path)
    # Opening a pipe without a reader would block for ever; without blocking it is an error.
    try:
        opened = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0)) if number is None else os.dup(number)
    except OSError as error:
        raise FileUnreadable("file.nobody_reads", file=path) if error.errno == errno.ENXIO else error from error
    with os.fdopen(opened, "wb") as stream:
        if number is None and hasattr(os, "set_blocking"):
            os.set_blocking(opened, True)
        stream.writelines(pieces)


@contextmanager
def _write_errors_reported(path: Path) -> Iterator[None]:
    """Turn errors of the operating system into one clear error about `path`."""
    try:
        yield
    except (OSError, ValueError) as error:  # a name with a zero byte is a ValueError
        raise FileUnreadable("file.not_written", file=path, reason=error) from error
