"""A client: one row that may be sent, the further contacts of other rows, and the identifiers it is recognised by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from clientimport.model.normalize import normalize

STRONG_IDENTIFIERS = (
    "company_number",
    "vat_number",
    "rcs_number",
    "national_register_number",
    "external_reference",
    "client_code",
)
"""The fields that identify a client by themselves, strongest first."""

NAME_FIELDS = ("legal_name", "contact_first_name", "contact_last_name", "contact_name")
"""The fields that `display_name` is made of."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a client is recognised by on a platform."""

    kind: str
    """A field of STRONG_IDENTIFIERS, or `contact`: e-mail address and normalised name."""
    value: str

    @property
    def weak(self) -> bool:
        """Whether a match by this alone needs a warning."""
        return self.kind == "contact"


@dataclass(frozen=True, slots=True)
class Client:
    """What is known about one client; empty values are absent from `fields`."""

    row: int
    rows: tuple[int, ...]
    """All rows of the spreadsheet that speak of it; `row` is the first."""
    fields: Mapping[str, str]
    contacts: tuple[Mapping[str, str], ...] = ()
    """Further contact persons, as contact fields."""


def display_name(fields: Mapping[str, str]) -> str:
    """Return the name a person would call this client.

    >>> display_name({"contact_first_name": "An", "contact_last_name": "Peeters"})
    'An Peeters'
    """
    person = (fields.get("contact_first_name", ""), fields.get("contact_last_name", ""))
    return fields.get("legal_name") or " ".join(filter(None, person)) or fields.get("contact_name", "")


def identities(fields: Mapping[str, str]) -> Iterator[Identity]:
    """Yield everything that identifies this client, the strongest first.

    >>> [identity.kind for identity in identities({"vat_number": "LU15027442", "contact_email": "a@b.lu"})]
    ['vat_number', 'contact']
    """
    for kind in STRONG_IDENTIFIERS:
        if fields.get(kind):
            yield Identity(kind, fields[kind])
    if fields.get("contact_email"):
        yield Identity("contact", f"{fields['contact_email'].casefold()} {normalize(display_name(fields))}")
