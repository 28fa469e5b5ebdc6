"""Who started the program: a person who can be asked, a script, or a shell that completes a command line."""

from __future__ import annotations

import os


def is_completing() -> bool:
    """Return whether the shell asks how a command line may go on."""
    return "_CLIENTIMPORT_COMPLETE" in os.environ


def allows_questions() -> bool:
    """Return whether the environment lets a program ask questions."""
    return not (os.environ.get("CLIENTIMPORT_NO_INPUT") or os.environ.get("CI"))
