"""Decimals that a program has put behind numbers."""

from __future__ import annotations

import pyarrow as pa
import pytest

from clientimport.schema.types import TYPES
from clientimport.schema.types.float_suffix import float_suffixes, strip_float_suffixes, without_float_suffix


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("593270113.0", "593270113"),
        ("9000.0", "9000"),
        ("9000,00", "9000"),
        ("0478123456,00", "0478123456"),
        ("+32475123456.0", "+32475123456"),
        ("593270113.000000", "593270113"),
        ("9000.000", "9000"),
        ("403.019.261,00", "403019261"),
        ("403,019,261.00", "403019261"),
        ("5.93270113E+08", "593270113"),
        ("3.2475123456E10", "32475123456"),
    ],
)
def test_a_tail_is_taken_off(typed: str, whole: str) -> None:
    assert without_float_suffix(typed) == whole


@pytest.mark.parametrize(
    "typed",
    [
        "12.5",
        "9000",
        "9.000",
        "0403.019.261",
        "02.12.34.00",
        "1.23E+9",
        "4.03E+08",
        "4.031E+02",
        "A.0",
        ".0",
        "1.10",
        "",
    ],
)
def test_what_is_no_tail_stays(typed: str) -> None:
    assert without_float_suffix(typed) is None


@pytest.mark.parametrize(
    "name",
    [
        "company_number",
        "vat_number",
        "national_register_number",
        "postal_code",
        "phone",
        "mobile",
        "house_number",
        "iban",
    ],
)
def test_it_is_damage_in_every_column_of_numbers(name: str) -> None:
    tails = float_suffixes(TYPES[name](), pa.array(["100.0", "12.5", None, "7"]))
    assert (dict(tails.damage), dict(tails.unsure)) == ({0: "100"}, {})


@pytest.mark.parametrize("name", ["code", "box"])
def test_codes_lose_it_only_where_all_of_them_have_it(name: str) -> None:
    whole = float_suffixes(TYPES[name](), pa.array(["100.0", "101.0", "K-7"]))
    mixed = float_suffixes(TYPES[name](), pa.array(["100.0", "101"]))
    alone = float_suffixes(TYPES[name](), pa.array(["1.0"]))
    decimals = float_suffixes(TYPES[name](), pa.array(["1.0", "2.0", "1.1"]))
    assert (dict(whole.damage), dict(whole.unsure)) == ({0: "100", 1: "101"}, {})
    assert (dict(mixed.damage), dict(mixed.unsure)) == ({}, {0: "100"})
    assert (dict(alone.damage), dict(alone.unsure)) == ({}, {0: "1"})
    assert (dict(decimals.damage), dict(decimals.unsure)) == ({}, {})


@pytest.mark.parametrize("name", ["name", "street", "city", "labels", "text"])
def test_prose_keeps_it(name: str) -> None:
    tails = float_suffixes(TYPES[name](), pa.array(["1.0", "2.0"]))
    assert (dict(tails.damage), dict(tails.unsure)) == ({}, {})


def test_a_column_is_recognised_without_its_tails() -> None:
    assert strip_float_suffixes(("9000.0", "1000.0", "Gent")) == ("9000", "1000", "Gent")
    assert strip_float_suffixes(("9000.0", "12.5")) == ("9000.0", "12.5")
