"""Normalising: texts become equal that differ only in case, accents, punctuation or spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pyarrow as pa

_SEPARATORS = re.compile(r"[^0-9a-z]+")
_SHORT = 40
"""The longest text that is cached: words and names repeat, longer texts seldom do; chosen, not measured."""


def normalize(text: str) -> str:
    """Return `text` in lower-case ASCII letters and digits, with single spaces between words.

    >>> normalize("  N° T.V.A. "), normalize("Straße"), normalize("Gemeente/stad")
    ('n t v a', 'strasse', 'gemeente stad')
    """
    return _normalize_cached(text) if len(text) <= _SHORT else _normalize(text)


def normalize_column(values: pa.StringArray) -> pa.StringArray:
    """Return the column normalised: ASCII texts all at once, texts with other letters one by one.

    >>> import pyarrow as pa
    >>> normalize_column(pa.array(["N° T.V.A. ", " BTW-nr", None])).to_pylist()
    ['n t v a', 'btw nr', None]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    plain: Any = pc.utf8_trim_whitespace(pc.replace_substring_regex(pc.ascii_lower(values), "[^0-9a-z]+", " "))
    ascii_only: Any = pc.fill_null(pc.string_is_ascii(values), pa.scalar(True))
    others = [_normalize(str(text)) for text in pc.filter(values, pc.invert(ascii_only)).to_pylist()]
    if others:
        plain = pc.replace_with_mask(plain, pc.invert(ascii_only), pa.array(others, pa.string()))
    return cast("pa.StringArray", plain)


def _normalize(text: str) -> str:
    if text.isascii():
        return _SEPARATORS.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", text.casefold().replace("°", " "))
    return _SEPARATORS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


_normalize_cached = lru_cache(maxsize=1 << 15)(_normalize)
