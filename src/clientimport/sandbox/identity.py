"""The identity of a client on a platform: its number, else the office's reference, else e-mail and name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

NUMBERS = ("company_number", "vat_number", "rcs_number", "national_register_number")
REFERENCES = ("external_reference", "client_code")
SEARCH_FIELDS = (*NUMBERS, *REFERENCES, "contact_email")
"""The fields that a list of clients can be filtered by."""


def search_keys(fields: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) under which a client is found: each search field, and `identity` once or more.

    >>> list(search_keys({"company_number": "0403019261", "city": "Gent"}))
    [('company_number', '0403019261'), ('identity', 'company_number 0403019261')]
    """
    yield from ((name, search_value(name, fields[name])) for name in SEARCH_FIELDS if name in fields)
    for names in (NUMBERS, REFERENCES):
        present = [name for name in names if name in fields]
        if present:
            yield from (("identity", f"{name} {fields[name]}") for name in present)
            return
    yield "identity", f"contact {search_value('contact_email', fields['contact_email'])} {_name(fields)}"


def search_value(name: str, value: str) -> str:
    """Return a value as it is compared: an e-mail address in lower case."""
    return value.casefold() if name == "contact_email" else value


def _name(fields: Mapping[str, str]) -> str:
    person = f"{fields.get('contact_first_name', '')}{fields.get('contact_last_name', '')}"
    name = fields.get("legal_name") or person
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", name.casefold())))
