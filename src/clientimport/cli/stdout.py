"""Standard output as a file (`-o -`): what a command writes goes down the pipe, and its words to stderr."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from clientimport.cli.console import Console
from clientimport.errors import UsageError

STDOUT = Path("-")


def output_name(output: Path) -> str:
    """Return what a written file is called in a sentence.

    >>> output_name(Path("upload.xlsx")), output_name(Path("-"))
    ('upload.xlsx', 'stdout')
    """
    return "stdout" if output == STDOUT else str(output)


def write_output(output: Path, console: Console, write: Callable[[Path], object], suffix: str = "") -> bytes | None:
    """Call `write` with `output`; when that is `-`, with a file that ends in `suffix`, whose bytes are returned.

    Raises UsageError when JSON is wanted there too.
    """
    if output != STDOUT:
        write(output)
        return None
    if console.as_json:
        raise UsageError("usage.stdout_twice")
    with TemporaryDirectory() as folder:  # readable by nobody else
        file = Path(folder) / f"output{suffix}"
        write(file)
        return file.read_bytes()
