"""Names, whole and in two parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.derivations.person_name import Order, cut, joined


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("An Peeters", "An", "Peeters"),
        ("Peeters An", "An", "Peeters"),
        ("Peeters, An", "An", "Peeters"),
        ("Jan van den Berg", "Jan", "van den Berg"),
        ("Eva De Smet", "Eva", "De Smet"),
        ("De Smet Eva", "Eva", "De Smet"),
        ("DUPONT Marie", "Marie", "DUPONT"),
        ("VAN DAMME Els", "Els", "VAN DAMME"),
        ("Marie DUPONT", "Marie", "DUPONT"),
        ("Mevr. An Peeters", "An", "Peeters"),
        ("Mme Claire Weber", "Claire", "Weber"),
        ("Herr Dr. Karl Schmidt", "Karl", "Schmidt"),
        ("Anne-Marie D'Hondt", "Anne-Marie", "D'Hondt"),
        ("Anna Maria Peeters", "Anna Maria", "Peeters"),
        ("Peeters Anna Maria", "Anna Maria", "Peeters"),
        ("J.-P. Dupont", "J.-P.", "Dupont"),
        ("Mr Jan Maes", "Jan", "Maes"),
    ],
)
def test_a_name_that_shows_its_own_order_is_cut_whatever_was_asked(name: str, first: str, last: str) -> None:
    for order in Order:
        found = cut(name, order)
        assert found is not None
        assert (found.first, found.last, found.sure) == (first, last, True)


def test_a_name_that_shows_none_is_cut_as_asked() -> None:
    one, other = cut("Alken Bree", Order.FIRST_LAST), cut("Alken Bree", Order.LAST_FIRST)
    assert one is not None
    assert other is not None
    assert (one.first, one.last, one.sure) == ("Alken", "Bree", False)
    assert (other.first, other.last, other.sure) == ("Bree", "Alken", False)


@pytest.mark.parametrize("name", ["Peeters", "", "Peeters,", "M. Dubois"])
def test_one_word_is_left_alone(name: str) -> None:
    assert cut(name) is None


def test_a_title_is_no_first_name_and_a_name_that_begins_like_one_keeps_it() -> None:
    found = cut("Drieka Maes")
    assert found is not None
    assert found.first == "Drieka"


def test_a_name_is_joined_from_what_is_there() -> None:
    both, one = joined("An", "Peeters"), joined(None, "Peeters")
    assert both is not None
    assert one is not None
    assert (both.values, one.values) == (("An Peeters",), ("Peeters",))
    assert joined(None, None) is None


@given(st.text(alphabet="ABCabcé ,.-'", max_size=30), st.sampled_from(Order))
def test_no_letter_is_lost_or_added(name: str, order: Order) -> None:
    found = cut(name, order)
    if found is not None:
        letters = sorted(c for c in name if c.isalpha())
        assert sorted(c for c in f"{found.first}{found.last}" if c.isalpha()) == letters
        assert found.first
        assert found.last
