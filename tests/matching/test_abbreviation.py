from __future__ import annotations

import pytest

from clientimport.matching.abbreviation import fields_of_abbreviation


@pytest.mark.parametrize(
    ("header", "field"),
    [
        *(("Raison soc.", "legal_name"), ("Achtern.", "contact_last_name"), ("Langue corr.", "language")),
        *(("Code rel.", "client_code"), ("Rel.nr.", "client_code")),
    ],
)
def test_a_dot_stands_for_the_rest_of_a_word(header: str, field: str) -> None:
    assert fields_of_abbreviation(header) == (field,)


@pytest.mark.parametrize("header", ["", "Raison soc", "Ond.", "K. nr", "Kleur auto.", "Corr."])
def test_without_a_dot_or_with_several_readings_it_stands_for_nothing(header: str) -> None:
    assert fields_of_abbreviation(header) == ()
