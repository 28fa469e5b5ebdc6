"""Accounton's personal income tax: the attributes of a customer, and the rules of its import page.

Source: https://accounton.freshdesk.com/support/solutions/articles/101000403544-klanten-importeren-via-een-excel-file
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from clientimport.sandbox.api_error import FieldError
from clientimport.sandbox.attribute import Attribute, Body
from clientimport.sandbox.platform_rules import PlatformLists, PlatformRules
from clientimport.sandbox.rules import addresses, contacts, numbers

REGISTRATION_NUMBER = "Enter Valid Registration Number"
COMPANY_NUMBER = "Enter Valid Company Number"
LABEL = "Label must not contain a comma"
DEADLINE = "Deadline must be a date (YYYY-MM-DD)"
LANGUAGE = "Language is not one of your office's languages"
QUESTIONNAIRE = "Select a questionnaire"
OTHER_LANGUAGE = "Select a questionnaire in the customer's language"
RESPONSIBLE = "Responsible user not found"
_CODES = {"dutch": "nl", "french": "fr", "english": "en"}


def _registration_number(value: str) -> str | None:
    return None if numbers.national_number(value) else REGISTRATION_NUMBER


def _company_number(value: str) -> str | None:
    return COMPANY_NUMBER if numbers.company_number(value) else None


def _label(value: str) -> str | None:
    return LABEL if "," in value else None


def _deadline(value: str) -> str | None:
    try:
        return None if date.fromisoformat(value).isoformat() == value else DEADLINE
    except ValueError:
        return DEADLINE


def _code(language: Any) -> str:
    return _CODES[language]


def _rules(customer: Body, lists: PlatformLists) -> Iterator[FieldError]:
    language = customer["language"]
    if language not in lists.seed_data.languages:
        yield FieldError("language", LANGUAGE)
    questionnaire = lists.seed_data.questionnaire(customer.get("checklist", ""))
    if questionnaire is None:
        yield FieldError("checklist", QUESTIONNAIRE)
    elif questionnaire.language != language:
        yield FieldError("checklist", OTHER_LANGUAGE)
    if addresses.postal_code(customer.get("postalCode", ""), customer.get("country", "BE")):
        yield FieldError("postalCode", addresses.POSTAL_CODE)
    if lists.strict_users and customer.get("responsible", lists.seed_data.users[0]) not in lists.seed_data.users:
        yield FieldError("responsible", RESPONSIBLE)


ACCOUNTON = PlatformRules(
    id="accounton",
    attributes=(
        Attribute("type", "person_type", contacts.one_of("person"), required=True),
        Attribute("firstname", "contact_first_name", required=True),
        Attribute("lastname", "contact_last_name", required=True),
        Attribute("email", "contact_email", contacts.email, required=True),
        Attribute("mobileNumber", "contact_mobile", contacts.mobile),
        Attribute("registrationNumber", "national_register_number", _registration_number),
        Attribute("street", "street"),
        Attribute("houseNumber", "house_number"),
        Attribute("box", "box"),
        Attribute("postalCode", "postal_code"),
        Attribute("city", "city"),
        Attribute("country", "country", addresses.country_code),
        Attribute("labels", "labels", _label, shape=list),
        Attribute("language", "language", contacts.one_of(*_CODES), required=True, to_canonical=_code),
        Attribute("clientCode", "client_code"),
        Attribute("companyNumber", "company_number", _company_number),
        Attribute("spouseRegistrationNumber", "spouse_national_register_number", _registration_number),
        Attribute("spouseCompanyNumber", "spouse_company_number", _company_number),
        Attribute("deadline", "tax_deadline", _deadline),
        Attribute("responsible", "responsible_email", contacts.email),
    ),
    states={"NOT_SENT": "draft", "SENT": "invited", "COMPLETED": "active", "ARCHIVED": "archived", "LOST": "lost"},
    rules=_rules,
    mail="questionnaire",
    recipient="email",
    extras=frozenset({"checklist"}),
    defaults={"type": "person"},
)
