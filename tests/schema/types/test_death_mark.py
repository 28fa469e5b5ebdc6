"""Marks beside names that say that somebody has died, and names that only look so."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.schema.types.death_mark import (
    SIGN,
    death_mark,
    death_mark_of_company,
    death_mark_of_first_name,
    death_mark_of_last_name,
    strip_death_mark,
)

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
ESTATES = [
    *("Erven Peeters", "De erven Jan Peeters", "erven van Jan Peeters", "Erven wijlen Jan Peeters", "Peeters (erven)"),
    *("Nalatenschap Jan Peeters", "Erfgenamen van Jan Peeters", "Jan Peeters, erfgenamen", "Succession Dupont"),
    *("Succession de feu Jean Dupont", "La succession d'Anne Dupont", "Hoirs Dupont", "Dupont (succession)"),
    *("Héritiers de Jean Dupont", "Erbengemeinschaft Weber", "Erben von Karl Weber", "Nachlass Weber"),
    *("Weber Karl (Erben)", "Estate of John Smith", "Heirs of the late John Smith"),
]
ALIVE = [
    *("Jan van Erven", "Erven", "Van Erven", "Ervens Jan", "Erven-Maes Jan", "Jan Verven", "An Peeters (erfgenaam)"),
    *("Erben Karl", "Karl Erben", "Jean L'Héritier", "Héritier Jean", "Successie Jan", "Nachlasen Karl", "Estate Jan"),
    *("Jan Peeters, erfgename", "Weduwe Peeters", "veuve Dupont", "Witwe Weber", "wed. Peeters", "An Peeters (weduwe)"),
]


@pytest.mark.parametrize("name", DEAD)
def test_a_mark_is_found_and_taken_off(name: str) -> None:
    assert death_mark(name)
    assert strip_death_mark(name) == "Jan Peeters"


@pytest.mark.parametrize("name", ["wijlen Peeters", "feu Dupont", "Peeters, wijlen Jan", "Dupont, feu Jean"])
def test_a_word_in_small_letters_before_one_name_or_behind_a_comma_is_found(name: str) -> None:
    assert death_mark(name) in ("wijlen", "feu")
    assert strip_death_mark(name).split()[-1] in ("Peeters", "Dupont", "Jan", "Jean")


@pytest.mark.parametrize("name", ESTATES)
def test_an_estate_is_found_and_keeps_its_name(name: str) -> None:
    assert death_mark(name)
    assert death_mark_of_last_name(name)
    if not {"wijlen", "feu", "late"} & set(name.split()):
        assert strip_death_mark(name) == name


@pytest.mark.parametrize("name", ALIVE)
def test_a_name_like_an_estate_a_single_heir_and_a_widow_are_left_alone(name: str) -> None:
    assert death_mark(name) is None


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        *(
            ("wijlen Peeters", "Peeters"),
            ("Wijlen Peeters", "Peeters"),
            ("feu Dupont", "Dupont"),
            ("Feue Dupont", "Dupont"),
        ),
        *(("† Peeters", "Peeters"), ("Peeters (overleden)", "Peeters"), ("Dupont décédé", "Dupont")),
        *(
            ("Weber verstorben", "Weber"),
            ("Peeters + 2021", "Peeters"),
            ("+ Peeters", "Peeters"),
            ("Peeters (+)", "Peeters"),
        ),
    ],
)
def test_in_a_cell_of_its_own_one_word_behind_the_mark_is_enough(cell: str, kept: str) -> None:
    assert death_mark_of_last_name(cell)
    assert death_mark_of_first_name(cell)
    assert strip_death_mark(cell, own_name=True) == kept


@pytest.mark.parametrize(
    "cell", ["Erven", "erven van", "Succession", "Hoirs", "Erben", "wijlen", "feu", "Nalatenschap"]
)
def test_a_first_name_that_is_nothing_else_is_found(cell: str) -> None:
    assert death_mark_of_first_name(cell) == cell


@pytest.mark.parametrize(
    "cell", ["van Wijlen", "Wijlen", "Feu", "Late", "van Erven", "Erven", "Erben", "Feuillen", "Weduwe", "Veuve Dupont"]
)
def test_a_surname_that_only_looks_so_is_left_alone(cell: str) -> None:
    assert death_mark_of_last_name(cell) is None
    assert strip_death_mark(cell, own_name=True) == cell


@pytest.mark.parametrize("cell", ["Feu", "Feuerbach", "Jan Erven", "Late", "Plus + 1 Jan"])
def test_a_first_name_that_only_looks_so_is_left_alone(cell: str) -> None:
    assert death_mark_of_first_name(cell) is None


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
    st.sampled_from(
        [
            "†",
            "+ 2021",
            "overleden",
            "décédé",
            "DCD",
            "RIP",
            "wijlen ",
            "feu ",
            "erven ",
            "Succession ",
            "Erben ",
            "x y",
        ]
    ),
    st.text(max_size=9),
)
def test_no_mark_is_passed_over(mark: str, text: str) -> None:
    for name in (f"{mark}{text} Jan Peeters", f"Jan Peeters {text}{mark}"):
        if any(mark_of(name) for mark_of in (death_mark, death_mark_of_company, death_mark_of_first_name)):
            assert pc.match_substring_regex(pa.array([name]), SIGN).to_pylist() == [True]
