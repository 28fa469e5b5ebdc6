from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.masking import masked, masked_value

SEPARATORS = st.sampled_from(["", "", "", ".", "-", " ", "/", "\xa0", " - ", "\N{EN DASH}"])
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Nd"]), max_size=8)


@st.composite
def national_numbers(draw: st.DrawFn) -> str:
    """Eleven digits whose check digits fit a birth before or after 2000."""
    base = f"{draw(st.integers(0, 99)):02}{draw(st.integers(0, 52)):02}{draw(st.integers(0, 31)):02}"
    base += f"{draw(st.integers(1, 998)):03}"
    prefix = draw(st.sampled_from(["", "2"]))
    return f"{base}{97 - int(prefix + base) % 97:02}"


def digits_of(text: str) -> str:
    return "".join(re.findall(r"\d", text))


@given(national_numbers(), st.lists(SEPARATORS, min_size=10, max_size=10), TEXTS, TEXTS)
def test_no_valid_number_survives_however_it_is_punctuated(
    number: str, separators: list[str], before: str, after: str
) -> None:
    written = "".join(digit + gap for digit, gap in zip(number, [*separators, ""], strict=True))
    shown = masked(f"{before}x {written} {after}")
    assert digits_of(shown) == number[-2:]
    assert masked(shown) == shown


@given(national_numbers(), national_numbers())
def test_two_numbers_beside_each_other_are_both_masked(first: str, second: str) -> None:
    shown = masked(f"{first} {second}")
    assert first not in shown
    assert second not in shown


@given(national_numbers(), st.integers(1, 99))
def test_digits_in_front_do_not_hide_a_number(number: str, other: int) -> None:
    assert number not in masked(f"{other} {number}")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("850730-033.28 is on row 4", "**.**.**-***.28 is on row 4"),
        ("17.07.30-033.84", "**.**.**-***.84"),
        ("BE0403019261", "BE0403019261"),
        ("BE71 0961 2345 6769", "BE71 0961 2345 6769"),
        ("+32475123456", "+32475123456"),
        ("85073003329", "85073003329"),
        ("", ""),
    ],
)
def test_only_national_numbers_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_a_belgian_phone_number_that_passes_the_check_stays_readable() -> None:
    base = "324700112"
    phone = f"{base}{97 - int(base) % 97:02}"
    assert masked(phone) != phone
    assert masked(f"+{phone}") == f"+{phone}"


@given(st.text(max_size=30))
def test_a_masked_field_never_shows_more_than_two_digits(value: str) -> None:
    shown = masked_value(True, value)
    if not any(letter.isalnum() for letter in value):
        assert shown == value
        return
    assert re.fullmatch(r"\*\*\.\*\*\.\*\*-\*\*\*\.(\*\*|\d\d)", shown)


def test_a_malformed_number_in_a_masked_field_is_masked_all_the_same() -> None:
    assert masked_value(True, "85.07.30-033.2") == "**.**.**-***.32"
    assert masked_value(True, "28") == "**.**.**-***.**"
    assert masked_value(False, "85.07.30-033.28") == "**.**.**-***.28"


def test_an_empty_number_does_not_look_filled() -> None:
    assert (masked_value(True, ""), masked_value(True, "-")) == ("", "-")
