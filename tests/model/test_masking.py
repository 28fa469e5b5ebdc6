from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.model.masking import mask_text, mask_texts, mask_value

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
    shown = mask_text(f"{before}x {written} {after}")
    assert digits_of(shown) == number[-2:]
    assert mask_text(shown) == shown


@given(national_numbers(), national_numbers())
def test_two_numbers_beside_each_other_are_both_masked(first: str, second: str) -> None:
    shown = mask_text(f"{first} {second}")
    assert first not in shown
    assert second not in shown


@given(national_numbers(), st.integers(1, 99))
def test_digits_in_front_do_not_hide_a_number(number: str, other: int) -> None:
    assert number not in mask_text(f"{other} {number}")


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
        ("85073003328.0", "**.**.**-***.28.0"),
        ("85/07/30 033/28", "**.**.**-***.28"),
        ("8.5073003328E+10", "**.**.**-***.28E+10"),
        ("5011500772", "**.**.**-***.72"),
        ("row 3: 5011500772.0", "row 3: **.**.**-***.72.0"),
        ("5.01.15-007.72", "**.**.**-***.72"),
        ("5.011.500.772", "**.**.**-***.72"),
        ("5,011,500,772", "**.**.**-***.72"),
        ("2012345667", "**.**.**-***.67"),
        ("2.012.345.667", "2.012.345.667"),
        ("BE02012345667", "BE02012345667"),
        ("BTW BE 0 2.012.345.667", "BTW BE 0 2.012.345.667"),
        ("BE00403019261", "BE00403019261"),
        ("2.179.999.972 and 2179999972", "2.179.999.972 and 2179999972"),
        ("1001234592", "1001234592"),
        ("1001.234.592", "1001.234.592"),
        ("403019261", "403019261"),
        ("0475/12.34.56", "0475/12.34.56"),
        ("+32 475 12 34 56", "+32 475 12 34 56"),
        ("0032 475 123456", "0032 475 123456"),
        ("+352 621 123 456", "+352 621 123 456"),
        ("BE68 5390 0754 7034", "BE68 5390 0754 7034"),
        ("LU28 0019 4006 4475 0000", "LU28 0019 4006 4475 0000"),
        ("539-0075470-34", "539-0075470-34"),
        ("2026-11-29 10:15:00", "2026-11-29 10:15:00"),
        ("20261129101500", "20261129101500"),
        ("1764411300", "1764411300"),
        ("1893120105732", "****.**.**-***.32"),
        ("1893 1201 057 32 is a matricule", "****.**.**-***.32 is a matricule"),
        ("1893120105731", "1893120105731"),
        ("20192401234", "20192401234"),
        ("5412345000013", "5412345000013"),
    ],
)
def test_only_national_numbers_are_masked(text: str, shown: str) -> None:
    assert mask_text(text) == shown


def test_a_belgian_phone_number_that_passes_the_check_stays_readable() -> None:
    base = "324700112"
    phone = f"{base}{97 - int(base) % 97:02}"
    assert mask_text(phone) != phone
    assert mask_text(f"+{phone}") == f"+{phone}"


@st.composite
def numbers_without_zero(draw: st.DrawFn) -> str:
    """Ten digits of somebody born from 2001 to 2009."""
    base = f"0{draw(st.integers(1, 9))}{draw(st.integers(1, 12)):02}{draw(st.integers(1, 28)):02}"
    base += f"{draw(st.integers(1, 998)):03}"
    return f"{base}{97 - int('2' + base) % 97:02}"[1:]


@given(
    numbers_without_zero(),
    st.sampled_from(["", "x ", "nr.", "“", "(", "a;b;"]),
    st.sampled_from(["", ".0", " x", "”", ";"]),
)
def test_a_number_that_lost_its_zero_does_not_survive(number: str, before: str, after: str) -> None:
    parts = (number[:1], number[1:3], number[3:5], number[5:8], number[8:])
    for written in (number, "{}.{}.{}-{}.{}".format(*parts)):
        shown = mask_text(f"{before}{written}{after}")
        assert len(digits_of(shown)) <= 3
        assert "**.**.**-***." in shown


@given(st.integers(0, 89_999_999), st.sampled_from(["{0}{1}{2}{3}", "{0}.{1}.{2}.{3}"]))
def test_numbers_of_the_crossroads_bank_stay_readable_but_for_what_may_be_somebodys(body: int, form: str) -> None:
    digits = f"{body:08}{97 - body % 97:02}"
    written = form.format(digits[0], digits[1:4], digits[4:7], digits[7:])
    assert mask_text(written) == written or ("." not in written and digits[0] not in "01")


@given(st.text(max_size=30))
def test_a_masked_field_never_shows_more_than_two_digits(value: str) -> None:
    shown = mask_value(True, value)
    if not any(letter.isalnum() for letter in value):
        assert shown == value
        return
    assert re.fullmatch(r"\*\*\.\*\*\.\*\*-\*\*\*\.(\*\*|\d\d)", shown)


def test_a_malformed_number_in_a_masked_field_is_masked_all_the_same() -> None:
    assert mask_value(True, "85.07.30-033.2") == "**.**.**-***.32"
    assert mask_value(True, "") == ""
    assert mask_value(True, "85073003328.0") == "**.**.**-***.28"
    assert mask_value(True, "28") == "**.**.**-***.**"
    assert mask_value(False, "85.07.30-033.28") == "**.**.**-***.28"


def test_an_empty_number_does_not_look_filled() -> None:
    assert (mask_value(True, ""), mask_value(True, "-")) == ("", "-")


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["85.07.30-033.28", "85073003328", "BE", "BE 0", "85.07.30", "-033.28", "\0", "a\0\0"])
        | st.text(max_size=20)
        | st.text("0123456789. -BE", max_size=20),
    )
)
def test_many_texts_are_masked_together_as_each_is_alone(texts: list[str]) -> None:
    assert mask_texts(texts) == [mask_text(text) for text in texts]
