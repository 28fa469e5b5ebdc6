"""Banqup's Partner Space: the attributes of a client, and the rules of its import page.

Source: https://support.banqup.com/nl/articles/269308-klanten-toevoegen-aan-je-partner-space
"""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.sandbox.api_error import FieldError
from clientimport.sandbox.attribute import Attribute, Body
from clientimport.sandbox.platform_rules import PlatformLists, PlatformRules
from clientimport.sandbox.rules import addresses, contacts, numbers

TEMPLATE = "does not name an existing configuration template"

CONTACT = (
    Attribute("email", "contact_email", contacts.email, required=True),
    Attribute("firstName", "contact_first_name"),
    Attribute("lastName", "contact_last_name"),
    Attribute("locale", "contact_locale", contacts.locale),
)
"""A further contact person."""


def _names(value: object) -> str | None:
    """Check a list of names: the users that manage a client, or its integrations."""
    valid = isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value)
    return None if valid else "must be a list of texts"


def _rules(client: Body, lists: PlatformLists) -> Iterator[FieldError]:
    country = client["countryCode"]
    template = client.get("configurationTemplate")
    problems = {
        "companyNumber": numbers.company_number(client.get("companyNumber", "")) if country == "BE" else None,
        "vatNumber": numbers.vat_number(client.get("vatNumber", ""), "BE" if country == "BE" else ""),
        "postalCode": addresses.postal_code(client.get("postalCode", ""), country),
        "configurationTemplate": None if template in lists.configurations else TEMPLATE,
        "users": _names(client.get("users", [])),
        "integrations": _names(client.get("integrations", [])),
    }
    yield from (FieldError(name, text) for name, text in problems.items() if text and client.get(name) is not None)


PARTNER = PlatformRules(
    id="banqup-partner",
    attributes=(
        Attribute("legalName", "legal_name", required=True),
        Attribute("countryCode", "country", addresses.country_code, required=True),
        Attribute("contactEmail", "contact_email", contacts.email, required=True),
        Attribute("contactFirstName", "contact_first_name", required=True),
        Attribute("contactLastName", "contact_last_name", required=True),
        Attribute("contactLocale", "contact_locale", contacts.locale, required=True),
        Attribute("companyNumber", "company_number"),
        Attribute("vatNumber", "vat_number"),
        Attribute("externalReference", "external_reference"),
        Attribute("iban", "iban", numbers.iban),
        Attribute("street", "street"),
        Attribute("houseNumber", "house_number"),
        Attribute("box", "box"),
        Attribute("postalCode", "postal_code"),
        Attribute("city", "city"),
        Attribute("mandate", "mandate", shape=bool),
        Attribute("configurationTemplate", "configuration_template"),
    ),
    states={
        "DRAFT": "draft",
        "INVITED": "invited",
        "ACTIVE": "active",
        "ARCHIVED": "archived",
        "LOST": "lost",
        "INVITATION_REJECTED": "failed",
        "ACCESS_REJECTED": "failed",
    },
    rules=_rules,
    mail="invitation",
    recipient="contactEmail",
    extras=frozenset({"users", "integrations"}),
    defaults={"contacts": []},
)
