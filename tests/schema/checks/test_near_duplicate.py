from __future__ import annotations

from collections.abc import Mapping

import pytest

from clientimport.schema.checks.near_duplicate import near_duplicates
from records_of import records_of

HERE = {"postal_code": "9000", "street": "Kerkstraat", "house_number": "12"}


def noticed(*rows: Mapping[str, str | None]) -> list[int | None]:
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    return [noticed.position for noticed in near_duplicates(records_of(**columns))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakkerij Peeters BV", "Bakerij Peeters"),
        ("BVBA Bakkerij Peeters", "Bakkerij Peters BV"),
        ("Bakkerij en Patisserie Peeters-Claes", "Bakkerij en Patisserie Peet"),
    ],
)
def test_nearly_the_same_name_at_the_same_address_is_noticed(one: str, other: str) -> None:
    assert noticed({"legal_name": one, **HERE}, {"legal_name": other, **HERE}) == [1]
    assert noticed({"legal_name": one, **HERE, "company_number": "0403019261"}, {"legal_name": other, **HERE}) == [1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"company_number": "0419618535"}, {}),
        ({}, {"company_number": "0419618535"}),
        ({"company_number": "0419618535"}, {"vat_number": "NL001234567B01"}),
        ({}, {}),
        ({"company_number": "0419618535", "client_code": "K1"}, {"client_code": "K2"}),
        ({"company_number": "0419618535", **HERE}, {"postal_code": "2000", "street": "Meir", "house_number": "1"}),
    ],
)
def test_an_equal_name_is_noticed_where_no_number_tells_the_two_apart(
    one: Mapping[str, str], other: Mapping[str, str]
) -> None:
    assert noticed({"legal_name": "Bakkerij Peeters BV", **one}, {"legal_name": "bakkerij  PEETERS", **other}) == [1]


@pytest.mark.parametrize(
    "common",
    [
        {"contact_email": "Info@peeters.be"},
        {"contact_phone": "+3292345678"},
        {"contact_mobile": "+32475123456"},
    ],
)
def test_nearly_the_same_name_with_something_in_common_is_noticed(common: Mapping[str, str]) -> None:
    one, other = (
        {"legal_name": "Bakkerij Peeters BV", "company_number": "0419618535"},
        {"legal_name": "Bakerij Peeters"},
    )
    assert noticed({**one, **common}, {**other, **{name: value.lower() for name, value in common.items()}}) == [1]


def test_a_mail_domain_of_their_own_is_something_in_common_and_everybodys_is_not() -> None:
    one, other = (
        {"legal_name": "Bakkerij Peeters BV", "company_number": "0419618535"},
        {"legal_name": "Bakerij Peeters"},
    )
    assert noticed({**one, "contact_email": "an@peeters.be"}, {**other, "contact_email": "info@peeters.be"}) == [1]
    assert noticed({**one, "contact_email": "an@gmail.com"}, {**other, "contact_email": "info@gmail.com"}) == []


def test_two_numbers_tell_two_companies_apart() -> None:
    one = {"legal_name": "Immo Peeters", "company_number": "0403019261", **HERE}
    assert noticed(one, {**one, "company_number": "0202239951"}) == []
    assert (
        noticed({**one, "vat_number": "BE0403019261"}, {**one, "company_number": None, "vat_number": "BE0202239951"})
        == []
    )


def test_rows_of_one_client_are_not_doubted_again() -> None:
    """What tells that two rows are one client is told by another check, once."""
    one = {"legal_name": "Bakkerij Peeters", "company_number": "0419618535", "contact_email": "a@peeters.be"}
    assert noticed({**one, "client_code": "K1"}, {**one, "company_number": None, "client_code": "K1"}) == []
    assert noticed(one, {**one, "company_number": None}) == []


def test_of_many_rows_each_names_the_first_that_it_may_be() -> None:
    rows = records_of(legal_name=["Claes", "Peeters BV", "Peeters", "Peeters"], company_number=["1", "2", None, "3"])
    found = {noticed.position: noticed.facts["other_row"] for noticed in near_duplicates(rows)}
    assert found == {2: "3", 3: "4"}


def test_nearly_the_same_name_elsewhere_or_without_an_address_is_left_in_peace() -> None:
    one, other = {"legal_name": "Bakkerij Peeters", **HERE}, {"legal_name": "Bakerij Peeters", **HERE}
    assert noticed(one, {**other, "house_number": "14"}) == []
    assert noticed(one, {**other, "postal_code": "9050"}) == []
    nowhere = {"street": None, "house_number": None}
    assert noticed({**one, **nowhere}, {**other, **nowhere}) == []


def test_other_names_in_the_same_house_are_left_in_peace() -> None:
    assert noticed({"legal_name": "Bakkerij Peeters", **HERE}, {"legal_name": "Garage Dubois", **HERE}) == []


def test_people_may_share_a_name_but_hardly_a_phone_as_well() -> None:
    one = {"contact_first_name": "An", "contact_last_name": "Claes", "national_register_number": "93051822361"}
    other = {"contact_first_name": "Ann", "contact_last_name": "Claes"}
    assert noticed(one, {**other, "contact_first_name": "An"}) == []
    assert noticed({**one, "contact_mobile": "+32475123456"}, {**other, "contact_mobile": "+32475123456"}) == [1]
    couple = {"contact_first_name": "Piet", "contact_last_name": "Claes", "contact_mobile": "+32475123456"}
    assert noticed({**one, "contact_mobile": "+32475123456"}, couple) == []
