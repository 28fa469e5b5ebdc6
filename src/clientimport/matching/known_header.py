"""Known headers: whether a cell's text is a header, to find the header row among the first rows."""

from __future__ import annotations

from functools import cache

from clientimport.matching.header_meaning import MatchStrength, header_meaning
from clientimport.matching.known_software import known_software
from clientimport.matching.platform_template import template_headers
from clientimport.schema.data_files import platform_ids
from clientimport.schema.header_key import normalize_header
from clientimport.schema.loader import load_schema

_LONGEST = 60
"""Characters of a header at most; a longer text is a sentence. Chosen, not measured."""


def is_known_header(header: str) -> bool:
    """Return whether `header` is in the vocabulary, in a platform's template or in the export of a known program.

    >>> is_known_header("BTW-nr.")
    True
    >>> is_known_header("E-mail klant")
    True
    >>> is_known_header("Bakkerij Peeters BV")
    False
    >>> is_known_header("")
    False
    """
    if len(header) > _LONGEST:
        return False
    return normalize_header(header) in _listed_headers() or header_meaning(header).strength >= MatchStrength.PART


@cache
def _listed_headers() -> frozenset[str]:
    """Return the keys of all headers in platforms' templates and in exports of known programs."""
    templates = (header for platform in platform_ids() for header in template_headers(load_schema(platform)))
    return frozenset((*templates, *(header for program in known_software() for header in program.columns)))
