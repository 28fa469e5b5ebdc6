"""The fast tests agree with the libraries that are the authority."""

from __future__ import annotations

from datetime import UTC, datetime

import phonenumbers
import pyarrow as pa
import pycountry
import pytest
from email_validator import validate_email
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import iban
from stdnum.be import ssn, vat
from stdnum.lu import tva

from clientimport.model.field_type import ParsedValue
from clientimport.model.personal_number import is_national_register_number
from clientimport.schema.reference.countries import ISO_COUNTRIES
from clientimport.schema.types import TYPES
from clientimport.schema.types.enterprise_number import are_enterprise_numbers, is_enterprise_number


def digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def checked(body: str, base: int = 0) -> str:
    return f"{body}{97 - (base + int(body)) % 97:02d}"


def plain(name: str, text: str, country: str = "BE") -> bool:
    return bool(TYPES[name]().is_canonical(pa.array([text]), country)[0].as_py())


@given(number=digits(10) | digits(8).map(checked) | st.text("0123456789BE .", max_size=12))
def test_enterprise_numbers_are_those_of_stdnum(number: str) -> None:
    # stdnum also lets 00, 98 and 99 pass as check digits; the rule gives 01 to 97.
    authority = vat.is_valid(number) and len(number) == 10 and number.isdigit() and 1 <= int(number[8:]) <= 97
    assert is_enterprise_number(number) == authority
    assert are_enterprise_numbers(pa.array([number])).to_pylist() == [authority]


@settings(deadline=None)
@given(number=digits(11) | digits(9).map(checked) | digits(9).map(lambda body: checked(body, 2 * 10**9)))
def test_national_register_numbers_are_those_of_stdnum_with_a_day_and_a_counter_that_exist(number: str) -> None:
    today = datetime.now(UTC).date()
    ours = is_national_register_number(number, today)
    if ours:
        assert ssn.is_valid(number)
    elif ssn.is_valid(number):  # stdnum takes a day that does not exist for one that is not known
        impossible = not 1 <= int(number[6:9]) <= 998 or int(number[4:6]) > 28
        assert impossible or int(number[:2]) == today.year % 100
    assert not plain("national_register_number", number) or ours
    assert isinstance(TYPES["national_register_number"]().parse(number, "BE"), ParsedValue) == ours


@given(number=digits(9).map(checked))
def test_a_national_register_number_of_the_last_century_with_a_common_date_is_plain(number: str) -> None:
    common = 1 <= int(number[2:4]) <= 12 and 1 <= int(number[4:6]) <= 28 and 1 <= int(number[6:9]) <= 998
    assert plain("national_register_number", number) or not common


@given(number=digits(6).map(lambda body: f"LU{body}{int(body) % 89:02d}") | digits(8).map(lambda body: f"LU{body}"))
def test_luxembourg_vat_numbers_are_those_of_stdnum(number: str) -> None:
    assert plain("vat_number", number) == (tva.is_valid(number) and number != "LU00000000")  # a placeholder


@given(
    number=digits(12).map(lambda bban: f"BE00{bban}")
    | digits(16).map(lambda bban: f"LU00{bban}")
    | digits(10).map(lambda account: f"NL00INGB{account}")
    | digits(23).map(lambda bban: f"FR00{bban}")
    | digits(18).map(lambda bban: f"DE00{bban}")
    | st.text("0123456789BELU", max_size=20),
    right=st.booleans(),
)
def test_ibans_are_those_of_stdnum(number: str, right: bool) -> None:
    if right and len(number) > 4 and number[4:].isalnum():
        number = number[:2] + iban.calc_check_digits(number) + number[4:]
    ours = plain("iban", number)
    neighbour = number[:2] in {"BE", "LU", "NL", "FR", "DE"}
    assert ours == (neighbour and iban.is_valid(number, check_country=False))


@pytest.mark.parametrize("prefix", ["+32", "+352", "+33", "+31"])
def test_plain_phone_numbers_are_valid_in_phonenumbers(prefix: str) -> None:
    for start in range(1000):
        for length in (8, 9):
            number = f"{prefix}{start:03d}{'123456'[: length - 3]}"
            if plain("phone", number) or plain("mobile", number):
                assert phonenumbers.is_valid_number(phonenumbers.parse(number, None)), number


def test_plain_phone_numbers_exist() -> None:
    assert plain("phone", "+3225123456")
    assert plain("mobile", "+32475123456")
    assert plain("mobile", "+352621123456")
    assert not plain("mobile", "+3225123456")


@settings(deadline=None)
@given(
    local=st.text("abcXYZ019._+-", max_size=20),
    domain=st.text("abz019-.", max_size=30),
    ending=st.sampled_from(["be", "lu", "test", "com", "gent", "b"]),
)
def test_plain_addresses_are_normal_to_email_validator(local: str, domain: str, ending: str) -> None:
    address = f"{local}@{domain}.{ending}"
    if plain("email", address):
        assert validate_email(address, check_deliverability=False).normalized == address


def test_the_countries_are_those_of_iso() -> None:
    assert {country.alpha_2 for country in pycountry.countries} == ISO_COUNTRIES
