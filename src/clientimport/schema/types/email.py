"""An e-mail address; what platforms test is only `@` and `.`, so that a stricter refusal is a warning."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Problem
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.missing_value import MISSING, is_missing

_EVERYDAY = (
    r"^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    r"(?:be|lu|nl|fr|de|eu|uk|ch|com|net|org|brussels|gent|vlaanderen)$"
)
_LONGEST_EVERYDAY = 60  # within every limit of RFC 5321
_BEFORE = re.compile(r"(?:.*[<(\[])?(?:mailto:)?\s*", re.IGNORECASE)
_REAL_DOMAIN = ".be"
_ACCEPTABLE = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


@dataclass(frozen=True, slots=True)
class Email:
    """One address. The part before the @ keeps its case."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept everyday addresses, with the domain in lower case."""
        short = pc.less_equal(pc.binary_length(values), pa.scalar(_LONGEST_EVERYDAY))
        return pc.and_(short, pc.match_substring_regex(values, _EVERYDAY))

    def parse(self, text: str, country: str) -> ParsedValue | Problem:  # noqa: ARG002
        """Return the address, or why it is none.

        >>> Email().parse("An Peeters <an@Peeters.be>", "BE")
        ParsedValue(value='an@peeters.be', repair='email.wrapped', notes=())
        >>> Email().parse("an@peeters.test", "BE").notes[0].code, Email().parse("a@x.be; b@x.be", "BE").code
        ('email.reserved_domain', 'email.several')
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        if typed.count("@") > 1 and len(found := _ACCEPTABLE.findall(typed)) > 1:
            return Problem("email.several", {"first": found[0], "second": found[1]}, found[0])
        address = _unwrapped(typed)
        return _fault(address) or _authoritative(text, typed, address)


def _unwrapped(typed: str) -> str:
    """Return what stands between the brackets of a mail program, without the punctuation of a list."""
    ended = typed.rstrip(";,. ")
    ended = ended[:-1].rstrip() if ended.endswith((">", ")", "]")) else ended
    begun = _BEFORE.match(ended)
    bare = ended[begun.end() :] if begun else ended
    return typed if "<" in bare or ">" in bare else bare


def _fault(address: str) -> Problem | None:
    """Return what the platforms themselves would refuse."""
    if "@" not in address:
        return Problem("email.no_at")
    if address.endswith("@"):
        return Problem("email.no_domain")
    name, _, domain = address.rpartition("@")
    if "," in domain and "." not in domain and _normal(pointed := f"{name}@{domain.replace(',', '.')}"):
        return Problem("email.comma", {}, pointed)
    if re.search(r"\s", address):
        return Problem("email.space", {}, re.sub(r"\s+", "", address))
    if "." not in domain:
        return Problem("email.no_dot")
    return None if _ACCEPTABLE.fullmatch(address) else Problem("email.form")


def _authoritative(text: str, typed: str, address: str) -> ParsedValue:
    repair = "email.domain" if address == typed else "email.wrapped"
    if normal := _normal(address):
        return finish_parse(text, normal, repair)
    domain = address.rpartition("@")[2].lower()
    # The library refuses a reserved domain before all else: whether the rest is right, a real domain tells.
    if _is_reserved(domain) and (normal := _normal(address + _REAL_DOMAIN)):
        reserved = Problem("email.reserved_domain", {"domain": domain})
        return finish_parse(text, normal.removesuffix(_REAL_DOMAIN), repair, reserved)
    return finish_parse(text, address, repair, Problem("email.unusual"))


def _normal(address: str) -> str | None:
    """Return the address as the authority writes it, or None when it refuses it."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(address, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _is_reserved(domain: str) -> bool:
    from email_validator import SPECIAL_USE_DOMAIN_NAMES

    return any(domain == name or domain.endswith(f".{name}") for name in SPECIAL_USE_DOMAIN_NAMES)
