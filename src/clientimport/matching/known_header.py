"""Known headers: whether a cell's text is a header people write, to find the header row among the first rows."""

from __future__ import annotations

from functools import cache

from clientimport.matching.header_meaning import MatchStrength, meaning
from clientimport.matching.known_software import programs
from clientimport.matching.platform_template import template_headers
from clientimport.schema.header_key import key
from clientimport.schema.loader import load_schema, platform_ids

_LONGEST = 60


def known(header: str) -> bool:
    """Tell whether `header` is one of the vocabulary's, of a platform's template or of a known program.

    >>> known("BTW-nr."), known("E-mail klant"), known("Bakkerij Peeters BV"), known("")
    (True, True, False, False)
    """
    if len(header) > _LONGEST:
        return False
    return key(header) in _listed() or meaning(header).how >= MatchStrength.PART


@cache
def _listed() -> frozenset[str]:
    templates = (header for platform in platform_ids() for header in template_headers(load_schema(platform)))
    return frozenset((*templates, *(header for program in programs() for header in program.columns)))
