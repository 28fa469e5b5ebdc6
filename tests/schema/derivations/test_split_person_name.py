"""Names, whole and in two parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.schema.derivations.split_person_name import (
    NameOrder,
    first_name_first,
    names_several,
    split_name,
)


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
        ("M Jan Maes", "Jan", "Maes"),
        ("Me Jan Maes", "Jan", "Maes"),
        ("tav Jan Maes", "Jan", "Maes"),
        ("Jan De Weduwe", "Jan", "De Weduwe"),
        ("E.H. Maes", "E.H.", "Maes"),
        ("t.a.v. Jan Maes", "Jan", "Maes"),
        ("à l'attention de Jan Maes", "Jan", "Maes"),
        ("Bosch, Jan van den", "Jan", "van den Bosch"),
        ("Bosch van den, Jan", "Jan", "van den Bosch"),
        ("Bosch van den Jan", "Jan", "van den Bosch"),
        ("Jong, Piet de", "Piet", "de Jong"),
        ("La Fontaine, Marie de", "Marie", "de La Fontaine"),
        ("Hondt, Karel d'", "Karel", "d'Hondt"),
        ("Leyen, Ursula von der", "Ursula", "von der Leyen"),
        ("Silva, João da", "João", "da Silva"),
        ("Nguyen Van An", "An", "Nguyen Van"),
        ("Jan v/d Berg", "Jan", "v/d Berg"),
        ("Peeters An (weduwe)", "An", "Peeters"),
        ("Peeters An weduwe", "An", "Peeters"),
        ("Luc Ben Ali", "Luc", "Ben Ali"),
        ("Jan Ver Elst", "Jan", "Ver Elst"),
        ("Ben De Smet", "Ben", "De Smet"),
        ("Peeters (Jan)", "Jan", "Peeters"),
        ("Maria (Mia) Peeters", "Maria", "Peeters"),
        ("Mme Vve Dupont Marie", "Marie", "Dupont"),
        ("Jan Peeters, zaakvoerder", "Jan", "Peeters"),
        ("Peeters, Dr. Jan", "Jan", "Peeters"),
        ("dr. ir. Tom Van de Weghe", "Tom", "Van de Weghe"),
        ("Jan Peeters († 2021)", "Jan", "Peeters"),
        ("Marie Dupont ép. Martin", "Marie", "Dupont"),
        ("Weber ép. Muller Claire", "Claire", "Weber"),
        ("Anna Müller, geb. Schmidt", "Anna", "Müller"),
        ("Marie née Martin", "Marie", "Martin"),
        ("Maria Van de Velde - Desmet", "Maria", "Van de Velde - Desmet"),
    ],
)
def test_a_name_that_shows_its_own_order_is_cut_whatever_was_asked(name: str, first: str, last: str) -> None:
    for order in NameOrder:
        found = split_name(name, order)
        assert found is not None
        assert (found.first, found.last, found.sure) == (first, last, True)


def test_a_name_that_shows_none_is_cut_as_asked() -> None:
    one, other = split_name("Alken Bree", NameOrder.FIRST_LAST), split_name("Alken Bree", NameOrder.LAST_FIRST)
    assert one is not None
    assert other is not None
    assert (one.first, one.last, one.sure) == ("Alken", "Bree", False)
    assert (other.first, other.last, other.sure) == ("Bree", "Alken", False)


@pytest.mark.parametrize("name", ["Anne Veuve", "Mieke Weduwe", "Jan Wed."])
def test_a_surname_that_is_a_word_for_a_widow_stays(name: str) -> None:
    found = split_name(name)
    assert found is not None
    assert f"{found.first} {found.last}" == name


@pytest.mark.parametrize("name", ["Peeters", "", "Peeters,", "M. Dubois"])
def test_one_word_is_left_alone(name: str) -> None:
    assert split_name(name) is None


def test_a_title_is_no_first_name_and_a_name_that_begins_like_one_keeps_it() -> None:
    found = split_name("Drieka Maes")
    assert found is not None
    assert found.first == "Drieka"


@given(st.text(alphabet="ABCabcé ,.-'", max_size=30), st.sampled_from(NameOrder))
def test_no_letter_is_lost_or_added(name: str, order: NameOrder) -> None:
    found = split_name(name, order)
    if found is not None:
        letters = sorted(c for c in name if c.isalpha())
        assert sorted(c for c in f"{found.first}{found.last}" if c.isalpha()) == letters
        assert found.first
        assert found.last


@pytest.mark.parametrize(
    "name", ["Maria Van de Velde - Desmet", "Peeters Jan + 2021", "Jan v/d Berg", "Jan Maes (vader/zoon)"]
)
def test_a_dash_a_death_mark_and_a_remark_make_no_second_person(name: str) -> None:
    assert not names_several(name)


@pytest.mark.parametrize(
    "name", ["Peeters - Maes", "Jan Peeters - An Maes", "M. et Mme Dupont", "Peeters Jan + Maes An"]
)
def test_two_people_stay_two(name: str) -> None:
    assert names_several(name)


def test_a_name_for_a_platform_that_takes_it_whole_has_its_particles_in_place() -> None:
    derived = first_name_first("Bosch, Jan van den")
    assert derived is not None
    assert derived.values == ("Jan van den Bosch",)
    assert first_name_first("Jan van den Bosch") is None


def test_a_second_surname_is_told_when_it_is_left_out() -> None:
    derived = first_name_first("Marie Dupont ép. Martin")
    assert derived is not None
    assert derived.doubt is not None
    assert derived.doubt.facts == {"kept": "Marie Dupont", "dropped": "Martin"}


def test_a_capital_that_may_be_a_first_name_is_moved_with_a_doubt() -> None:
    vietnamese = split_name("Tran, Thi Van")
    assert vietnamese is not None
    assert not vietnamese.sure
