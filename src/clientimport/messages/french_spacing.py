"""French spacing: the space before `: ; ? ! » %` and after `«` keeps its line together.

The sentences are typed with plain spaces, as on any keyboard.
"""

from __future__ import annotations

import re

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_BEFORE = re.compile(r' (?=[:;?!»%](?:\s|$|[).»"]))')
_AFTER = re.compile(r"(?<=«) ")


def with_no_break_spaces(sentence: str) -> str:
    r"""Return a French sentence with no-break spaces where a line must not end; two plain spaces stay.

    >>> with_no_break_spaces("Lu : « a » ?  clientimport map {file}")
    'Lu\xa0: «\xa0a\xa0»\xa0?  clientimport map {file}'
    """
    return _AFTER.sub(NO_BREAK_SPACE, _BEFORE.sub(NO_BREAK_SPACE, sentence))
