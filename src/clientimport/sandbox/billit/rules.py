"""Billit's registered company: the attributes of its registration, flattened, and the rules that its pages state.

Sources: https://docs.accesspoint.billit.eu/docs/registering-entities, https://docs.billit.be/docs/allowed-identifiers
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from clientimport.sandbox.api_error import FieldError, invalid
from clientimport.sandbox.attribute import BLANK, NOT_ALLOWED, Attribute, Body, canonical_text, unknown_names
from clientimport.sandbox.platform_rules import PlatformLists, PlatformRules
from clientimport.sandbox.rules import addresses, contacts, numbers

ADDRESS_TYPES = ("InvoiceAddress", "DeliveryAddress")
PHONE = "must be a number with its country code, such as +32475123456"
LIST = "must be a list of objects"
_ADDRESS = ("AddressType", "Name", "Street", "StreetNumber", "Box", "Zipcode", "City", "CountryCode", "Phone")
_PLACE = _ADDRESS[2:8]
_IDENTIFIER = ("IdentifierType", "Identifier")


def _language(word: Any) -> str:
    return canonical_text(word).lower()


def _phone(value: str) -> str | None:
    return None if value[:1] == "+" and value[1:].isdecimal() else PHONE


def _rules(company: Body, _: PlatformLists) -> Iterator[FieldError]:
    country = company["CountryCode"]
    problems = {
        "TaxIdentifier": numbers.vat_number(company["TaxIdentifier"], country),
        "Zipcode": addresses.postal_code(company.get("Zipcode", ""), country),
        "CBE": numbers.company_number(company["CBE"]) if "CBE" in company else None,
    }
    yield from (FieldError(name, problem) for name, problem in problems.items() if problem)


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
        Attribute("Language", "language", contacts.one_of("NL", "FR", "EN", "DE"), to_canonical=_language),
        Attribute("IBAN", "iban", numbers.iban),
        Attribute("BIC", "bic", numbers.bic),
        Attribute("Street", "street"),
        Attribute("StreetNumber", "house_number"),
        Attribute("Box", "box"),
        Attribute("Zipcode", "postal_code"),
        Attribute("City", "city"),
        Attribute("CountryCode", "country", addresses.country_code, required=True),
    ),
    states={"Active": "active"},
    rules=_rules,
    mail="verification",
    recipient="Email",
    extras=frozenset({"CommercialName", "TaxDeductable", "TaxLiable", "AccountSettings"}),
    defaults={"TaxDeductable": True, "TaxLiable": True},
)
"""Only the state Active is documented; a registration is done at once."""


def flatten(body: Body) -> dict[str, Any]:
    """Return a registration with its address and its identifiers as attributes of the company. Raises ApiError.

    >>> flatten({"CompanyName": "A", "Identifiers": [{"IdentifierType": "CBE", "Identifier": "0566988259"}]})
    {'CompanyName': 'A', 'CBE': '0566988259'}
    """
    addresses, identifiers = _objects(body, "Addresses", _ADDRESS), _objects(body, "Identifiers", _IDENTIFIER)
    top = {name: value for name, value in body.items() if name not in ("Addresses", "Identifiers")}
    if errors := tuple(FieldError(name, NOT_ALLOWED) for name in (*_PLACE, "CBE") if name in top):
        raise invalid(*errors)
    return {**top, **_invoice_address(addresses), **_cbe_number(identifiers)}


def company_details(company: Mapping[str, Any]) -> dict[str, Any]:
    """Return a company as the list of registrations shows it: without e-mail, person and bank account."""
    place = {name: company[name] for name in _PLACE if name in company}
    shown = ("TaxIdentifier", "CompanyName", "TaxDeductable", "TaxLiable")
    number = [{"IdentifierType": "CBE", "Identifier": company["CBE"]}] if "CBE" in company else []
    address = {"AddressType": ADDRESS_TYPES[0], "Name": company["CompanyName"], **place}
    return {**{name: company[name] for name in shown}, "Addresses": [address], "Identifiers": number}


def _objects(body: Body, name: str, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    objects = body.get(name, [])
    if not isinstance(objects, list) or not all(isinstance(entry, dict) for entry in objects):
        raise invalid(FieldError(name, LIST))
    if errors := tuple(error for entry in objects for error in unknown_names(keys, entry)):
        raise invalid(*errors)
    return objects


def _invoice_address(addresses: list[dict[str, Any]]) -> dict[str, Any]:
    for address in addresses:
        if address.get("AddressType") not in ADDRESS_TYPES:
            raise invalid(FieldError("AddressType", f"must be one of {', '.join(ADDRESS_TYPES)}"))
    invoice = next((address for address in addresses if address["AddressType"] == ADDRESS_TYPES[0]), {})
    return {name: invoice[name] for name in _PLACE if name in invoice}


def _cbe_number(identifiers: list[dict[str, Any]]) -> dict[str, Any]:
    for identifier in identifiers:
        if set(identifier) != set(_IDENTIFIER):
            raise invalid(FieldError("Identifiers", BLANK))
        if identifier["IdentifierType"] != "CBE":
            raise invalid(FieldError("IdentifierType", "must be one of CBE"))
    return {"CBE": identifiers[0]["Identifier"]} if identifiers else {}
