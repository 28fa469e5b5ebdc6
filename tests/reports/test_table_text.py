from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clientimport.reports.table_text import table_text
from clientimport.reports.text_tables import render, text_table

words = st.sampled_from(
    [
        "",
        " ",
        "Gent",
        "Firma 12 BV",
        "é",
        "日本語",
        "a b",
        "kerkstraat-",
        "info@bakkerijpeeters.be",
        "x" * 50,
        "\x1b[1m",
        "́",
    ]
)
cells = st.lists(words, max_size=8).map(" ".join) | st.lists(words, max_size=4).map("".join)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    count = draw(st.integers(1, 4))
    row = st.lists(cells, min_size=count, max_size=count)
    headings = ["Row", "Client", "What differs", "Language"][:count]
    return headings, draw(st.lists(row, max_size=6))


@pytest.mark.parametrize("colour", [False, True])
@settings(deadline=None, max_examples=60)
@given(table=tables(), whole=st.integers(0, 2), width=st.sampled_from((30, 50, 80)))
@example(table=(["Row"], []), whole=1, width=80)
def test_a_table_is_the_one_that_rich_draws(
    colour: bool, table: tuple[list[str], list[list[str]]], whole: int, width: int
) -> None:
    drawn = render([text_table(*table, whole)], width=width, colour=colour)
    assert table_text(*table, whole, width=width, colour=colour) == drawn
