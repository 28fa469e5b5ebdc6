"""The standard streams, also when they are a pipe without a reader, a full disk, or closed."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from clientimport.errors import ClientImportError, reason_facts
from clientimport.messages.catalog import message_catalog
from clientimport.settings.default_values import DefaultName
from clientimport.settings.defaults import load_defaults
from clientimport.settings.language import choose_language

_UNPRINTED = 2
"""The least that a command ends with whose answer is lost."""
_NOBODY_READS = (errno.EPIPE, errno.EINVAL)
"""The latter on Windows: https://github.com/python/cpython/issues/79935."""


class SafeStream(io.FileIO):
    """Takes what it is given, also where that can be kept nowhere.

    A log on a full disk must not stop a push, nor a terminal that was closed or a pipe that is full.
    """

    def write(self, data: Any) -> int:
        """Write what can be written; a closed or full stream loses it and stops nothing."""
        written = None
        with suppress(OSError):
            written = super().write(data)
        return memoryview(data).nbytes if written is None else written


def prepare_streams() -> None:
    """Prepare stdout and stderr so that no print ends in a traceback."""
    closed = sys.stderr is None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started us
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 -- until the end
        # A Belgian Windows desktop redirects to cp1252: a letter it lacks becomes ?.
        getattr(sys, name).reconfigure(errors="replace")
    if not closed and (os.name == "posix" or not sys.stderr.isatty()):  # a Windows console is no file
        taken = io.BufferedWriter(SafeStream(sys.stderr.fileno(), "wb", closefd=False))
        sys.stderr = io.TextIOWrapper(taken, sys.stderr.encoding, "replace", line_buffering=True)


def print_result(text: str, exit_code: int = 0) -> int:
    """Print a text before or instead of a command's result, and return the exit code.

    Raises SystemExit where stdout does not take it.
    """
    try:
        print(text, flush=True)
    except OSError as error:
        sys.exit(handle_stdout_error(error, exit_code))
    return exit_code


def handle_stdout_error(error: OSError, exit_code: int, language: str | None = None) -> int:
    """Close stdout, print on stderr why it could not be written, and return the exit code.

    A reader that stops reading (`clientimport validate … | head`) is no failure.
    """
    drop_stdout()  # else the interpreter complains at exit
    if error.errno in _NOBODY_READS:
        return exit_code
    spoken = message_catalog(_language(language))
    print(spoken.error_message("stdout.not_written", reason_facts(error)), file=sys.stderr)
    return max(exit_code, _UNPRINTED)


def drop_stdout() -> None:
    """Let go of what stdout has not taken yet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _language(asked: str | None) -> str:
    """Return the language of the message, also when config.toml is damaged."""
    with suppress(ClientImportError):
        return choose_language(asked, load_defaults(Path()).value(DefaultName.LANGUAGE))
    return choose_language(asked)


def exit_process(exit_code: int) -> NoReturn:
    """End the process as it stands: to take a large file apart in memory first takes a tenth of a second."""
    try:
        sys.stdout.flush()
    except OSError as error:
        exit_code = handle_stdout_error(error, exit_code)
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(exit_code)
