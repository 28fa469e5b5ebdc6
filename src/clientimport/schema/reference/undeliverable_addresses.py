"""Undeliverable addresses: those that cannot exist, and placeholders typed because the field wants an address.

A check warns of them, and a push holds their mail back. In doubt an address is a right one: that a client was never
invited would go unnoticed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.schema.reference.email_domains import WELL_KNOWN, meant_domain
from clientimport.schema.reference.top_level_domains import is_top_level_domain, top_level_domain

RESERVED = (
    *("test", "example", "invalid", "localhost", "example.com", "example.net", "example.org"),
    *("local", "onion", "alt", "internal", "arpa"),
)
"""RFC 2606 and 6761; then RFC 6762, 7686, 9476, ICANN's resolution 2024.07.29.06, RFC 3172. None of them has mail."""
_NO_REPLY = (
    "(?:no ?reply|do ?not ?reply|mailer ?daemon|geen ?antwoord|niet ?(?:be)?antwoorden"
    "|ne ?pas ?repondre|keine? ?antwort|nicht ?antworten)"
)
_NO_MAIL = (
    "(?:geen|no|zonder|sans|ohne|keine?|pas ?(?:de?)?|heeft ?geen|has ?no|hat ?keine?) ?"
    "(?:(?:e ?)?mail ?(?:adres|adresse|address)?|adres|adresse|address)"
)
_UNKNOWN = (
    "(?:geen|nvt|n v t|onbekend|ontbreekt|aucune?|neant|inconnue?|manquante?|keine?|unbekannt|fehlt|none|nihil|unknown"
    "|voorbeeld|exemple|beispiel|example|xxx+)"
)
_EXAMPLES = ("voorbeeld", "exemple", "beispiel", "example")
_TEST = "test(?:ing)?"
_ONLY_TOGETHER = (
    "(?:test(?:ing|er)?|xyz|mail|e ?mail|fake|dummy|asdf|qwerty|azerty|foo|na|n a|null|niemand|personne|nobody"
    "|leeg|vide|leer|empty|naam|nom|name)"
)
"""May be somebody's name before the @; the same after it makes a placeholder."""
_MIN_LETTERS = 3
"""Letters from which the same one again and again on both sides is no company's abbreviation; chosen, not measured."""

_NUMBERED = r" ?\d*"
"""People number placeholders where a program wants another one for each client."""
_NO_REPLY_PART = re.compile(rf"(?:^| ){_NO_REPLY}(?: |\d*$)")
_NO_MAIL_WHOLE = re.compile(_NO_MAIL + _NUMBERED)
_UNKNOWN_WHOLE = re.compile(_UNKNOWN + _NUMBERED)
_TEST_WHOLE = re.compile(_TEST + _NUMBERED)
_TOGETHER_WHOLE = re.compile(_ONLY_TOGETHER + _NUMBERED)
_SAME_LETTER = re.compile(r"(\w)\1*")

EVERYDAY_ENDING = r"\.(?:be|lu|nl|fr|de|eu|uk|ch|at|it|es|com|net|org|info|biz|brussels|gent|vlaanderen)$"
"""An expression of Arrow's for addresses whose ending needs no look."""
_SIGNS = "[^0-9a-z@]*"
_REPEATED = "|".join(f"{letter}{{3,}}" for letter in "abcdefghijklmnopqrstuvwxyz0123456789")


def _as_typed_pattern(pattern: str) -> str:
    """Return a pattern of normalised text as one of the text itself, as far as that is in ASCII."""
    return pattern.replace(" ?", _SIGNS).replace(" ", "[^0-9a-z@]+")


LIKE_A_PLACEHOLDER = "|".join(
    (
        rf"(?i)^{_SIGNS}(?:{_as_typed_pattern(f'{_NO_MAIL}|{_UNKNOWN}|{_ONLY_TOGETHER}')}|x+|{_REPEATED})?{_SIGNS}\d*{_SIGNS}(?:\+|@)",
        rf"{_as_typed_pattern(_NO_REPLY)}",
        rf"[@.]{_SIGNS}(?:{_as_typed_pattern(_NO_MAIL)}|{'|'.join(_EXAMPLES)}){_SIGNS}\d*{_SIGNS}\.",
        r"[^\x00-\x7f]",
    )
)
"""An expression of Arrow's for every placeholder, and for some others: those with letters that fold to ASCII."""


@lru_cache(maxsize=1 << 12)
def undeliverable(address: str) -> Issue | None:
    """Return why a mail to this address cannot arrive; None for an address that may be right.

    >>> addresses = ("noreply@peeters.be", "an@peeters.test", "an@telenet.bee")
    >>> [problem.code for problem in map(undeliverable, addresses) if problem]
    ['contact_email.placeholder', 'email.reserved_domain', 'contact_email.undeliverable']
    >>> addresses = ("info@test-aankoop.be", "noreplay@peeters.be", "geenens@skynet.be", "x@salon.gent")
    >>> [undeliverable(address) for address in addresses]
    [None, None, None, None]
    """
    name, _, domain = address.casefold().rpartition("@")
    reserved = is_reserved(domain)
    if is_placeholder(name, domain) or (not reserved and _is_example(domain)):
        return Issue("contact_email.placeholder")
    if reserved:
        return Issue("email.reserved_domain", {"domain": domain})
    if not is_top_level_domain(top_level_domain(domain)):
        intended = meant_domain(domain)
        return Issue(
            "contact_email.undeliverable",
            {"ending": top_level_domain(domain)},
            f"{name}@{intended}" if intended else None,
        )
    return None


def is_reserved(domain: str) -> bool:
    """Return whether a domain in lower case is set apart for tests, examples and the like."""
    return any(domain == name or domain.endswith(f".{name}") for name in RESERVED)


def is_placeholder(name: str, domain: str) -> bool:
    """Return whether what stands before the @ says that there is no address, or the domain does.

    >>> is_placeholder("test", "test.be"), is_placeholder("test", "peeters.be"), is_placeholder("peeters", "peeters.be")
    (True, False, False)
    """
    local_part, labels = normalize(name.partition("+")[0]), [normalize(label) for label in domain.split(".")[:-1]]
    if not local_part:
        return name.isascii()  # signs only; of other letters nothing is left either
    if _UNKNOWN_WHOLE.fullmatch(local_part) or (_TEST_WHOLE.fullmatch(local_part) and domain in WELL_KNOWN):
        return True
    if any(_NO_REPLY_PART.search(text) or _NO_MAIL_WHOLE.fullmatch(text) for text in (local_part, *labels)):
        return True
    return any(_is_same_placeholder(local_part, label) for label in labels)


def _is_same_placeholder(local_part: str, label: str) -> bool:
    """Return whether name and domain are the same word without meaning, or one letter again and again."""
    name, other = local_part.rstrip("0123456789 ") or local_part, label.rstrip("0123456789 ") or label
    if name.replace(" ", "") == other.replace(" ", "") and _TOGETHER_WHOLE.fullmatch(name):
        return True
    repeated = _SAME_LETTER.fullmatch(local_part) and _SAME_LETTER.fullmatch(label) and local_part[0] == label[0]
    return bool(repeated) and (local_part[0] == "x" or len(local_part) >= _MIN_LETTERS)


def _is_example(domain: str) -> bool:
    return any(label in _EXAMPLES for label in domain.split(".")[:-1])
