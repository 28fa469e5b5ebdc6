"""Top-level domains: the last part of every address that can exist."""

from __future__ import annotations

from functools import cache

from clientimport.schema.data_files import bundled

FILE = "_top_level_domains.txt"


def ending(domain: str) -> str:
    """Return the last part of a domain, in lower case.

    >>> ending("mail.Peeters.BE")
    'be'
    """
    return domain.rpartition(".")[2].lower()


def exists(name: str) -> bool:
    """Return whether there is such a top-level domain, in its own letters or in ASCII.

    >>> [exists(one) for one in ("be", "vlaanderen", "москва", "xn--80adxhks", "bee", "con")]
    [True, True, True, True, False, False]
    """
    try:
        return name.encode("idna").decode("ascii").lower() in _all()
    except UnicodeError:  # more than the standard of 2003 knows: nobody judges
        return True


@cache
def _all() -> frozenset[str]:
    lines = (bundled("schemas") / FILE).read_text(encoding="ascii").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
