"""Postal code and city in one cell."""

from __future__ import annotations

import pytest

from clientimport.schema.derivations.split_postal_code_city import move_postal_code, split_postal_code_city


@pytest.mark.parametrize(
    ("cell", "code", "city"),
    [
        ("9000 Gent", "9000", "Gent"),
        ("B-9000 Gent", "9000", "Gent"),
        ("L-1611 Luxembourg", "1611", "Luxembourg"),
        ("1348 Louvain-la-Neuve", "1348", "Louvain-la-Neuve"),
        ("1234 AB Amsterdam", "1234 AB", "Amsterdam"),
        ("59000 Lille", "59000", "Lille"),
        ("9870, Sint-Martens-Latem", "9870", "Sint-Martens-Latem"),
        ("Gent 9000", "9000", "Gent"),
        ("Louvain-la-Neuve (1348)", "1348", "Louvain-la-Neuve"),
        ("B 9000 Gent", "9000", "Gent"),
        ("L - 6630 Wasserbillig", "6630", "Wasserbillig"),
        ("FIN-00100 Helsinki", "00100", "Helsinki"),
        ("3665 As", "3665", "As"),
        ("As 3665", "3665", "As"),
        ("51160 Ay", "51160", "Ay"),
        ("80190 Y", "80190", "Y"),
        ("9131 Ee", "9131", "Ee"),
        ("3854 Å", "3854", "Å"),
        ("8660 DE PANNE", "8660", "DE PANNE"),
    ],
)
def test_both_are_found(cell: str, code: str, city: str) -> None:
    derived = split_postal_code_city(cell)
    assert derived is not None
    assert derived.values == (code, city)


@pytest.mark.parametrize(
    "cell",
    [
        *("Gent", "9000", "1234 AB", "", None, "12 Gent", "Gent 90", "As", "Y"),
        *("B 9000", "BE 2000", "L 1234", "F 59000", "D 10115", "L - 6630", "A-6020", "LT-10309", "b9000"),
        *("9000 B", "9000 BE", "9000 (B)", "1012 ab", "1012AB", "NL-1012 AB"),
    ],
)
def test_one_of_them_alone_is_left_alone(cell: str | None) -> None:
    assert split_postal_code_city(cell) is None


def test_the_country_of_the_row_says_whose_two_letters_are() -> None:
    dutch, belgian = (
        split_postal_code_city("1012 de amsterdam", "Nederland"),
        split_postal_code_city("8660 DE PANNE", "België"),
    )
    assert dutch is not None
    assert belgian is not None
    assert (dutch.values, belgian.values) == (("1012 DE", "amsterdam"), ("8660", "DE PANNE"))


@pytest.mark.parametrize("cell", ["9000", "B-9000", "1012 ab"])
def test_a_code_is_no_city(cell: str) -> None:
    derived = move_postal_code(cell)
    assert derived is not None
    assert derived.values == (cell, None)


@pytest.mark.parametrize("cell", ["As", "Y", "Gent", "9000 Gent", "12", "", None])
def test_a_city_without_a_code_is_left_alone(cell: str | None) -> None:
    assert move_postal_code(cell) is None
