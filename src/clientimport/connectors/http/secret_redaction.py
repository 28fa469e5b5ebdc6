"""Secret redaction: our secrets and tokens in a platform's answer are replaced before it is shown or stored."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote_plus

REDACTED = "***"

_MIN_INSIDE_WORD = 8
"""Letters from which a secret is looked for inside words; a shorter one may be part of any. Chosen, not measured."""
_MIN_LENGTH = 4
"""A secret of fewer letters is no protection, and redacting it would garble every sentence. Chosen, not measured."""
_MATCHED_LENGTH = 64
"""Letters by which a long token is known; the rest of its word goes with them. Chosen, not measured."""
_REST = r"[^\s\"'<>,;]*"

_MAX_DEPTH = 20
"""Levels of a rejection that are kept; its words stand in the first three. Chosen, not measured."""


def redact(content: Any, secrets: frozenset[str]) -> Any:
    """Return JSON or text with every secret in it struck out, however it was spelled.

    >>> redact({"error": "no client s3cr3t-word, aHR0cCBzM2NyM3Qtd29yZA=="}, frozenset({"s3cr3t-word"}))
    {'error': 'no client ***, ***'}
    """
    pattern = _pattern(secrets)
    return content if pattern is None else _redacted(content, pattern, _MAX_DEPTH)


def _redacted(content: Any, pattern: re.Pattern[str], levels: int) -> Any:
    if isinstance(content, str):
        return pattern.sub(REDACTED, content)
    if not isinstance(content, (list, dict)):
        return content
    if levels == 0:
        return None
    if isinstance(content, list):
        return [_redacted(part, pattern, levels - 1) for part in content]
    return {pattern.sub(REDACTED, name): _redacted(value, pattern, levels - 1) for name, value in content.items()}


@lru_cache(maxsize=8)
def _pattern(secrets: frozenset[str]) -> re.Pattern[str] | None:
    """Return what finds these secrets, the longest spelling first; None without any."""
    spellings = sorted({spelling for secret in secrets for spelling in _spellings(secret)}, key=len, reverse=True)
    return re.compile("|".join(spellings), re.IGNORECASE) if spellings else None


def _spellings(secret: str) -> Iterator[str]:
    """Yield an expression for each way in which a platform may spell what it was sent."""
    if len(secret) < _MIN_LENGTH:
        return
    whole = "".join(map(_letter_pattern, secret[:_MATCHED_LENGTH])) + (_REST if len(secret) > _MATCHED_LENGTH else "")
    for way in (whole, secret.encode().hex()):
        yield way if len(secret) >= _MIN_INSIDE_WORD else rf"(?<![^\W_]){way}(?![^\W_])"
    yield from map(_base64_word_pattern, _base64_parts(secret.encode()))


def _letter_pattern(letter: str) -> str:
    """Return an expression for one letter as it stands, in an address, in a web page and in JSON within JSON."""
    ways = {letter, quote_plus(letter), escape(letter), json.dumps(letter)[1:-1], f"\\u{ord(letter):04x}"}
    ways |= {"".join(f"%{byte:02x}" for byte in letter.encode()), f"&#{ord(letter)};", f"&#x{ord(letter):x};"}
    return f"(?:{'|'.join(map(re.escape, sorted(ways, key=len, reverse=True)))})"


def _base64_parts(secret: bytes) -> Iterator[str]:
    """Yield what is always the same of it in base64, wherever in a longer text it begins, `client:secret` for one."""
    for before in range(3):
        bits = 8 * (before + len(secret))
        whole = base64.b64encode(bytes(before) + secret).decode()
        certain = whole[-(-8 * before // 6) : bits // 6]
        if len(certain) >= _MIN_INSIDE_WORD:
            yield certain


def _base64_word_pattern(part: str) -> str:
    """Return an expression for the whole word of base64 around a part, in both alphabets."""
    pattern = "".join({"+": "[+-]", "/": "[/_]"}.get(letter, letter) for letter in part)
    # Tried at the beginning of a word alone, or a long one would be gone through from each of its letters.
    return rf"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]*{pattern}[A-Za-z0-9+/_-]*={{0,2}}"


def request_secrets(headers: Iterable[str], form: Iterable[str], client_id: str) -> frozenset[str]:
    """Return what is secret of a request: what signs it, but for the client id, which everybody may see."""
    words = {*form, *(value.removeprefix("Bearer ") for value in headers)}
    return frozenset(words - {"", client_id})
