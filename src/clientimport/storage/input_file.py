"""A file that the user names: its bytes, or one clear reason why not, and what was probably meant."""

from __future__ import annotations

import re
import stat
from itertools import islice
from pathlib import Path

from clientimport.errors import FileUnreadable
from clientimport.model.did_you_mean import did_you_mean
from clientimport.storage.protected_files import protect

_LOCK = re.compile(r"~\$(?P<excel>.+)|\.~lock\.(?P<libreoffice>.+)#")
_LOCK_BYTES = 1024
"""Excel's lock file has 165 bytes, LibreOffice's about a hundred; a workbook has more than this."""
_HANDED_OVER = re.compile(r"/dev/(fd/\d+|stdin)|/proc/(self|\d+)/fd/\d+")
"""What a shell makes of `<(command)`: somebody writes into it, so that reading it comes to an end."""
_LOOKED_AT = 2_000
"""Names in a folder that are compared with one that is not there: chosen, not measured."""


def file_bytes(path: Path, max_bytes: int = -1) -> bytes:
    """Return what is in a file, at most so many bytes. Raises FileUnreadable, without waiting for anything."""
    require_file(path)
    protect(path)
    try:
        with path.open("rb") as stream:
            return stream.read(max_bytes)
    except OSError as error:
        raise _unreadable(path, error) from error


def require_file(path: Path) -> None:
    """Raise FileUnreadable for what is no file, and for the lock file of another."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    kind = status.st_mode
    if stat.S_ISDIR(kind):
        raise FileUnreadable("file.is_directory", file=path)
    if stat.S_ISFIFO(kind) and not _HANDED_OVER.fullmatch(str(path)):
        raise FileUnreadable("file.pipe", file=path)
    if not stat.S_ISREG(kind) and not stat.S_ISFIFO(kind):
        raise FileUnreadable("file.device", file=path)
    if (lock := _LOCK.fullmatch(path.name)) and status.st_size < _LOCK_BYTES:
        real = path.with_name(lock["excel"] or lock["libreoffice"])
        raise FileUnreadable("file.lock_file", file=path, meant=real if real.exists() else _nearest(real) or real)


def _unreadable(path: Path, error: OSError | ValueError) -> FileUnreadable:
    """Return why a file cannot be read."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileUnreadable("file.not_found", file=path, meant=_nearest(path) or "")
    if isinstance(error, PermissionError):  # Windows says this for a workbook that Excel holds open
        return FileUnreadable("file.no_permission", file=path)
    return FileUnreadable("file.io", file=path, reason=error)


def _nearest(path: Path) -> Path | None:
    """Return the file in the same folder whose name is most like this one; the ending matters least."""
    try:
        names = [entry.name for entry in islice(path.parent.iterdir(), _LOOKED_AT) if entry.is_file()]
    except OSError:
        return None
    names = sorted(name for name in names if not name.startswith((".", "~$")))
    stems = {Path(name).stem: name for name in reversed(names)}
    nearest = stems.get(did_you_mean(path.stem, stems)) or did_you_mean(path.name, names)
    return path.with_name(nearest) if nearest else None
