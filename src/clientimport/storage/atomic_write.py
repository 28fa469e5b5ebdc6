"""An atomic write: a file is replaced as a whole or stays as it was, and new folders are their owner's alone."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from clientimport.errors import SettingsUnusable

PRIVATE_MODE = 0o600
"""The mode of a file that names clients: readable by its owner alone."""
SHARED_MODE = 0o666
"""The mode of any other file, less what the owner's umask takes away."""


def write_atomically(content: bytes | Iterable[bytes], path: Path, mode: int = PRIVATE_MODE) -> None:
    """Write `content`, or its pieces, beside `path` and move it there. Raises OSError; the file stays as it was then.

    A link at `path` is replaced, and what it led to is kept.
    """
    temporary = path.with_name(f".clientimport-{token_hex(8)}")  # short: a name that fits must not fail for ours
    try:
        with open(temporary, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.writelines((content,) if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def require_writable(path: Path) -> None:
    """Make the folder of a file of this program. Raises SettingsUnusable without the permission to write there.

    A full disk is not noticed here.
    """
    try:
        _require_permission(make_private_folder(path.parent), path)
    except (PermissionError, NotADirectoryError, IsADirectoryError) as error:
        raise SettingsUnusable("settings.place", file=path, reason=error) from error


def _require_permission(folder: Path, path: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    for needed in (folder, path):
        if needed.exists() and not os.access(needed, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def make_private_folder(folder: Path) -> Path:
    """Return `folder` after making it, and the missing folders above it, for its owner alone. Raises OSError."""
    if not folder.is_dir():
        if folder.parent != folder:
            make_private_folder(folder.parent)
        if folder.exists():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder
