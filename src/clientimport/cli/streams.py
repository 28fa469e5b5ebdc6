"""The standard streams, wherever they lead: a pipe that nobody reads, a full disk, or nowhere."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from clientimport import settings
from clientimport.texts.words import words

_UNPRINTED = 2
"""The least that a command ends with whose answer is lost."""


class _Patient(io.FileIO):
    """Takes what it is given, also where that can be kept nowhere: a log on a full disk must not stop a push."""

    def write(self, data: Any) -> int:
        with suppress(OSError):
            return super().write(data)
        return memoryview(data).nbytes


def made_ready() -> None:
    """Let nothing that is printed end in a traceback."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 -- until the end
        # A Belgian Windows desktop redirects to cp1252: a letter it lacks becomes ?.
        getattr(sys, name).reconfigure(errors="replace")
    if not sys.stderr.isatty():
        taken = io.BufferedWriter(_Patient(sys.stderr.fileno(), "wb", closefd=False))
        sys.stderr = io.TextIOWrapper(taken, sys.stderr.encoding, "replace", line_buffering=True)


def unprinted(error: OSError, exit_code: int, language: str | None = None) -> int:
    """Let go of stdout, say on stderr why it did not take the answer, and return the exit code.

    That nobody reads on (`clientimport validate … | head`) is no failure.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter complains at exit
    if isinstance(error, BrokenPipeError):
        return exit_code
    spoken = words(settings.language(language))
    print(spoken.error("stdout.not_written", {"reason": error.strerror or str(error)}), file=sys.stderr)
    return max(exit_code, _UNPRINTED)


def leave(exit_code: int) -> NoReturn:
    """End the process as it stands: to take a large file apart in memory first takes a tenth of a second."""
    try:
        sys.stdout.flush()
    except OSError as error:
        exit_code = unprinted(error, exit_code)
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(exit_code)
