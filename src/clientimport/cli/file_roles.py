"""What a command does with the files that its options name: reads them, writes them, or keeps its data in them.

Every option that names a file is marked, so that no output can be an input, another output or our own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from pathlib import Path
from typing import Any

from clientimport.cli.stdout import STDOUT
from clientimport.errors import UsageError


class FileRole(Enum):
    """The mark, beside the option in its `Annotated`."""

    READS = auto()
    WRITES = auto()
    WRITES_AS = auto()
    """`FORMAT=FILE`, each of a list."""
    KEEPS = auto()
    """A database: it is there already, or made."""


def file_role(annotation: Any) -> FileRole | None:
    """Return how an option is marked."""
    return next((mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, FileRole)), None)


def with_stdout(roles: Mapping[str, FileRole], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options with `-` where an output is standard output by the name that the system has for it."""
    return {name: _with_stdout(roles.get(name), value) for name, value in given.items()}


def _with_stdout(mark: FileRole | None, value: Any) -> Any:
    from clientimport.storage.output_file import file_descriptor

    if mark is FileRole.WRITES and value and file_descriptor(Path(value)) == 1:
        return STDOUT
    if mark is FileRole.WRITES_AS and value:
        pairs = (text.partition("=") for text in value)
        return [f"{a}{b}{STDOUT if c and file_descriptor(Path(c)) == 1 else c}" for a, b, c in pairs]
    return value


def check_file_roles(roles: Mapping[str, FileRole], given: Mapping[str, Any]) -> None:
    """Protect the inputs, and check every output before anything is done.

    Raises UsageError for an output that is an input, another output or our own, FileUnreadable for what stands in the
    way.
    """
    from clientimport.storage.output_file import is_stream, require_new
    from clientimport.storage.protected_files import protect, require_distinct

    for file in _paths(roles, given, FileRole.READS):
        protect(file)
    outputs = [*_paths(roles, given, FileRole.WRITES, FileRole.WRITES_AS)]
    if outputs.count(STDOUT) > 1:
        raise UsageError("usage.stdout_twice")
    files = [file for file in outputs if file != STDOUT]
    for file in files:
        require_new(file, force=given.get("force", True))
    require_distinct(file for file in files if not is_stream(file))
    for file in _paths(roles, given, FileRole.KEEPS):
        _require_database(file)


def first_input(roles: Mapping[str, FileRole], given: Mapping[str, Any]) -> Path:
    """Return the first file that is read; a file of this folder where none is named."""
    return next(_paths(roles, given, FileRole.READS), Path())


def _require_database(file: Path) -> None:
    """Raise as `check_file_roles`; the sandbox's own database is the one file of the program that may be named."""
    from clientimport.settings.folders import folders
    from clientimport.storage.output_file import require_new
    from clientimport.storage.protected_files import FileIdentity

    if not FileIdentity.from_path(file).is_same_file(FileIdentity.from_path(folders().sandbox)):
        require_new(file, force=True)


def _paths(roles: Mapping[str, FileRole], given: Mapping[str, Any], *wanted: FileRole) -> Iterator[Path]:
    for name, mark in roles.items():
        value = given.get(name)
        if mark not in wanted or not value:
            continue
        for text in value if isinstance(value, list | tuple) else (value,):
            path = str(text).partition("=")[2] if mark is FileRole.WRITES_AS else str(text)
            if path and (mark is not FileRole.READS or path != "-"):
                yield Path(path)
