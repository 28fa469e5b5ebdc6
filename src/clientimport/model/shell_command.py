"""A command as a line that can be pasted into a shell."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterable

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What would steer the terminal that the line is printed on."""
_ESCAPED = re.compile(rf"[\\']|{_CONTROL.pattern}")


def shell_command(words: Iterable[str], *, windows: bool = sys.platform == "win32") -> str:
    r"""Return the words as one line, quoted for the shells of this system.

    A POSIX shell gets single quotes, and the `$'…'` of bash, zsh and ksh for a word with a control character. On
    Windows double quotes are understood by cmd and PowerShell alike; a word with `%`, `$` or a backtick means
    something else to one of these, and has to be looked at.

    >>> print(shell_command(["validate", "our clients.xlsx", "--set", "Nom d'usage=legal_name"], windows=False))
    validate 'our clients.xlsx' --set 'Nom d'"'"'usage=legal_name'
    >>> print(shell_command(["validate", "a\x1b[2Jb.csv"], windows=False))
    validate $'a\x1b[2Jb.csv'
    >>> shell_command(["validate", "our clients.xlsx", "--where", 'Nota="x"'], windows=True)
    'validate "our clients.xlsx" --where "Nota=\\"x\\""'
    """
    if windows:
        return " ".join(map(_windows_word, words))
    return " ".join(_ansi_c_word(word) if _CONTROL.search(word) else shlex.quote(word) for word in words)


def _windows_word(word: str) -> str:
    r"""Return a word in double quotes where cmd or PowerShell would take it apart.

    Backslashes before a quotation mark are doubled:
    https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments

    >>> _windows_word("Land=BE,NL"), _windows_word("clients.xlsx")
    ('"Land=BE,NL"', 'clients.xlsx')
    >>> print(_windows_word('our "old" folder\\'))
    "our \"old\" folder\\"
    """
    if re.fullmatch(r"[\w.:\\/@+-]+", word):
        return word
    escaped = re.sub(r'(\\*)"', r'\1\1\\"', word)
    return '"' + re.sub(r"(\\+)$", r"\1\1", escaped) + '"'


def _ansi_c_word(word: str) -> str:
    return f"$'{_ESCAPED.sub(_escape, word)}'"


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if character in "\\'":
        return f"\\{character}"
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"  # noqa: PLR2004 -- the end of ASCII
