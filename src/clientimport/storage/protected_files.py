"""Guarded files: what a command has read, what it has written, and our own; none of them is written over."""

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
    """What a file is known by: where it really is, and its number on the disk, which a second name for it shares.

    What is no file on a disk, such as a pipe, is like nothing else: nothing in it can be lost.
    """

    real_path: str
    inode: tuple[int, int] | None

    @classmethod
    def from_path(cls, path: Path | int) -> FileIdentity:
        """Return the identity of a file, or of an open one by its descriptor."""
        place = "" if isinstance(path, int) else os.path.normcase(os.path.realpath(path))
        try:
            there = os.fstat(path) if isinstance(path, int) else path.stat()
        except (OSError, ValueError):  # not there yet, or no name that a file can have
            return cls(place, None)
        if not stat.S_ISREG(there.st_mode):
            return cls("", None)
        return cls(place, (there.st_dev, there.st_ino) if there.st_ino else None)  # some network drives do not number

    def is_same_file(self, other: FileIdentity) -> bool:
        """Tell whether both are one file, under whichever name."""
        by_place = self.real_path == other.real_path != ""
        return by_place or (self.inode is not None and self.inode == other.inode)


@dataclass(frozen=True, slots=True)
class ProgramFiles:
    """The files and folders that the program keeps for itself."""

    files: tuple[Path, ...] = ()
    """Each with all whose names begin with its own: a database has others beside it."""
    folders: tuple[Path, ...] = ()

    def contains(self, path: Path) -> bool:
        """Tell whether `path` is, or would be, one of them; by name, or as a second name for one."""
        real = Path(os.path.realpath(path))
        folders = [_folded(os.path.realpath(folder)) for folder in self.folders]
        if any(_folded(above) in folders for above in (real, *real.parents)):
            return True
        if any(_beside(real, file) for file in self.files):
            return True
        node = FileIdentity.from_path(path).inode
        return node is not None and any(FileIdentity.from_path(file).inode == node for file in self._there())

    def _there(self) -> Iterator[Path]:
        with suppress(OSError):  # a folder that may not be looked into has nothing that could be written to
            for file in self.files:
                yield from file.parent.glob(f"{file.name}*")
            for folder in self.folders:
                yield from (file for file in folder.rglob("*") if file.is_file())


def _beside(real: Path, file: Path) -> bool:
    folder = _folded(os.path.realpath(file.parent))
    return _folded(real.parent) == folder and _folded(real.name).startswith(_folded(file.name))


def _folded(path: str | Path) -> str:
    """Return a path as a disk that knows no capitals has it."""
    return str(path).casefold()


@dataclass(frozen=True, slots=True)
class _Guard:
    ours: ProgramFiles
    met: list[FileIdentity] = field(default_factory=list)


_GUARD: ContextVar[_Guard | None] = ContextVar("guard", default=None)


@contextmanager
def file_protection(ours: ProgramFiles) -> Iterator[None]:
    """Guard our files, and from here on whatever is read and written, until this command has ended."""
    token = _GUARD.set(_Guard(ours))
    try:
        yield
    finally:
        _GUARD.reset(token)


def protect(path: Path | int) -> None:
    """Let nothing more be written to `path`: it has been read, or written."""
    current = _GUARD.get()
    if current is not None:
        current.met.append(FileIdentity.from_path(path))


def require_unprotected(path: Path) -> None:
    """Raise UsageError when `path` is guarded, whatever name it goes by here; no --force changes that."""
    current = _GUARD.get()
    if current is None:
        return
    if current.ours.contains(path):
        raise UsageError("usage.our_file", file=path)
    asked = FileIdentity.from_path(path)
    if any(asked.is_same_file(other) for other in current.met):
        raise UsageError("usage.same_file", file=path)


def require_distinct(paths: Iterable[Path]) -> None:
    """Raise UsageError when two of these files, which need not be there yet, are one."""
    seen: list[FileIdentity] = []
    for path in paths:
        asked = FileIdentity.from_path(path)
        if any(asked.is_same_file(other) for other in seen):
            raise UsageError("usage.same_file", file=path)
        seen.append(asked)
