from __future__ import annotations

from mapping_sheet import certain, fields, matched

CODES = ["BE", "FR", "BE", "LU"]
NAMES = ["België", "Frankrijk", "België", "Luxemburg"]


def test_a_country_told_twice_is_taken_once() -> None:
    mapping = matched([("Country", CODES), ("Country name", NAMES)])
    assert fields(mapping) == ["country", None]
    assert certain(mapping)[0]


def test_a_gap_in_the_second_says_nothing_else() -> None:
    assert fields(matched([("Country", CODES), ("Country name", ["", *NAMES[1:]])])) == ["country", None]


def test_two_countries_that_differ_are_left_alone() -> None:
    assert fields(matched([("Country", CODES), ("Country name", NAMES[::-1])])) == [None, None]
