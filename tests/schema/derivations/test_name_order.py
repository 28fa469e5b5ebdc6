"""The order of first and last name is learned from the column: its names, its header, its e-mail addresses."""

from __future__ import annotations

import pytest

from clientimport.model.records import Records
from clientimport.model.table import Column
from clientimport.schema.derivations.name_order import name_splitter
from records_of import records_of


def parted(
    names: list[str], emails: list[str] | None = None, header: str = "Contactpersoon"
) -> list[tuple[object, bool]]:
    """Return first and last name of each, and whether a person should look."""
    records = records_of(contact_name=names, contact_email=emails or [None] * len(names))
    origin = records.origins["contact_name"]
    records = Records(
        records.rows, records.fields, {**records.origins, "contact_name": Column(0, header, origin.values)}
    )
    taken_apart = name_splitter(records)
    derived = [taken_apart(name, records.values("contact_email")[at]) for at, name in enumerate(names)]
    return [(one.values, one.doubt is not None) for one in derived if one is not None]


def test_a_column_named_last_name_first_is_read_so() -> None:
    assert parted(["Bree Alken", "Halle Tielt"], header="Naam en voornaam") == [
        (("Alken", "Bree"), False),
        (("Tielt", "Halle"), False),
    ]


def test_the_addresses_tell_the_order_of_the_whole_column() -> None:
    names = ["Alken Bree", "Tielt Halle", "Zele Ronse"]
    emails = ["bree.alken@x.be", "h.tielt3@x.be", "info@zele.be"]
    assert parted(names, emails) == [
        (("Bree", "Alken"), False),
        (("Halle", "Tielt"), False),
        (("Ronse", "Zele"), False),
    ]


def test_well_known_first_names_tell_it_too() -> None:
    names = ["Hermans Bart", "Massart Pascale", "Gillet Luc", "Alken Bree"]
    assert [values for values, _ in parted(names)] == [
        ("Bart", "Hermans"),
        ("Pascale", "Massart"),
        ("Luc", "Gillet"),
        ("Bree", "Alken"),
    ]


def test_a_comma_speaks_for_its_own_name_only() -> None:
    assert parted(["Peeters, An", "Alken Bree"]) == [(("An", "Peeters"), False), (("Alken", "Bree"), True)]


def test_without_any_evidence_the_first_word_is_the_first_name_and_a_person_is_told() -> None:
    assert parted(["Alken Bree"]) == [(("Alken", "Bree"), True)]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("J. Peeters", "J.", "Peeters"), ("De heer P. Maes", "P.", "Maes"), ("Peeters J.", "J.", "Peeters")],
)
def test_an_initial_is_a_first_name(name: str, first: str, last: str) -> None:
    assert parted([name]) == [((first, last), False)]


def test_one_word_is_no_whole_name() -> None:
    (derived,) = [name_splitter(records_of(contact_name=["Peeters"]))("Peeters", None)]
    assert derived is not None
    assert derived.values == (None, None)
    assert derived.doubt is not None
    assert derived.doubt.code == "contact_name.one_part"


@pytest.mark.parametrize(
    "name",
    ["Peeters Jan / Maes Lies", "Peeters Jan & Maes Lies", "Jan en Mieke Peeters", "Fam. Peeters", "Peeters - Maes"],
)
def test_two_people_in_one_cell_are_never_made_one(name: str) -> None:
    derived = name_splitter(records_of(contact_name=[name]))(name, None)
    assert derived is not None
    assert derived.values == (None, None)
    assert derived.doubt is not None
    assert derived.doubt.code == "contact_name.several"


def test_a_second_surname_that_is_left_out_is_a_doubt() -> None:
    derived = name_splitter(records_of(contact_name=["Marie Martin épouse Dupont"]))("Marie Martin épouse Dupont", None)
    assert derived is not None
    assert derived.values == ("Marie", "Martin")
    assert derived.doubt is not None
    assert (derived.doubt.code, derived.doubt.facts["dropped"]) == ("contact_name.other_surname", "Dupont")


def test_a_surname_that_is_also_a_first_name_follows_the_order_of_its_column_and_is_shown() -> None:
    names = ["Schmitz Peter", "Heinen Klaus", "Peters Ralf", "Radermacher Guido", "Kessler Ingrid", "Paul Heino"]
    *_, (values, doubted) = parted(names)
    assert (values, doubted) == (("Heino", "Paul"), True)
