"""Names that a platform requires are proposed from the only column whose values are names of different persons."""

from __future__ import annotations

import pytest

from mapping_sheet import certain, fields, matched

COMPANIES = ["Bakkerij Peeters BV", "Garage Claes NV", "De Smet & Zonen BV"]
FIRST, LAST = ["Jan", "Sophie", "Pieter"], ["Peeters", "Van den Broeck", "Claes"]
FULL = ["Jan Peeters", "Sophie Van den Broeck", "Claes Pieter"]
OFFICE = ["Jan Peeters", "Sophie Claes"] * 6


def test_full_names_under_an_unknown_header_are_proposed() -> None:
    mapping = matched([("Firma", COMPANIES), ("Cntpers1", FULL)], "banqup-console-be")
    assert (fields(mapping), certain(mapping)) == (["legal_name", "contact_name"], [True, False])
    assert mapping.matches[1].reasons[-1].code == "demanded_names"


def test_first_names_are_proposed_with_the_last_names_beside_them() -> None:
    found = fields(
        matched([("Firma", COMPANIES), ("Xnam2", FIRST), ("Xnam1", LAST), ("Kleur", ["rood", "geel", "groen"])])
    )
    assert found == ["legal_name", "contact_first_name", "contact_last_name", None]


@pytest.mark.parametrize("header", ["Partner van de klant", "Dossierbeheerder 2", "Notaris", "Assistent"])
def test_names_of_others_are_left_alone(header: str) -> None:
    assert fields(matched([("Firma", COMPANIES), (header, FULL)]))[1] is None


def test_a_few_names_in_many_rows_are_the_offices_people() -> None:
    companies = [f"Bakkerij {name} BV" for name in "ABCDEFGHIJKL"]
    assert fields(matched([("Firma", companies), ("Xyz", OFFICE)])) == ["legal_name", None]


def test_names_that_are_there_already_are_not_proposed_again() -> None:
    columns = [("Voornaam", FIRST), ("Familienaam", LAST), ("Xyz", FULL)]
    assert fields(matched(columns)) == ["contact_first_name", "contact_last_name", None]


def test_companies_without_a_legal_form_are_no_persons() -> None:
    assert fields(matched([("Xyz", ["Dakwerken Noord", "Pub Central", "Studio Zuid"])], "accounton")) == [None]


@pytest.mark.parametrize(
    "headers",
    [
        ("Voornaam tekenbevoegde", "Naam tekenbevoegde"),
        ("Prénom du signataire", "Nom du signataire"),
        ("Vorname Unterzeichner", "Nachname Unterzeichner"),
    ],
)
def test_first_and_last_names_under_one_unknown_word_are_one_person(headers: tuple[str, str]) -> None:
    mapping = matched([("Firma", COMPANIES), (headers[0], ["An", "", ""]), (headers[1], LAST)])
    assert fields(mapping) == ["legal_name", "contact_first_name", "contact_last_name"]
    assert certain(mapping) == [True, False, False]


def test_two_unknown_persons_are_left_alone() -> None:
    names = [("Voornaam xyz", FIRST), ("Naam xyz", LAST), ("Voornaam qrs", FIRST[::-1]), ("Naam qrs", LAST[::-1])]
    assert fields(matched([("Firma", COMPANIES), *names]))[1:] == [None] * 4


def test_the_offices_people_under_one_word_are_left_alone() -> None:
    companies = [f"Bakkerij {name} BV" for name in "ABCDEFGHIJKL"]
    people = [("Voornaam xyz", ["An", "Bob"] * 6), ("Naam xyz", ["Claes", "Maes"] * 6)]
    assert fields(matched([("Firma", companies), *people])) == ["legal_name", None, None]
