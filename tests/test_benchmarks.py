"""What the benchmarks found stays so; the figures are in docs/decisions/0012-matching-evaluation.md."""

from __future__ import annotations

import pytest

from header_rows import header_rows
from matching import measured, ours
from splitting import Case, addresses, names, outcome

PLATFORM = ("banqup-partner",)


@pytest.mark.parametrize("cases", [list(addresses()), list(names())], ids=["addresses", "names"])
def test_no_cell_is_taken_apart_wrongly(cases: list[Case]) -> None:
    assert [case[0] for case in cases if outcome(*case).startswith("wrong")] == []


@pytest.mark.parametrize("cases", [list(addresses()), list(names())], ids=["addresses", "names"])
def test_nearly_all_cells_are_taken_apart(cases: list[Case]) -> None:
    assert sum(outcome(*case).startswith("right") for case in cases) / len(cases) > 0.98


@pytest.mark.parametrize("half", ["tuning", "held_out"])
def test_columns_of_unknown_programs_are_recognised(half: str) -> None:
    counts = measured(header_rows(half), ours, PLATFORM).counts
    right, wrong = counts["right"] + counts["kept"], counts["wrong"] + counts["none"]
    assert right / (right + wrong) > 0.99
    assert counts["right"] / (counts["right"] + counts["wrong"] + counts["missed"]) > 0.94
