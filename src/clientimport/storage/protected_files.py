"""Protected files: those a command has read or written, and the program's own; none of them is written over."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path

from clientimport.errors import UsageError


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """The identity of a file: its real path, and its inode, which a second name for it shares.

    What is no file on a disk, such as a pipe, is equal to no other file: nothing in it can be lost.
    """

    real_path: str
    inode: tuple[int, int] | None

    @classmethod
    def from_path(cls, path: Path | int) -> FileIdentity:
        """Return the identity of a file, or of an open one by its descriptor."""
        real_path = "" if isinstance(path, int) else os.path.normcase(os.path.realpath(path))
        try:
            status = os.fstat(path) if isinstance(path, int) else path.stat()
        except (OSError, ValueError):  # not there yet, or no name that a file can have
            return cls(real_path, None)
        if not stat.S_ISREG(status.st_mode):
            return cls("", None)
        return cls(
            real_path, (status.st_dev, status.st_ino) if status.st_ino else None
        )  # some network drives do not number

    def is_same_file(self, other: FileIdentity) -> bool:
        """Return whether both are one file, under any of its names."""
        by_path = self.real_path == other.real_path != ""
        return by_path or (self.inode is not None and self.inode == other.inode)


@dataclass(frozen=True, slots=True)
class ProgramFiles:
    """The files and folders that the program keeps for itself."""

    files: tuple[Path, ...] = ()
    """Each with all files whose names begin with its own: a database has others beside it."""
    folders: tuple[Path, ...] = ()

    def contains(self, path: Path) -> bool:
        """Return whether `path` is, or would be, one of them; by name, or as a second name for one."""
        real = Path(os.path.realpath(path))
        folders = [_case_folded(os.path.realpath(folder)) for folder in self.folders]
        if any(_case_folded(above) in folders for above in (real, *real.parents)):
            return True
        if any(_starts_like(real, file) for file in self.files):
            return True
        node = FileIdentity.from_path(path).inode
        return node is not None and any(FileIdentity.from_path(file).inode == node for file in self._existing())

    def _existing(self) -> Iterator[Path]:
        with suppress(OSError):  # a folder that may not be looked into has nothing that could be written to
            for file in self.files:
                yield from file.parent.glob(f"{file.name}*")
            for folder in self.folders:
                yield from (file for file in folder.rglob("*") if file.is_file())


def _starts_like(real: Path, file: Path) -> bool:
    folder = _case_folded(os.path.realpath(file.parent))
    return _case_folded(real.parent) == folder and _case_folded(real.name).startswith(_case_folded(file.name))


def _case_folded(path: str | Path) -> str:
    """Return a path as a disk without capitals stores it."""
    return str(path).casefold()


@dataclass(frozen=True, slots=True)
class _Guard:
    ours: ProgramFiles
    seen: list[FileIdentity] = field(default_factory=list)


_GUARD: ContextVar[_Guard | None] = ContextVar("guard", default=None)


@contextmanager
def file_protection(ours: ProgramFiles) -> Iterator[None]:
    """Protect the program's files, and each file that is read or written from here on, until this command has ended."""
    token = _GUARD.set(_Guard(ours))
    try:
        yield
    finally:
        _GUARD.reset(token)


def is_protecting() -> bool:
    """Return whether files are protected here."""
    return _GUARD.get() is not None


def protect(path: Path | int) -> None:
    """Protect `path` against being written over: it has been read, or written."""
    current = _GUARD.get()
    if current is not None:
        current.seen.append(FileIdentity.from_path(path))


def require_unprotected(path: Path) -> None:
    """Raise UsageError when `path` is protected, under any of its names; no --force changes that."""
    current = _GUARD.get()
    if current is None:
        return
    if current.ours.contains(path):
        raise UsageError("usage.our_file", file=path)
    asked = FileIdentity.from_path(path)
    if any(asked.is_same_file(other) for other in current.seen):
        raise UsageError("usage.same_file", file=path)


def require_distinct(paths: Iterable[Path]) -> None:
    """Raise UsageError when two of these files, which need not be there yet, are one."""
    seen: list[FileIdentity] = []
    for path in paths:
        asked = FileIdentity.from_path(path)
        if any(asked.is_same_file(other) for other in seen):
            raise UsageError("usage.same_file", file=path)
        seen.append(asked)
