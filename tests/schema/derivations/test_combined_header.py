"""Headers that name the VAT number and the company number."""

from __future__ import annotations

import pytest

from clientimport.schema.derivations.combined_header import names_vat_and_company_number
from mapping_sheet import fields, matched

COMPANIES = ["Bakkerij Peeters BV", "Garage Claes NV", "De Smet & Zonen BV"]


@pytest.mark.parametrize(
    "header",
    [
        *("BTW-nr / Ondernemingsnr", "TVA/BCE", "N° d'entreprise / TVA", "BTW/KBO", "KBO-/BTW-nummer", "BTW KBO"),
        *("BTW- of ondernemingsnummer", "N° TVA ou BCE", "MwSt / Unternehmensnummer", "Ondernemingsnummer (BTW)"),
        *("Btw-ondernemingsnummer", "VAT / company number", "TVA - N° entreprise"),
    ],
)
def test_it_names_both(header: str) -> None:
    assert names_vat_and_company_number(header)


@pytest.mark.parametrize(
    "header",
    [
        *(
            "BTW-nummer",
            "Ondernemingsnummer",
            "KBO/BCE",
            "BCE/KBO",
            "N° TVA intracommunautaire",
            "KBO/KvK",
            "BTW / Naam",
        ),
        *("Btw-nummer onderneming", "BTW-nummer (BE)", "Naam / Ondernemingsnummer", "BTW/KBO/IBAN", "", "/"),
    ],
)
def test_it_names_one_or_something_else_too(header: str) -> None:
    assert not names_vat_and_company_number(header)


def test_it_is_proposed_as_what_most_of_its_cells_are() -> None:
    prefixed = matched([("Bedrijfsnaam", COMPANIES), ("BTW of KBO", ["BE0403019261", "BE0566988259", "BE0419618535"])])
    bare = matched([("Bedrijfsnaam", COMPANIES), ("BTW of KBO", ["0403.019.261", "BE0566988259", "0419618535"])])
    assert (fields(prefixed)[1], fields(bare)[1]) == ("vat_number", "company_number")
    assert not prefixed.matches[1].certain
    assert not bare.matches[1].certain


def test_beside_a_column_of_company_numbers_it_is_the_vat_number() -> None:
    numbers = ["0403.019.261", "0566.988.259", "0419.618.535"]
    mapping = matched([("Bedrijfsnaam", COMPANIES), ("Ondernemingsnummer", numbers), ("BTW/KBO", numbers[::-1])])
    assert fields(mapping)[1:] == ["company_number", "vat_number"]
