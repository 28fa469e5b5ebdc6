"""Standard input as a file (`-`): what comes down the pipe, as bytes or as a file for what reads only files."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from clientimport.storage.input_file import require_file

STDIN = "-"


def stdin_bytes(files: str | Sequence[str]) -> bytes | None:
    """Return what comes in on stdin when it is meant. Raises UsageError instead of waiting for a person to type CSV."""
    from clientimport.errors import UsageError

    named = [files] if isinstance(files, str) else files
    if STDIN not in named:
        return None
    if named.count(STDIN) > 1:
        raise UsageError("usage.one_stdin")
    if sys.stdin is None or sys.stdin.isatty():  # closed by who started us, or a person
        raise UsageError("usage.stdin_terminal")
    return sys.stdin.buffer.read()


@contextmanager
def file_from_stdin(file: Path) -> Iterator[Path]:
    """Yield `file`; when that is `-`, a file of that name with what comes in. Raises UsageError, FileUnreadable."""
    content = stdin_bytes(str(file))
    if content is None:
        require_file(file)
        yield file
        return
    with TemporaryDirectory() as folder:  # readable by nobody else
        copy = Path(folder) / STDIN
        copy.write_bytes(content)
        yield copy
