"""Text for a terminal: a long sentence goes on below between two words, and a command that is pasted stays whole."""

from __future__ import annotations

from typing import TextIO

PIPED_WIDTH = 80
"""What a report in a file is as wide as."""

_BEFORE_PASTED = "  "
"""What stands before a command at the end of a sentence, and before one on a line of its own."""


def terminal_text(text: str, stream: TextIO) -> str:
    """Return a text as it goes to `stream`: folded where that is a terminal, as it is elsewhere."""
    return fold_sentences(text, text_width(stream)) if stream.isatty() else text


def text_width(stream: TextIO) -> int:
    """Return how many characters a line has: the terminal's (or COLUMNS), `PIPED_WIDTH` in a file or a pipe."""
    import shutil

    return shutil.get_terminal_size().columns if stream.isatty() else PIPED_WIDTH


def fold_sentences(text: str, width: int) -> str:
    r"""Return a text with each sentence that is longer than `width` on several lines.

    A command behind it has a line of its own where it does not fit; a terminal joins what it broke itself when that
    is copied. Tables and other lines that fit or are indented stay as they are.

    >>> fold_sentences("Check the file that was written:  clientimport validate a.xlsx", 24)
    'Check the file that was\nwritten:\n  clientimport validate a.xlsx'
    """
    return "\n".join(_fold(line, width) for line in text.split("\n"))


def _fold(line: str, width: int) -> str:
    if len(line) <= width or line.startswith(" ") or "\x1b" in line:
        return line
    import textwrap

    sentence, _, pasted = line.partition(_BEFORE_PASTED)
    lines = textwrap.wrap(sentence, width, break_long_words=False, break_on_hyphens=False)
    if pasted and len(lines[-1]) + len(_BEFORE_PASTED) + len(pasted) <= width:
        lines[-1] += f"{_BEFORE_PASTED}{pasted}"
    elif pasted:
        lines.append(f"{_BEFORE_PASTED}{pasted}")
    return "\n".join(lines)
