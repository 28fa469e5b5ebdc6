"""The command line of this process, as it can be given again."""

from __future__ import annotations

import sys

from clientimport.model.shell_command import shell_command


def same_command() -> str:
    """Return the command line of this process, quoted so that it can be pasted."""
    return shell_command(["clientimport", *sys.argv[1:]])
