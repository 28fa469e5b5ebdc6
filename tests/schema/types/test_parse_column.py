"""Reading a column keeps every change and problem at its place."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

from clientimport.model.field_type import ParsedValue
from clientimport.model.finding import Issue
from clientimport.schema.types import TYPES
from clientimport.schema.types.parse_column import parse_column


def texts(*values: str | None) -> pa.StringArray:
    return pa.array(values, pa.string())


def test_values_repairs_and_problems_stand_at_their_positions() -> None:
    typed = texts("0403019261", None, "0403.019.261", "0403019262", "n.v.t.", "1018265814")
    reading = parse_column(TYPES["company_number"](), typed, "BE")
    assert reading.values.to_pylist() == ["0403019261", None, "0403019261", None, None, "1018265814"]
    positions = {code: positions.tolist() for code, positions in reading.repairs.items()}
    assert positions == {"company_number.separators": [2], "value.nothing": [4]}
    assert [(position, problem.code) for position, problem in reading.problems] == [
        (3, "company_number.check_digits"),
    ]


def test_each_row_is_read_in_its_own_country() -> None:
    reading = parse_column(TYPES["phone"](), texts("0475123456", "621123456", "0475123456"), texts("BE", "LU", None))
    assert reading.values.to_pylist() == ["+32475123456", "+352621123456", None]
    assert [(position, problem.code) for position, problem in reading.problems] == [(2, "phone.unreadable")]


def test_a_column_without_rows_reads_as_one() -> None:
    for country in ("BE", texts()):
        reading = parse_column(TYPES["email"](), texts(), country)
        assert (len(reading.values), reading.repairs, reading.problems) == (0, {}, ())


@dataclass(frozen=True, slots=True)
class Counting:
    """A type that remembers what it was asked."""

    asked: list[tuple[str, str]] = field(default_factory=list)

    def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:  # noqa: ARG002 -- the protocol's
        return pa.array([None if value is None else value == "plain" for value in values.to_pylist()], pa.bool_())

    def parse(self, text: str, country: str) -> ParsedValue | Issue:
        self.asked.append((text, country))
        return ParsedValue(text)


def test_a_value_is_parsed_once_per_country_however_often_it_occurs() -> None:
    counting = Counting()
    parse_column(counting, texts("a", "plain", "a", None, "a", "b"), texts("BE", "BE", "BE", "BE", "LU", "LU"))
    assert sorted(counting.asked) == [("a", "BE"), ("a", "LU"), ("b", "LU")]
