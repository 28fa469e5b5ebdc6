"""E-mail addresses, one in a cell or a list of them.

Platforms test only `@` and `.`, so that what the stricter library rejects is a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types.cleaning import clean, finish_parse
from clientimport.schema.types.common_spelling import SPACES, CommonSpelling
from clientimport.schema.types.missing_value import MISSING, is_missing

_EVERYDAY = (
    r"^[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+"
    r"(?:be|lu|nl|fr|de|eu|uk|ch|com|net|org|brussels|gent|vlaanderen)$"
)
_LONGEST_EVERYDAY = 60  # within every limit of RFC 5321
_BEFORE = re.compile(r"(?:.*[<(\[])?(?:mailto:)?\s*", re.IGNORECASE)
_REAL_DOMAIN = ".be"
_ACCEPTABLE = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+")


def _in_lower_case(addresses: pa.StringArray) -> pa.StringArray:
    """Return addresses with their domains in lower case."""
    bare: Any = pc.utf8_trim(addresses, " ")
    parts: tuple[Any, ...] = (pc.replace_substring_regex(bare, "@.*", ""), pc.replace_substring_regex(bare, ".*@", ""))
    return cast("pa.StringArray", pc.binary_join_element_wise(parts[0], pc.utf8_lower(parts[1]), pa.scalar("@")))


@dataclass(frozen=True, slots=True)
class Email:
    """One address. The part before the @ keeps its case."""

    common_spellings: ClassVar = (
        SPACES,
        CommonSpelling(r"^ *[^@\s]+@[^@\s]*[A-Z][^@\s]* *$", _in_lower_case, "email.domain"),
    )

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the same everywhere
        """Accept everyday addresses, with the domain in lower case."""
        short = pc.less_equal(pc.binary_length(values), pa.scalar(_LONGEST_EVERYDAY))
        return pc.and_(short, pc.match_substring_regex(values, _EVERYDAY))

    def parse(self, text: str, country: str) -> ParsedValue | Issue:  # noqa: ARG002
        """Return the address, or why it is none.

        >>> Email().parse("An Peeters <an@Peeters.be>", "BE")
        ParsedValue(value='an@peeters.be', repair='email.wrapped', notes=())
        >>> Email().parse("an@peeters.test", "BE").notes[0].code, Email().parse("a@x.be; b@x.be", "BE").code
        ('email.reserved_domain', 'email.several')
        """
        if is_missing(text):
            return MISSING
        typed = clean(text)
        if typed.count("@") > 1 and len(addresses := _ACCEPTABLE.findall(typed)) > 1:
            return Issue("email.several", {"first": addresses[0], "second": addresses[1]}, addresses[0])
        address = _unwrap(typed)
        return _problem(address) or _validate(text, typed, address)


def _unwrap(typed: str) -> str:
    """Return what stands between the brackets of a mail program, without the punctuation of a list."""
    ended = typed.rstrip(";,. ")
    ended = ended[:-1].rstrip() if ended.endswith((">", ")", "]")) else ended
    begun = _BEFORE.match(ended)
    bare = ended[begun.end() :] if begun else ended
    return typed if "<" in bare or ">" in bare else bare


def _problem(address: str) -> Issue | None:
    """Return what the platforms themselves would refuse."""
    if "@" not in address:
        return Issue("email.no_at")
    if address.endswith("@"):
        return Issue("email.no_domain")
    name, _, domain = address.rpartition("@")
    if "," in domain and "." not in domain and _normal(pointed := f"{name}@{domain.replace(',', '.')}"):
        return Issue("email.comma", {}, pointed)
    if re.search(r"\s", address):
        return Issue("email.space", {}, re.sub(r"\s+", "", address))
    if "." not in domain:
        return Issue("email.no_dot")
    return None if _ACCEPTABLE.fullmatch(address) else Issue("email.form")


def _validate(text: str, typed: str, address: str) -> ParsedValue:
    repair = "email.domain" if address == typed else "email.wrapped"
    if normal := _normal(address):
        return finish_parse(text, normal, repair)
    domain = address.rpartition("@")[2].lower()
    # The library rejects a reserved domain before all else: the rest is checked with a real domain.
    if _is_reserved(domain) and (normal := _normal(address + _REAL_DOMAIN)):
        reserved = Issue("email.reserved_domain", {"domain": domain})
        return finish_parse(text, normal.removesuffix(_REAL_DOMAIN), repair, reserved)
    return finish_parse(text, address, repair, Issue("email.unusual"))


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


_EMAIL = Email()


@dataclass(frozen=True, slots=True)
class EmailList:
    """Addresses joined by a comma."""

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
        """Accept a cell with one everyday address."""
        return _EMAIL.is_canonical(values, country)

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        """Return all addresses joined by a comma, or the first problem among them.

        >>> EmailList().parse("a@x.be; b@x.be", "BE")
        ParsedValue(value='a@x.be,b@x.be', repair='emails.separators', notes=())
        """
        if is_missing(text):
            return MISSING
        results = [_EMAIL.parse(part, country) for part in _parts(text)]
        problem = next((result for result in results if isinstance(result, Issue)), None)
        if problem:
            return problem
        parsed = [result for result in results if isinstance(result, ParsedValue) and result.value]
        if not parsed:
            return MISSING
        notes = tuple(note for result in parsed for note in result.notes)
        repair = parsed[0].repair if len(results) == 1 else None
        return finish_parse(
            text, ",".join(str(result.value) for result in parsed), repair or "emails.separators", *notes
        )


def _parts(text: str) -> list[str]:
    """Return the addresses as typed; a space or slash ends one only where another has come before it.

    >>> _parts("An <a@x.be>; b@x.be c@x.be / d@x.be"), _parts("a/b@x.be")
    (['An <a@x.be>', 'b@x.be', 'c@x.be', 'd@x.be'], ['a/b@x.be'])
    """
    if text.count("@") == 1:  # a comma or space belongs to the name beside it
        return [text]
    parts: list[str] = []
    for piece in re.split(r"[;,|\n\r\t]|:::", text):
        words = re.split(r"[\s/]+", piece.strip())
        whole = "<" in piece or piece.count("@") < 2 or not all("@" in word for word in words)  # noqa: PLR2004 -- a pair
        parts.extend([piece.strip()] if whole else words)
    return [part for part in parts if part]
