"""Billit's registered company: what its registration says, flat, and the rules that its pages state.

Sources: https://docs.accesspoint.billit.eu/docs/registering-entities, https://docs.billit.be/docs/allowed-identifiers
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clientimport.sandbox.api_error import FieldError, invalid
from clientimport.sandbox.attribute import BLANK, NOT_ALLOWED, Attribute, Body, plainly, unknown_names
from clientimport.sandbox.platform_rules import PlatformLists, PlatformRules
from clientimport.sandbox.rules import contacts, numbers, places

ADDRESS_TYPES = ("InvoiceAddress", "DeliveryAddress")
PHONE = "must be a number with its country code, such as +32475123456"
LIST = "must be a list of objects"
_ADDRESS = ("AddressType", "Name", "Street", "StreetNumber", "Box", "Zipcode", "City", "CountryCode", "Phone")
_PLACE = _ADDRESS[2:8]
_IDENTIFIER = ("IdentifierType", "Identifier")


def _language(word: Any) -> str:
    return plainly(word).lower()


def _phone(value: str) -> str | None:
    return None if value[:1] == "+" and value[1:].isdecimal() else PHONE


def _rules(company: Body, _: PlatformLists) -> Iterator[FieldError]:
    country = company["CountryCode"]
    looked_at = {
        "TaxIdentifier": numbers.vat_number(company["TaxIdentifier"], country),
        "Zipcode": places.postal_code(company.get("Zipcode", ""), country),
        "CBE": numbers.company_number(company["CBE"]) if "CBE" in company else None,
    }
    yield from (FieldError(name, words) for name, words in looked_at.items() if words)


BILLIT = PlatformRules(
    id="billit",
    attributes=(
        Attribute("CompanyName", "legal_name", required=True),
        Attribute("CBE", "company_number"),
        Attribute("TaxIdentifier", "vat_number", required=True),
        Attribute("Email", "contact_email", contacts.email, required=True),
        Attribute("ContactFirstName", "contact_first_name"),
        Attribute("ContactLastName", "contact_last_name"),
        Attribute("Phone", "contact_phone", _phone),
        Attribute("Mobile", "contact_mobile", _phone),
        Attribute("Language", "language", contacts.one_of("NL", "FR", "EN", "DE"), canonise=_language),
        Attribute("IBAN", "iban", numbers.iban),
        Attribute("BIC", "bic", numbers.bic),
        Attribute("Street", "street"),
        Attribute("StreetNumber", "house_number"),
        Attribute("Box", "box"),
        Attribute("Zipcode", "postal_code"),
        Attribute("City", "city"),
        Attribute("CountryCode", "country", places.country_code, required=True),
    ),
    states={"Active": "active"},
    rules=_rules,
    mail="verification",
    recipient="Email",
    extras=frozenset({"CommercialName", "TaxDeductable", "TaxLiable", "AccountSettings"}),
    unasked={"TaxDeductable": True, "TaxLiable": True},
)
"""Only the state Active is documented; a registration is done at once."""


def flat(body: Body) -> dict[str, Any]:
    """Return a registration with its one address and its extra identifier beside the rest. Raises ApiError.

    >>> flat({"CompanyName": "A", "Identifiers": [{"IdentifierType": "CBE", "Identifier": "0566988259"}]})
    {'CompanyName': 'A', 'CBE': '0566988259'}
    """
    addresses, identifiers = _objects(body, "Addresses", _ADDRESS), _objects(body, "Identifiers", _IDENTIFIER)
    top = {name: value for name, value in body.items() if name not in ("Addresses", "Identifiers")}
    if wrong := tuple(FieldError(name, NOT_ALLOWED) for name in (*_PLACE, "CBE") if name in top):
        raise invalid(*wrong)
    return {**top, **_invoice(addresses), **_numbers(identifiers)}


def details(company: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the list of registrations tells of a company: no mail address, no person, no account."""
    place = {name: company[name] for name in _PLACE if name in company}
    known = ("TaxIdentifier", "CompanyName", "TaxDeductable", "TaxLiable")
    number = [{"IdentifierType": "CBE", "Identifier": company["CBE"]}] if "CBE" in company else []
    address = {"AddressType": ADDRESS_TYPES[0], "Name": company["CompanyName"], **place}
    return {**{name: company[name] for name in known}, "Addresses": [address], "Identifiers": number}


def _objects(body: Body, name: str, known: tuple[str, ...]) -> list[dict[str, Any]]:
    found = body.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise invalid(FieldError(name, LIST))
    if wrong := tuple(wrong for one in found for wrong in unknown_names(known, one)):
        raise invalid(*wrong)
    return found


def _invoice(addresses: list[dict[str, Any]]) -> dict[str, Any]:
    for address in addresses:
        if address.get("AddressType") not in ADDRESS_TYPES:
            raise invalid(FieldError("AddressType", f"must be one of {', '.join(ADDRESS_TYPES)}"))
    invoice = next((one for one in addresses if one["AddressType"] == ADDRESS_TYPES[0]), {})
    return {name: invoice[name] for name in _PLACE if name in invoice}


def _numbers(identifiers: list[dict[str, Any]]) -> dict[str, Any]:
    for identifier in identifiers:
        if set(identifier) != set(_IDENTIFIER):
            raise invalid(FieldError("Identifiers", BLANK))
        if identifier["IdentifierType"] != "CBE":
            raise invalid(FieldError("IdentifierType", "must be one of CBE"))
    return {"CBE": identifiers[0]["Identifier"]} if identifiers else {}
