"""Known headers: whether a cell's text is a header people write, to find the header row among the first rows."""

from __future__ import annotations

from functools import cache

from clientimport.matching.header_meaning import MatchStrength, header_meaning
from clientimport.matching.known_software import known_software
from clientimport.matching.platform_template import template_headers
from clientimport.schema.header_key import normalize_header
from clientimport.schema.loader import load_schema, platform_ids

_LONGEST = 60


def is_known_header(header: str) -> bool:
    """Tell whether `header` is one of the vocabulary's, of a platform's template or of a known program.

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
    return normalize_header(header) in _listed() or header_meaning(header).strength >= MatchStrength.PART


@cache
def _listed() -> frozenset[str]:
    templates = (header for platform in platform_ids() for header in template_headers(load_schema(platform)))
    return frozenset((*templates, *(header for program in known_software() for header in program.columns)))
