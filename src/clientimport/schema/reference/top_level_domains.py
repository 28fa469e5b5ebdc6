"""Top-level domains: the last part of every address that can exist."""

from __future__ import annotations

from functools import cache

from clientimport.schema.data_files import data_folder

FILE = "_top_level_domains.txt"


def top_level_domain(domain: str) -> str:
    """Return the last part of a domain, in lower case.

    >>> top_level_domain("mail.Peeters.BE")
    'be'
    """
    return domain.rpartition(".")[2].lower()


def is_top_level_domain(name: str) -> bool:
    """Return whether there is such a top-level domain, in its own letters or in ASCII.

    >>> [is_top_level_domain(one) for one in ("be", "vlaanderen", "москва", "xn--80adxhks", "bee", "con")]
    [True, True, True, True, False, False]
    """
    try:
        return name.encode("idna").decode("ascii").lower() in _all()
    except UnicodeError:  # letters that IDNA 2003 does not know are not judged
        return True


@cache
def _all() -> frozenset[str]:
    lines = (data_folder("schemas") / FILE).read_text(encoding="ascii").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
