"""Banqup's Console in Belgium and Luxembourg: the attributes of a client, and the rules of its import page.

Sources: https://intercom-help.eu/unifiedpost/nl/articles/21049-hoe-activeer-ik-de-billtobox-banqup-account-van-mijn-klanten
and https://help.banqup.com/fr/articles/405974-comment-activer-le-compte-banqup-de-mes-clients
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from clientimport.sandbox.api_error import FieldError
from clientimport.sandbox.attribute import NOT_ALLOWED, Attribute, Body
from clientimport.sandbox.platform_rules import PlatformLists, PlatformRules
from clientimport.sandbox.rules import addresses, contacts, numbers

NUMERIC = "must be numeric"
RCS_OR_VAT = "must not be blank without an RCS number"
SHARING = "must be enabled, with a channel and the accountant's e-mail"
_SHARING_KEYS = {"enabled", "channel", "email"}


def _belgian(client: Body, _: PlatformLists) -> Iterator[FieldError]:
    country = addresses.alpha2(client["country"])
    number = client["companyNumber"]
    problem = numbers.company_number(number) if country == "BE" else None if number.isdecimal() else NUMERIC
    if problem:
        yield FieldError("companyNumber", problem)
    yield from _both(client, country)


def _luxembourgish(client: Body, lists: PlatformLists) -> Iterator[FieldError]:
    if "rcsNumber" in client and not lists.seed_data.rcs_exists(client["rcsNumber"]):
        yield FieldError("rcsNumber", numbers.TRN)
    if "rcsNumber" not in client and "vatNumber" not in client:
        yield FieldError("vatNumber", RCS_OR_VAT)
    yield from _both(client, addresses.alpha2(client["country"]))


def _both(client: Body, country: str) -> Iterator[FieldError]:
    vat = numbers.vat_number(client["vatNumber"], country) if "vatNumber" in client else None
    postal_code = addresses.postal_code(client["zip"], country)
    sharing = _sharing(client["documentSharing"]) if "documentSharing" in client else None
    problems = {"vatNumber": vat, "zip": postal_code, "documentSharing": sharing}
    yield from (FieldError(name, problem) for name, problem in problems.items() if problem)


def _sharing(value: Any) -> str | None:
    if not isinstance(value, dict) or not isinstance(value.get("enabled"), bool):
        return SHARING
    if not value["enabled"]:
        return None
    if value.keys() - _SHARING_KEYS:
        return NOT_ALLOWED
    email, channel = value.get("email"), value.get("channel")
    complete = isinstance(email, str) and isinstance(channel, str) and channel.strip() and not contacts.email(email)
    return None if complete else SHARING


STATES = {
    "DRAFT": "draft",
    "INVITED": "invited",
    "CONNECTING": "invited",
    "ACTIVATED": "active",
    "ACTIVATION_FAILED": "failed",
    "ARCHIVED": "archived",
}
"""The Console's word for a state -> the canonical state."""


def _console(
    platform: str,
    number: Attribute,
    iban: Callable[[str], str | None],
    languages: tuple[str, ...],
    rules: Callable[[Body, PlatformLists], Iterator[FieldError]],
    mail: str,
) -> PlatformRules:
    language = contacts.one_of(*languages)
    return PlatformRules(
        id=platform,
        attributes=(
            Attribute("clientName", "legal_name", required=True),
            Attribute("address", "address", required=True),
            Attribute("zip", "postal_code", required=True),
            Attribute("city", "city", required=True),
            Attribute("country", "country", addresses.country, required=True, to_canonical=addresses.alpha2),
            number,
            Attribute("vatNumber", "vat_number"),
            Attribute("iban", "iban", iban, required=True),
            Attribute("bic", "bic", numbers.bic),
            Attribute("language", "language", language, required=True),
            Attribute("contactName", "contact_name", required=True),
            Attribute("contactLanguage", "contact_language", language, required=True),
            Attribute("contactEmail", "contact_email", contacts.email, required=True),
            Attribute("assigneeEmails", "assignee_emails", contacts.email, shape=list),
        ),
        states=STATES,
        rules=rules,
        mail=mail,
        recipient="contactEmail",
        extras=frozenset({"documentSharing"}),
    )


CONSOLE_BE = _console(
    "banqup-console-be",
    Attribute("companyNumber", "company_number", required=True),
    numbers.iban,
    ("nl", "fr", "en", "de"),
    _belgian,
    "invitation",
)
CONSOLE_LU = _console(
    "banqup-console-lu",
    Attribute("rcsNumber", "rcs_number"),
    numbers.luxembourg_iban,
    ("fr", "en"),
    _luxembourgish,
    "provisioning",
)
