"""The words of a command line that a shell completes, as it hands them over in the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

_BREAKS = ("=", ":")
"""Where bash takes a word apart: COMP_WORDBREAKS, https://www.gnu.org/software/bash/manual/bash.html#Bash-Variables."""

_WITHOUT_QUOTES = str.maketrans("", "", "'\"")


@dataclass(frozen=True, slots=True)
class CompletedWords:
    """What was typed after the program's name."""

    words: tuple[str, ...]
    """The one under the cursor is the last."""
    prefix: str = ""
    """The part of that word which the shell keeps by itself, so that no answer repeats it."""


def completed_words() -> CompletedWords:
    """Return the words, with those that bash took apart joined again, for typer too."""
    if "COMP_WORDS" not in os.environ:
        text = os.environ.get("_TYPER_COMPLETE_ARGS", "")
        return CompletedWords((*text.split()[1:], *([""] if text.endswith(" ") else [])))
    pieces = os.environ["COMP_WORDS"].split("\n" if "\n" in os.environ["COMP_WORDS"] else None)
    cursor = int(os.environ.get("COMP_CWORD") or 0)
    completed = join_pieces([*pieces, ""][1 : cursor + 1])
    words = completed.words
    os.environ.update(COMP_WORDS="\n".join((pieces[0], *words)), COMP_CWORD=str(len(words)))
    return completed


def join_pieces(pieces: list[str]) -> CompletedWords:
    """Return the words that bash took apart, joined.

    >>> join_pieces(["validate", "--set", "Nr", "=", "vat"])
    CompletedWords(words=('validate', '--set', 'Nr=vat'), prefix='Nr=')
    >>> join_pieces(["validate", "--platform", "ban"])
    CompletedWords(words=('validate', '--platform', 'ban'), prefix='')
    """
    words: list[str] = []
    is_joined = False
    for piece in pieces:
        is_joined = bool(words) and (piece in _BREAKS or words[-1].endswith(_BREAKS))
        if is_joined:
            words[-1] += piece
        else:
            words.append(piece)
    last = words[-1].translate(_WITHOUT_QUOTES) if words else ""
    return CompletedWords(tuple(words), last[: max(map(last.rfind, _BREAKS)) + 1] if is_joined else "")
