"""Receivers that nobody is behind: an address that cannot exist, or one that was typed because the field wanted one.

A check warns of them, and a push holds their mail back. What may be somebody's address is let be: a client who is not
invited is missed by nobody.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clientimport.finding import Problem
from clientimport.folding import folded
from clientimport.mail_domain import WELL_KNOWN, meant_domain
from clientimport.top_level_domain import ending, exists

RESERVED = (
    *("test", "example", "invalid", "localhost", "example.com", "example.net", "example.org"),
    *("local", "onion", "alt", "internal", "arpa"),
)
"""RFC 2606 and 6761; then RFC 6762, 7686, 9476, ICANN's resolution 2024.07.29.06, RFC 3172. Nobody has mail there."""
_NO_REPLY = re.compile(
    r"(?:^| )(?:no ?reply|do ?not ?reply|mailer ?daemon|geen ?antwoord|niet ?(?:be)?antwoorden"
    r"|ne ?pas ?repondre|keine? ?antwort|nicht ?antworten)(?: |\d*$)"
)
_NO_MAIL = re.compile(
    r"(?:geen|no|zonder|sans|ohne|keine?|pas ?(?:de?)?|heeft ?geen|has ?no|hat ?keine?) ?"
    r"(?:(?:e ?)?mail ?(?:adres|adresse|address)?|adres|adresse|address) ?\d*"
)
_UNKNOWN = re.compile(
    r"(?:geen|nvt|n v t|onbekend|ontbreekt|aucune?|neant|inconnue?|manquante?|keine?|unbekannt|fehlt|none|nihil|unknown"
    r"|voorbeeld|exemple|beispiel|example) ?\d*"
)
_EXAMPLES = ("voorbeeld", "exemple", "beispiel", "example")
_TEST = re.compile(r"test(?:ing)? ?\d*")
_ONLY_TOGETHER = re.compile(
    r"(?:test(?:ing|er)?|xyz|mail|e ?mail|fake|dummy|asdf|qwerty|azerty|foo|na|n a|null|niemand|personne|nobody"
    r"|leeg|vide|leer|empty|naam|nom|name) ?\d*"
)
"""May be somebody's name before the @; the same after it makes a placeholder."""
_SAME_LETTER = re.compile(r"(\w)\1*")
_XXX = re.compile(r"x{3,}")
_LONG = 3
"""Letters from which the same one again and again on both sides is no company's abbreviation."""

EVERYDAY_ENDING = r"\.(?:be|lu|nl|fr|de|eu|uk|ch|at|it|es|com|net|org|info|biz|brussels|gent|vlaanderen)$"
"""An expression of Arrow's for addresses whose ending needs no look."""
_WORDS = (
    *(
        "reply",
        "r[eé]pondre",
        "antw",
        "daemon",
        "mail",
        "adres",
        "address",
        "geen",
        "nvt",
        r"n[._-]?v[._-]?t",
        "onbekend",
    ),
    *(
        "ontbreekt",
        "aucun",
        "n[eé]ant",
        "inconnu",
        "manquant",
        "kein",
        "unbekannt",
        "fehlt",
        "none",
        "nihil",
        "unknown",
    ),
    *("voorbeeld", "exemple", "beispiel", "example", "test", "xyz", "fake", "dummy", "asdf", "qwerty", "azerty", "foo"),
    *(r"\bn[._-]?a", "null", "niemand", "personne", "nobody", "leeg", "vide", "leer", "empty", "naam", "nom", "name"),
)
_SAME = "|".join(f"{letter}{{3,}}" for letter in "abcdefghijklmnopqrstuvwxyz0123456789")
_NO_MAIL_DOMAIN = r"@.*(?:geen|no|zonder|sans|ohne|keine?|pas).?(?:de?.?)?(?:e.?mail|mail|adres|address)"
LIKE_A_PLACEHOLDER = (
    rf"(?i)^[^@]*(?:{'|'.join(_WORDS)})[^@]*@|^x+@|^(?:{_SAME})@|^[^0-9a-z@]+@"
    rf"|{_NO_MAIL_DOMAIN}|@.*(?:reply|antw|daemon|pondre|voorbeeld|exemple|beispiel|example)"
)
"""An expression of Arrow's for every placeholder, and for some others."""


@lru_cache(maxsize=1 << 12)
def doubted(address: str) -> Problem | None:
    """Return why nobody would read a mail to this address; None for one that may be right.

    >>> [one and one.code for one in map(doubted, ("noreply@peeters.be", "an@peeters.test", "an@telenet.bee"))]
    ['contact_email.placeholder', 'email.reserved_domain', 'contact_email.undeliverable']
    >>> [doubted(one) for one in ("info@test-aankoop.be", "noreplay@peeters.be", "geenens@skynet.be", "x@salon.gent")]
    [None, None, None, None]
    """
    name, _, domain = address.casefold().rpartition("@")
    reserved = is_reserved(domain)
    if is_placeholder(name, domain) or (not reserved and _is_example(domain)):
        return Problem("contact_email.placeholder")
    if reserved:
        return Problem("email.reserved_domain", {"domain": domain})
    if not exists(ending(domain)):
        known = meant_domain(domain)
        return Problem("contact_email.undeliverable", {"ending": ending(domain)}, f"{name}@{known}" if known else None)
    return None


def is_reserved(domain: str) -> bool:
    """Return whether a domain in lower case is set apart for tests, examples and the like."""
    return any(domain == name or domain.endswith(f".{name}") for name in RESERVED)


def is_placeholder(name: str, domain: str) -> bool:
    """Return whether what stands before the @ says that there is no address, or the domain does.

    >>> is_placeholder("test", "test.be"), is_placeholder("test", "peeters.be"), is_placeholder("peeters", "peeters.be")
    (True, False, False)
    """
    own, labels = folded(name.partition("+")[0]), [folded(label) for label in domain.split(".")[:-1]]
    if not own:
        return name.isascii()  # signs only; of other letters nothing is left either
    if _NO_REPLY.search(own) or _NO_MAIL.fullmatch(own) or _UNKNOWN.fullmatch(own) or _XXX.fullmatch(own):
        return True
    if any(_NO_REPLY.search(label) or _NO_MAIL.fullmatch(label) for label in labels):
        return True
    if _TEST.fullmatch(own) and domain in WELL_KNOWN:
        return True
    return any(_same(own, label) for label in labels)


def _same(own: str, label: str) -> bool:
    """Tell whether name and domain are the same word without meaning, or one letter again and again."""
    one, other = own.rstrip("0123456789 ") or own, label.rstrip("0123456789 ") or label
    if one.replace(" ", "") == other.replace(" ", "") and _ONLY_TOGETHER.fullmatch(one):
        return True
    repeated = _SAME_LETTER.fullmatch(own) and _SAME_LETTER.fullmatch(label) and own[0] == label[0]
    return bool(repeated) and (own[0] == "x" or len(own) >= _LONG)


def _is_example(domain: str) -> bool:
    return any(label in _EXAMPLES for label in domain.split(".")[:-1])
