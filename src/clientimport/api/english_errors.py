"""Errors in English: what an exception says to somebody who writes Python, in place of the command line's options."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from clientimport.errors import ClientImportError, PlatformUnreachable, UsageError
from clientimport.messages.catalog import message_catalog
from clientimport.messages.printable import printable_lines
from clientimport.model.masking import mask_text

_OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]*[a-z])")
_CALLS = {
    "set": "map()",
    "default": "default()",
    "value": "value()",
    "name": "(file, name)",
    "key": "keys=",
    "yes": "confirm=",
    "password-env": "password=",
    "dry-run": "preview()",
    "json": "json",
}
"""Options that have another name in Python."""
_COMMAND = "  clientimport "
"""How a command begins that can be pasted: it stands at the end, and its options stay."""


@contextmanager
def english_errors() -> Iterator[None]:
    """Let errors of the program say in English what is wrong, and what to write."""
    from clientimport.connectors.protocol import AnswerLost, PlatformRejected

    try:
        yield
    except ClientImportError as error:
        error.sentence = error.sentence or error_sentence(error.code, error.facts)
        raise
    except AnswerLost as error:
        lost = PlatformUnreachable("answer_lost")
        lost.sentence = error_sentence(lost.code, {})
        raise lost from error
    except PlatformRejected as error:
        rejected = UsageError("refused", reason=error.reason)
        rejected.sentence = f"The platform refuses: {printable_lines(mask_text(error.reason))}"
        raise rejected from error


def error_sentence(code: str, facts: Mapping[str, str]) -> str:
    """Return what an error says to a programmer.

    >>> error_sentence("file.encoding_unknown", {"encoding": "utf9", "meant": "utf-8"})
    'There is no encoding utf9. Did you mean utf-8?'
    """
    if facts.get("file") == "-":
        facts = {**facts, "file": "<bytes>"}
    if "flags" in facts:
        facts = {**facts, "flags": _calls(facts["flags"])}
    sentence = message_catalog("en").program_error_message(code, facts)
    words, command, pasted = sentence.partition(_COMMAND)
    words = _OPTION.sub(lambda option: _CALLS.get(option[1], f"{option[1].replace('-', '_')}="), words)
    return mask_text(f"{words}{command}{pasted}")


def _calls(flags: str) -> str:
    """Return options about columns as the calls that do the same.

    >>> _calls('--set "BTW nr=vat_number" | --set C=vat_number --default country=BE')
    ".map({'BTW nr': 'vat_number'}) | .map({'C': 'vat_number'}) .default(country='BE')"
    """
    words, calls = iter(shlex.split(flags)), []
    for word in words:
        name, _, value = next(words, "").rpartition("=") if word in ("--set", "--default") else ("", "", "")
        if word == "--set":
            calls.append(f".map({{{name!r}: {value!r}}})")
        elif word == "--default":
            calls.append(f".default({name}={value!r})")
        else:
            calls.append(word)
    return " ".join(calls)
