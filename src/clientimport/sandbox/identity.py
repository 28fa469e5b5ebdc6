"""What a platform recognises a client by: its number, else the office's own reference, else e-mail and name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

NUMBERS = ("company_number", "vat_number", "rcs_number", "national_register_number")
REFERENCES = ("external_reference", "client_code")
SEARCHED = (*NUMBERS, *REFERENCES, "contact_email")
"""The fields that clients can be asked for by."""


def keys(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) under which a client is found: each searched field, and `identity` once or more.

    >>> list(keys({"company_number": "0403019261", "city": "Gent"}))
    [('company_number', '0403019261'), ('identity', 'company_number 0403019261')]
    """
    yield from ((name, searchable(name, fields[name])) for name in SEARCHED if name in fields)
    for known in (NUMBERS, REFERENCES):
        present = [name for name in known if name in fields]
        if present:
            yield from (("identity", f"{name} {fields[name]}") for name in present)
            return
    yield "identity", f"contact {searchable('contact_email', fields['contact_email'])} {_name(fields)}"


def searchable(name: str, value: str) -> str:
    """Return a value as it is compared: e-mail addresses without their casing."""
    return value.casefold() if name == "contact_email" else value


def _name(fields: Mapping[str, str]) -> str:
    person = f"{fields.get('contact_first_name', '')}{fields.get('contact_last_name', '')}"
    name = fields.get("legal_name") or person
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name.casefold())))
