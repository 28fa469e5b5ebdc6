from __future__ import annotations

import pytest

from clientimport.matching.known_header import is_known_header


@pytest.mark.parametrize(
    "header", ["BTW-nr.", "Ond.nr", "Extra PB", "Land (lettercode) *", "AccountManagerFullName", "Naam klant"]
)
def test_headers_of_people_templates_and_programs_are_known(header: str) -> None:
    assert is_known_header(header)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bakkerij Peeters BV",
        "0403.019.261",
        "Gent",
        "an@peeters.be",
        "Klantenlijst 2026 van kantoor Ann",
        "x" * 500,
    ],
)
def test_values_and_titles_are_not(text: str) -> None:
    assert not is_known_header(text)
