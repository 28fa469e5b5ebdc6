from __future__ import annotations

import pytest

from clientimport.matching.address_part import address_part


@pytest.mark.parametrize(
    ("header", "field", "label"),
    [
        *(("Rue (bureau)", "street", "business"), ("Code postal (domicile)", "postal_code", "private")),
        *(("Werkpostcode", "postal_code", "business"), ("Privé gemeente", "city", "private")),
        *(("Straße Arbeit", "street", "business"), ("Ort privat", "city", "private")),
        *(("Billing Code", "postal_code", "billing"), ("FactuurPlaats", "city", "billing")),
        *(("Rechnungsadresse - PLZ", "postal_code", "billing"), ("Ville de facturation", "city", "billing")),
        *(("Maatschappelijke zetel straat", "street", "seat"), ("Registered office city", "city", "seat")),
        *(("Siège social", "address", "seat"), ("Legal zip", "postal_code", "seat")),
        *(("Visit address: Street", "street", "visiting"), ("Bezoekplaats", "city", "visiting")),
        *(("Shipping City", "city", "other"), ("Adresse livraison - Rue", "street", "other")),
        *(("Contact person: Postal code", "postal_code", "other"), ("Commune de naissance", "city", "other")),
        *(
            ("RECIPIENT_CITY", "city", "unknown"),
            ("Gemeente", "city", "unlabelled"),
            ("Klant adres", "address", "unlabelled"),
        ),
        *(("Pays (Alpha-2)", "country", "unlabelled"), ("Country/Region", "country", "unlabelled")),
    ],
)
def test_a_header_names_a_part_and_the_address_it_belongs_to(header: str, field: str, label: str) -> None:
    part = address_part(header)
    assert part is not None
    assert (field in part.fields, part.label) == (True, label)


@pytest.mark.parametrize(
    "header",
    ["Naam", "E-mail", "Rekeningnummer", "Adresse 2 (facturation)", "Rue (bureau) 2", "Address 1 - Region", ""],
)
def test_what_is_no_part_or_a_further_line_is_none(header: str) -> None:
    assert address_part(header) is None


@pytest.mark.parametrize(("header", "ordinal"), [("adr_2_plaats", 2), ("Address 1: City", 1), ("Ville 2", 2)])
def test_numbered_addresses_are_counted(header: str, ordinal: int) -> None:
    part = address_part(header)
    assert part is not None
    assert part.ordinal == ordinal


def test_a_word_that_means_many_things_is_vague_unless_it_says_that_it_is_of_an_address() -> None:
    vague = [address_part(header) for header in ("Billing Code", "adr_1_regel1", "Postcode")]
    assert [part.vague for part in vague if part] == [True, False, False]
