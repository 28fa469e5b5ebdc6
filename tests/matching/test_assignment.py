from __future__ import annotations

import pyarrow as pa

from clientimport.matching.assignment import assign
from clientimport.matching.candidate import Candidate
from clientimport.model.table import Column


def made(index: int, field: str, score: int) -> Candidate:
    return Candidate(
        Column(index, f"column {index}", pa.array([], pa.string())), field, score, certain=True, reasons=()
    )


def chosen(*candidates: Candidate) -> list[tuple[int, str]]:
    return [(one.column.index, one.field) for one in assign(candidates).chosen]


def test_a_loser_gets_its_second_choice() -> None:
    assert chosen(made(0, "street", 90), made(0, "address", 85), made(1, "street", 95)) == [
        (0, "address"),
        (1, "street"),
    ]


def test_equals_are_both_left_alone() -> None:
    tie = assign([made(0, "iban", 95), made(1, "iban", 95), made(2, "bic", 95)])
    assert [one.column.index for one in tie.tied] == [0, 1]
    assert [one.column.index for one in tie.chosen] == [2]


def test_a_column_with_two_equal_readings_is_left_alone() -> None:
    assert chosen(made(0, "street", 90), made(0, "city", 90)) == []


def test_many_columns_for_one_field_take_no_time() -> None:
    assert chosen(*(made(index, "iban", 50) for index in range(150)), made(150, "iban", 90)) == [(150, "iban")]
