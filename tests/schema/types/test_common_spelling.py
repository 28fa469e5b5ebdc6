"""What is read for a whole column at once is what the type reads value by value."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.model.field_type import ParsedValue
from clientimport.schema.types.parse_column import parse_column
from types_of_all import EVERY

COUNTRIES = ["BE", "LU", "NL", "FR", "DE", "GB", "GR", ""]
WRITTEN = [name for name in EVERY if getattr(EVERY[name], "common_spellings", ())]
"""The types that know common spellings."""
RIGHT = (
    *("0403019261", "1018265814", "403019261", "BE0403019261", "LU15027442", "LU00000000", "BE0000000097"),
    *("85073003328", "00010300134", "BE68539007547034", "LU280019400644750000", "NL91ABNA0417164300"),
    *("FR1420041010050500013M02606", "0475123456", "+32475123456", "0032475123456", "+352621123456", "023456789"),
    *("0470012345", "+32(0)470123456", "+33(0)612345678", "+31(0)612345678", "+352(0)621012345", "092234567"),
    *("jan@peeters.be", "Jan.Maes@Firma-X.BE", "JAN@PEETERS.BRUSSELS", "Kerkstraat 12", "An De Smet", "Dr. Jan Maes"),
)
separated = st.tuples(st.sampled_from(RIGHT), st.lists(st.tuples(st.integers(0, 30), st.sampled_from(" ./-,"))))


def _insert(given: tuple[str, list[tuple[int, str]]]) -> str:
    text, marks = given
    for place, mark in marks[:6]:
        text = text[:place] + mark + text[place:]
    return text


texts = separated.map(_insert) | st.tuples(
    st.sampled_from(("", " ", "BE", "BE ", "0", "+32 ")), separated.map(_insert)
).map("".join)


@pytest.mark.parametrize("name", WRITTEN)
@settings(deadline=None, max_examples=60)
@given(typed=st.lists(st.tuples(texts.filter(bool), st.sampled_from(COUNTRIES)), min_size=1, max_size=12))
def test_a_column_is_read_as_its_values_are(name: str, typed: list[tuple[str, str]]) -> None:
    cells, countries = zip(*typed, strict=True)
    column = parse_column(EVERY[name], pa.array(cells), pa.array(countries))
    parsed = [EVERY[name].parse(*pair) for pair in typed]
    assert column.values.to_pylist() == [one.value if isinstance(one, ParsedValue) else None for one in parsed]
    coded = {position: code for code, positions in column.repairs.items() for position in positions.tolist()}
    assert coded == {
        at: one.repair for at, one in enumerate(parsed) if isinstance(one, ParsedValue) and one.repair is not None
    }


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("company_number", "0403.019.261"),
        ("company_number", "403.019.261"),
        ("vat_number", "BE 0403.019.261"),
        ("vat_number", "0403.019.261"),
        ("national_register_number", "85.07.30-033.28"),
        ("iban", "BE68 5390 0754 7034"),
        ("email", " jan@PEETERS.BE"),
        ("mobile", "0475/12 34 56"),
        ("mobile", "0470/01 2345"),
        ("mobile", "0475-12-34-56"),
        ("mobile", "0032 (0)475 123 456"),
        ("phone", "09/223.45.67"),
        ("phone", "+32 475 12 34 56"),
        ("name", " Peeters  BV"),
    ],
)
def test_what_most_people_write_is_not_read_value_by_value(
    name: str, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_ = EVERY[name]
    expected = type_.parse(typed, "BE")
    monkeypatch.setattr(type(type_), "parse", lambda *_: pytest.fail("read value by value"))
    column = parse_column(type_, pa.array([typed, typed]), "BE")
    assert isinstance(expected, ParsedValue)
    assert column.values.to_pylist() == [expected.value] * 2
    assert {code: positions.tolist() for code, positions in column.repairs.items()} == {expected.repair: [0, 1]}
