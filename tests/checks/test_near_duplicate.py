from __future__ import annotations

from collections.abc import Mapping

import pytest

from clientimport.checks.near_duplicate import near_duplicates
from records_of import records_of

HERE = {"postal_code": "9000", "street": "Kerkstraat", "house_number": "12"}


def noticed(*rows: Mapping[str, str | None]) -> list[int | None]:
    full = [{**HERE, "company_number": None, **row} for row in rows]
    columns = {name: [row[name] for row in full] for name in ("legal_name", "company_number", *HERE)}
    return [one.position for one in near_duplicates(records_of(**columns))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakkerij Peeters BV", "Bakerij Peeters"),
        ("BVBA Bakkerij Peeters", "Bakkerij Peters BV"),
        ("Bakkerij en Patisserie Peeters-Claes", "Bakkerij en Patisserie Peet"),
    ],
)
def test_nearly_the_same_name_at_the_same_address_is_noticed(one: str, other: str) -> None:
    assert noticed({"legal_name": one}, {"legal_name": other}) == [1]
    assert noticed({"legal_name": one, "company_number": "0403019261"}, {"legal_name": other}) == [1]


def test_two_numbers_tell_two_companies_apart() -> None:
    rows = ({"legal_name": "Immo Peeters I", "company_number": "0403019261"}, {"legal_name": "Immo Peeters II"})
    assert noticed(rows[0], {**rows[1], "company_number": "0202239951"}) == []


def test_the_same_name_elsewhere_or_without_an_address_is_left_in_peace() -> None:
    one, other = {"legal_name": "Bakkerij Peeters"}, {"legal_name": "Bakerij Peeters"}
    assert noticed(one, {**other, "house_number": "14"}) == []
    assert noticed(one, {**other, "postal_code": "9050"}) == []
    nowhere = {"street": None, "house_number": None}
    assert noticed({**one, **nowhere}, {**other, **nowhere}) == []


def test_other_names_in_the_same_house_are_left_in_peace() -> None:
    assert noticed({"legal_name": "Bakkerij Peeters"}, {"legal_name": "Garage Dubois"}) == []
