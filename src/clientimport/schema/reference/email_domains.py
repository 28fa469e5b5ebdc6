"""Well-known mail domains, and which of them a misspelt one may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import numpy as np

from clientimport.schema.reference.top_level_domains import is_top_level_domain

WELL_KNOWN = (
    *("gmail.com", "hotmail.com", "hotmail.be", "hotmail.fr", "outlook.com", "outlook.be", "yahoo.com", "yahoo.fr"),
    *("icloud.com", "telenet.be", "skynet.be", "proximus.be", "scarlet.be", "pandora.be", "belgacom.net", "base.be"),
    *("internet.lu", "orange.fr", "wanadoo.fr", "laposte.net", "t-online.de", "freenet.de"),
)
"""Where people in Belgium, Luxembourg and next door have their mail."""
_SHORTEST = 6
"""Letters before the dot from which on one letter more or less is no other name; chosen, not measured."""


_HEADS = "|".join(sorted({re.escape(domain[:2]) for domain in WELL_KNOWN}))
_TAILS = "|".join(sorted({re.escape(domain[3:]) for domain in WELL_KNOWN}))
SLIP = rf"(?i)@(?:{_HEADS})[^@]*$|(?:{_TAILS})$"
"""An expression of Arrow's for every address at a well-known domain or one slip away from it, and for some others.

One slip spares the first two letters, or all from the fourth on.
"""


@cache
def meant_domain(domain: str) -> str | None:
    """Return the well-known domain that one slip of the finger makes of `domain`; None for one that is no slip.

    >>> [meant_domain(one) for one in ("telnet.be", "gmial.com", "skynet.b", "gmail.con", "peeters.be", "hotmail.de")]
    ['telenet.be', 'gmail.com', 'skynet.be', 'gmail.com', None, None]
    """
    from rapidfuzz.distance import OSA

    if domain in WELL_KNOWN:
        return None
    near = [
        candidate
        for candidate in WELL_KNOWN
        if OSA.distance(domain, candidate, score_cutoff=1) <= 1 and _may_be(domain, candidate)
    ]
    return near[0] if len(near) == 1 else None


def meant_domains(domains: Iterable[str]) -> dict[str, str]:
    """Return what each misspelt one of `domains` means; one pass over all of them, for nearly every one is right.

    >>> meant_domains(["peeters.be", "telnet.be"])
    {'telnet.be': 'telenet.be'}
    """
    typed = tuple(domains)
    if not typed:
        return {}
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import cdist

    distances = cdist(typed, WELL_KNOWN, scorer=OSA.distance, score_cutoff=1)
    near = np.flatnonzero((distances <= 1).any(axis=1))
    intended = {typed[index]: meant_domain(typed[index]) for index in near}
    return {domain: well_known for domain, well_known in intended.items() if well_known}


def _may_be(domain: str, well_known: str) -> bool:
    """Return whether the slip is in the name, or in an ending that lacks a letter or does not exist."""
    name, _, ending = domain.rpartition(".")
    right_name, _, right_ending = well_known.rpartition(".")
    if name == right_name:
        return len(ending) < len(right_ending) or not is_top_level_domain(ending)
    return ending == right_ending and len(right_name) >= _SHORTEST - 1
