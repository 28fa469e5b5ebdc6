"""One judgement of whose number it is, for reading and for masking."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn, verhoeff

from clientimport.model.personal_number import (
    is_establishment_number,
    is_matricule_of_person,
    is_national_register_number,
    looks_like_matricule_of_person,
    may_be_national_number,
    restore_zeros,
)

TODAY = date(2026, 11, 29)


def national(body: str, century: int = 1900) -> str:
    """Return nine digits with the check digits of a birth in `century`."""
    base = 2_000_000_000 if century == 2000 else 0
    return f"{body}{97 - (base + int(body)) % 97:02d}"


def registered(body: str) -> str:
    """Return eight digits with the check digits of the Crossroads Bank."""
    return f"{body}{97 - int(body) % 97:02d}"


@pytest.mark.parametrize(
    ("body", "century", "right"),
    [
        ("850730033", 1900, True),
        ("850230001", 1900, False),  # 30 February
        ("850229001", 1900, False),  # 1985 is no leap year
        ("840229001", 1900, True),
        ("000229001", 1900, False),  # neither was 1900
        ("000229001", 2000, True),
        ("850431001", 1900, False),
        ("851301001", 1900, False),
        ("850100001", 1900, True),  # the day is unknown
        ("850000003", 1900, True),  # and the month
        ("000001012", 1900, True),  # and the year
        ("852115001", 1900, True),  # BIS, sex unknown
        ("854115002", 1900, True),  # BIS, sex known
        ("852230001", 1900, False),  # BIS with 30 February
        ("856115002", 1900, False),
        ("850115000", 1900, False),
        ("850115999", 1900, False),
        ("850115998", 1900, True),
        ("261129001", 2000, True),  # born today
        ("261130001", 2000, False),  # and tomorrow
        ("271129001", 2000, False),
        ("260000001", 2000, True),
        ("401231012", 1900, True),
    ],
)
def test_a_number_is_somebodys_who_can_have_been_born(body: str, century: int, right: bool) -> None:
    assert is_national_register_number(national(body, century), TODAY) == right


def test_zeros_are_lost_only_by_those_born_from_2000_on() -> None:
    assert restore_zeros(national("050115007", 2000)[1:], TODAY) == national("050115007", 2000)
    assert restore_zeros(national("000115007", 2000)[2:], TODAY) == national("000115007", 2000)
    assert restore_zeros(national("020123456", 1900)[1:], TODAY) is None


@given(st.integers(20_000_000, 89_999_999))
def test_a_number_in_the_form_of_an_establishment_is_nobodys(body: int) -> None:
    digits = registered(str(body))
    dotted = f"{digits[0]}.{digits[1:4]}.{digits[4:7]}.{digits[7:]}"
    assert is_establishment_number(digits)
    assert not may_be_national_number(dotted, digits)
    assert not may_be_national_number(f"BE0{digits}", f"0{digits}")
    assert not may_be_national_number(f"BE 0 {dotted}", f"0{digits}")


@given(st.integers(0, 19_999_999))
def test_a_number_of_an_enterprise_is_nobodys(body: int) -> None:
    digits = registered(f"{body:08d}")
    assert not is_establishment_number(digits)
    assert not may_be_national_number(digits, digits)


def test_without_that_form_it_may_be_somebodys_of_long_ago() -> None:
    assert may_be_national_number("2012345667", "2012345667")
    assert may_be_national_number("02012345667", "02012345667")
    assert not may_be_national_number("2179999972", "2179999972")  # a month 17


@given(st.dates(date(1900, 1, 1), date(2026, 11, 29)), st.integers(0, 999))
def test_a_matricule_has_the_luhn_and_the_verhoeff_digit_of_its_first_eleven(born: date, counter: int) -> None:
    body = f"{born:%Y%m%d}{counter:03d}"
    right = body + luhn.calc_check_digit(body) + verhoeff.calc_check_digit(body)
    assert is_matricule_of_person(right)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert not is_matricule_of_person(wrong)
    assert looks_like_matricule_of_person(wrong)


def test_a_published_matricule_is_one_and_a_firms_is_none() -> None:
    assert is_matricule_of_person("1893120105732")
    assert not looks_like_matricule_of_person("20192401234")
    assert not looks_like_matricule_of_person("1985131512345")
