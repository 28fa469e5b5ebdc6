"""Marks beside names that say that somebody has died, and names that only look so."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.schema.types.death_mark import SIGN, death_mark, death_mark_of_company, strip_death_mark

DEAD = [
    *("Jan Peeters †", "† Jan Peeters", "Jan Peeters (†2021)", "Jan Peeters † 12.3.2021", "Jan Peeters + 2021"),
    *(
        "Jan Peeters (+ 12/03/2021)",
        "Jan Peeters (+)",
        "Jan Peeters +",
        "Jan Peeters (overleden)",
        "wijlen Jan Peeters",
    ),
    *("Jan Peeters overleden op 12 maart 2021", "Jan Peeters décédé", "Jan Peeters (décédée le 1er mai 2020)"),
    *(
        "feu Jan Peeters",
        "Jan Peeters (feu)",
        "Jan Peeters verstorben 2021",
        "Jan Peeters (deceased)",
        "Jan Peeters (RIP)",
    ),
]


@pytest.mark.parametrize("name", DEAD)
def test_a_mark_is_found_and_taken_off(name: str) -> None:
    assert death_mark(name)
    assert strip_death_mark(name) == "Jan Peeters"


@pytest.mark.parametrize(
    "name",
    [
        "Jan van Wijlen",
        "Rip Maes",
        "RIP JAN",
        "Jan + An Peeters",
        "Ria Verstraete",
        "An Decock",
        "Feu Jan",
        "D. Cedee",
        "Lateur Jan",
    ],
)
def test_a_name_that_only_looks_so_is_left_alone(name: str) -> None:
    assert death_mark(name) is None
    assert strip_death_mark(name) == name


@pytest.mark.parametrize(
    "name", ["Feu Vert SA", "RIP Curl BV", "Horizon + 2021", "Plus +", "Wijlen en Zonen", "The Late Shop"]
)
def test_a_company_is_not_called_dead_for_a_word_in_its_name(name: str) -> None:
    assert death_mark_of_company(name) is None


@pytest.mark.parametrize(
    "name", ["Peeters Jan †", "Peeters Jan (overleden)", "Dupont Jean, décédé", "Weber Karl verstorben"]
)
def test_a_person_in_the_name_of_a_client_is(name: str) -> None:
    assert death_mark_of_company(name)


@given(
    st.sampled_from(["†", "+ 2021", "overleden", "décédé", "DCD", "RIP", "wijlen ", "feu ", "x y"]), st.text(max_size=9)
)
def test_no_mark_is_passed_over(mark: str, text: str) -> None:
    for name in (f"{mark}{text} Jan Peeters", f"Jan Peeters {text}{mark}"):
        if death_mark(name) or death_mark_of_company(name):
            assert pc.match_substring_regex(pa.array([name]), SIGN).to_pylist() == [True]
