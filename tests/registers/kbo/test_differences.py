from __future__ import annotations

import pytest

from clientimport.registers.kbo.differences import differences, same_name
from clientimport.registers.kbo.enterprise import Enterprise, EnterpriseName, Seat

SEAT = Seat(
    street={"nl": "Eikstraat(Bru)", "fr": "Rue du Chêne"},
    city={"nl": "Brussel", "fr": "Bruxelles"},
    country={"nl": "", "fr": ""},
    house_number="16",
    box="2",
    postal_code="1000",
)


def enterprise(*names: str, person: bool = False, seat: Seat | None = SEAT) -> Enterprise:
    texts = tuple(EnterpriseName("001" if at == 0 else "003", "2", name) for at, name in enumerate(names))
    return Enterprise("0403019261", "000", "610", person, "2003-02-01", texts, seat, {})


@pytest.mark.parametrize(
    "ours",
    [
        "Bakkerij Peeters",
        "BAKKERIJ PEETERS BV",
        "bv Bakkerij Peeters",
        "Bakkerij Peeters bvba",
        "Bakkerij-Peeters B.V.",
        "Bakkerij Peeters Besloten Vennootschap",
        "Peeters Bakkerij",
        "BakkerijPeeters",
        "Bäkkerij Peeters",
        "De Gouden Korst",
        "Bakkerij Peeters (Gent)",
    ],
)
def test_a_name_that_differs_in_form_alone_is_the_same(ours: str) -> None:
    assert same_name(ours, enterprise("Bakkerij Peeters", "De Gouden Korst"), ["Besloten Vennootschap"])


@pytest.mark.parametrize(
    "ours", ["Bakkerij Maes", "Peeters", "Garage Peeters", "Bakkerij Peeters & Zonen", "Gouden Korst 2"]
)
def test_another_name_is_another(ours: str) -> None:
    assert not same_name(ours, enterprise("Bakkerij Peeters", "De Gouden Korst"))


@pytest.mark.parametrize("ours", ["Peeters & Zonen", "Peeters en Zonen", "Peeters et Zonen BV", "PEETERS + ZONEN"])
def test_and_is_written_in_many_ways(ours: str) -> None:
    assert same_name(ours, enterprise("Peeters & Zonen"))


@pytest.mark.parametrize(
    ("ours", "same"),
    [
        ("An Peeters", True),
        ("Peeters An", True),
        ("Peeters, An Maria Jozef", True),
        ("Bakkerij An Peeters", True),
        ("An Maes", False),
        ("Jan Peeters", False),
        ("Peeters", True),
        ("A. Peeters", True),
        ("J. Peeters", False),
        ("An", True),
        ("A.", False),
        ("Dhr. An Peeters", True),
        ("Bakkerij Peeters", False),
    ],
)
def test_a_person_may_have_more_or_fewer_first_names(ours: str, same: bool) -> None:
    assert same_name(ours, enterprise("Peeters An Maria" if "Maria" in ours else "Peeters An", person=True)) is same


def test_further_first_names_are_no_other_name_of_a_company() -> None:
    assert not same_name("An Peeters Consulting", enterprise("An Peeters"))


def test_an_enterprise_without_a_name_contradicts_nobody() -> None:
    assert same_name("Bakkerij Peeters", enterprise())


def found(**fields: str) -> list[tuple[str, str]]:
    return [(one.field, one.theirs) for one in differences(fields, enterprise("X"), (), "nl")]


@pytest.mark.parametrize(
    "fields",
    [
        {"street": "Eikstraat", "house_number": "16", "postal_code": "1000", "city": "Brussel"},
        {"street": "Rue du Chêne", "house_number": "16", "box": "2", "postal_code": "1000", "city": "Bruxelles"},
        {"street": "eikstr.", "house_number": "16 bus 2"},
        {"street": "R. du Chene", "house_number": "016"},
        {"postal_code": "1000", "city": "Bruxelles-Ville"},
        {"city": "BRUSSEL"},
        {"address": "Eikstraat 16 bus 2"},
        {"address": "16, rue du Chêne"},
        {"street": "", "city": ""},
        {},
    ],
)
def test_the_same_seat_written_otherwise_does_not_differ(fields: dict[str, str]) -> None:
    assert found(**fields) == []


@pytest.mark.parametrize(
    ("fields", "differing"),
    [
        ({"street": "Molenstraat", "house_number": "16", "postal_code": "1000"}, [("street", "Eikstraat")]),
        ({"street": "Eikstraat", "house_number": "18"}, [("house_number", "16")]),
        ({"street": "Eikstraat", "postal_code": "9000", "city": "Gent"}, [("postal_code", "1000")]),
        ({"city": "Gent"}, [("city", "Brussel")]),
        ({"address": "Molenstraat 16"}, [("address", "Eikstraat 16 / 2")]),
        ({"address": "Eikstraat 17"}, [("address", "Eikstraat 16 / 2")]),
        ({"legal_name": "Y"}, [("legal_name", "X")]),
    ],
)
def test_another_seat_or_name_differs(fields: dict[str, str], differing: list[tuple[str, str]]) -> None:
    assert found(**fields) == differing


def test_a_foreign_seat_and_one_that_is_not_there_are_compared_with_nothing() -> None:
    foreign = Seat(
        {"nl": "A", "fr": "A"}, {"nl": "Arras", "fr": "Arras"}, {"nl": "Frankrijk", "fr": "France"}, "2", "", "62000"
    )
    for seat in (foreign, None):
        assert list(differences({"street": "B", "city": "C"}, enterprise("X", seat=seat), (), "nl")) == []
