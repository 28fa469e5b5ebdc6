"""Names, whole and in two parts."""

from __future__ import annotations

import pytest

from clientimport.derivations.person_name import joined, taken_apart


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("An Peeters", "An", "Peeters"),
        ("Peeters, An", "An", "Peeters"),
        ("Jan van den Berg", "Jan", "van den Berg"),
        ("Eva De Smet", "Eva", "De Smet"),
        ("DUPONT Marie", "Marie", "DUPONT"),
        ("VAN DAMME Els", "Els", "VAN DAMME"),
        ("Marie DUPONT", "Marie", "DUPONT"),
        ("Mevr. An Peeters", "An", "Peeters"),
        ("Mme Claire Weber", "Claire", "Weber"),
        ("Herr Dr. Karl Schmidt", "Karl", "Schmidt"),
        ("Anne-Marie D'Hondt", "Anne-Marie", "D'Hondt"),
    ],
)
def test_a_name_is_taken_apart_without_a_doubt(name: str, first: str, last: str) -> None:
    derived = taken_apart(name)
    assert derived is not None
    assert derived.values == (first, last)
    assert derived.doubt is None


@pytest.mark.parametrize("name", ["Anna Maria Peeters", "De Smet Jan"])
def test_a_name_that_could_be_cut_elsewhere_is_cut_with_a_doubt(name: str) -> None:
    derived = taken_apart(name)
    assert derived is not None
    assert derived.doubt is not None
    assert derived.doubt.code == "contact_name.order_unsure"


@pytest.mark.parametrize("name", ["Peeters", "", None, "Peeters,"])
def test_one_word_is_left_alone(name: str | None) -> None:
    assert taken_apart(name) is None


def test_a_title_is_no_first_name_and_a_name_that_begins_like_one_keeps_it() -> None:
    mr, drieka = taken_apart("Mr Jan Maes"), taken_apart("Drieka Maes")
    assert mr is not None
    assert drieka is not None
    assert mr.values == ("Jan", "Maes")
    assert drieka.values == ("Drieka", "Maes")


def test_a_name_is_joined_from_what_is_there() -> None:
    assert joined("An", "Peeters") is not None
    both, one = joined("An", "Peeters"), joined(None, "Peeters")
    assert both is not None
    assert one is not None
    assert (both.values, one.values) == (("An Peeters",), ("Peeters",))
    assert joined(None, None) is None
