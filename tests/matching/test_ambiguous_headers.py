"""A bare number beside an address: of the house, of the client, or neither for certain."""

from __future__ import annotations

from mapping_sheet import certain, fields, matched

STREETS = ["Kerkstraat", "Markt", "Dorp"]
WHOLE = ["Kerkstraat 5", "Markt 12", "Dorp 7"]
HOUSES, CODES = ["5", "12", "7"], ["400012", "400013", "400014"]


def test_behind_a_street_without_numbers_it_is_the_houses() -> None:
    mapping = matched([("Straat", STREETS), ("Nr", HOUSES)], "accounton")
    assert (fields(mapping), certain(mapping)) == (["street", "house_number"], [True, True])


def test_behind_a_street_that_has_its_numbers_it_is_neither() -> None:
    assert fields(matched([("Straat", WHOLE), ("Nr", HOUSES)], "accounton")) == ["address", None]


def test_away_from_the_street_it_is_the_clients() -> None:
    assert fields(matched([("Nr", HOUSES), ("Naam", STREETS), ("Straat", WHOLE)], "accounton"))[0] == "client_code"


def test_long_numbers_are_codes_wherever_they_stand() -> None:
    assert fields(matched([("Straat", WHOLE), ("Nr", CODES)], "accounton")) == ["address", "client_code"]
