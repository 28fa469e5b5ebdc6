"""Doubts that hold on every platform: an example of each that is noticed, and a near miss that is not."""

from __future__ import annotations

import pytest

from clientimport.schema.checks import COMMON_CHECKS
from clientimport.schema.reference.email_domains import WELL_KNOWN, meant_domain
from records_of import records_of

FITTING = {
    "country": "BE",
    "contact_locale": "nl-BE",
    "legal_name": "Bakkerij Peeters BV",
    "contact_email": "an@peeters.be",
    "responsible_email": "ann@office.example",
    "iban": "BE71096123456769",
    "bic": "GKCCBEBB",
    "city": "Gent",
    "postal_code": "9000",
}


def noticed(*rows: dict[str, str | None]) -> list[tuple[str, str | None]]:
    """Return code and field of what is noticed in rows that fit but for what is given."""
    full = [{**FITTING, **row} for row in rows]
    records = records_of(**{field: [row[field] for row in full] for field in FITTING})
    return [(one.code, one.field) for check in COMMON_CHECKS for one in check(records)]


def test_a_row_in_which_all_fits_is_left_in_peace() -> None:
    assert noticed({}) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"contact_email": "an@telnet.be"}, "email.misspelt_domain"),
        ({"contact_email": "an@gmial.com"}, "email.misspelt_domain"),
        ({"responsible_email": "ann@skynet.b"}, "email.misspelt_domain"),
        ({"contact_email": "ann@office.example"}, "contact_email.of_the_office"),
        ({"contact_email": "info@office.example"}, "contact_email.of_the_office"),
        ({"contact_locale": "fr-LU"}, "contact_locale.other_country"),
        ({"bic": "KREDBEBB"}, "bic.other_bank"),
        ({"legal_name": "BVBA"}, "legal_name.only_form"),
        ({"legal_name": "s.a."}, "legal_name.only_form"),
        ({"legal_name": "Bakkerij Peeters B.V.B.A."}, "legal_name.old_form"),
        ({"city": "Gand", "postal_code": "1000"}, "postal_code.other_city"),
        ({"city": "Luxembourg", "postal_code": "9000", "country": "LU"}, "postal_code.other_city"),
    ],
)
def test_each_doubt_is_noticed(row: dict[str, str | None], code: str) -> None:
    assert code in [found for found, _ in noticed(row)]


@pytest.mark.parametrize(
    "row",
    [
        {"contact_email": "an@telenet.be"},
        {"contact_email": "an@peters.be"},
        {"contact_email": "an@gmail.be"},
        {"contact_email": "an@hotmail.de"},
        {"contact_locale": "fr-BE"},
        {"contact_locale": None},
        {"bic": "GKCCBEBBXXX"},
        {"bic": None},
        {"iban": "LU280019400644750000", "bic": "BCEELULL"},
        {"legal_name": "Sarlette"},
        {"legal_name": "BVBA Peeters"},
        {"legal_name": "Bakkerij NV"},
        {"city": "Gentbrugge", "postal_code": "1000"},
        {"city": "Gent", "postal_code": "9050"},
        {"city": "Aalst", "postal_code": "3800"},
        {"city": "Bergen", "postal_code": "7000"},
        {"city": "Gent", "postal_code": None},
    ],
)
def test_a_near_miss_is_left_in_peace(row: dict[str, str | None]) -> None:
    assert noticed(row) == []


def test_a_misspelt_domain_is_never_changed_and_its_likely_one_is_shown() -> None:
    records = records_of(contact_email=["an.peeters@hotmial.com"])
    (found,) = [one for check in COMMON_CHECKS for one in check(records)]
    assert found.suggestion == "an.peeters@hotmail.com"


@pytest.mark.parametrize("domain", WELL_KNOWN)
def test_no_well_known_domain_is_a_slip_of_another(domain: str) -> None:
    assert meant_domain(domain) is None


def test_colleagues_at_a_public_provider_make_no_office() -> None:
    assert noticed({"responsible_email": "ann@gmail.com", "contact_email": "x@gmail.com"}) == []
