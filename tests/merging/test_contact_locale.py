"""A contact's language is kept and gets the client's country, whichever list has it."""

from __future__ import annotations

import pytest

from client_lists import Row, client_list, merged, values

CLIENT = {"legal_name": "Bakkerij Peeters BV", "company_number": "0403019261"}
SPOKEN = {**CLIENT, "contact_email": "an@peeters.be", "contact_language": "nl"}


@pytest.mark.parametrize(
    ("other", "locale"),
    [
        ({**CLIENT, "country": "BE"}, "nl-BE"),
        ({**CLIENT, "country": "LU"}, "nl-LU"),
        (CLIENT, "nl"),
        ({**CLIENT, "contact_email": "an@peeters.be", "contact_locale": "nl-BE"}, "nl-BE"),
    ],
)
def test_a_language_of_one_list_is_a_locale_with_the_country_of_another(other: Row, locale: str) -> None:
    for lists in ((SPOKEN, other), (other, SPOKEN)):
        outcome = merged(*(client_list(name, row) for name, row in zip(("crm", "books"), lists, strict=True)))
        assert [row.get("contact_locale") for row in values(outcome)] == [locale]
        assert outcome.conflicts == ()


def test_another_language_of_the_same_contact_is_a_conflict() -> None:
    other = {**CLIENT, "contact_email": "an@peeters.be", "contact_locale": "fr-BE"}
    outcome = merged(client_list("crm", SPOKEN), client_list("books", other))
    assert [(conflict.disagreement.field, conflict.disagreement.taken) for conflict in outcome.conflicts] == [
        ("contact_locale", "fr-BE")
    ]


def test_each_contact_has_the_language_of_its_own() -> None:
    second = {**CLIENT, "contact_email": "jo@peeters.be", "contact_last_name": "Claes", "contact_language": "fr"}
    first = {**SPOKEN, "contact_last_name": "Peeters", "country": "BE"}
    outcome = merged(client_list("crm", first), client_list("books", second))
    assert [row["contact_locale"] for row in values(outcome)] == ["nl-BE", "fr-BE"]


def test_a_platform_that_takes_the_language_keeps_it() -> None:
    row = {**SPOKEN, "vat_number": "BE0403019261", "country": "BE"}
    outcome = merged(client_list("crm", row), client_list("books", CLIENT), platform="banqup-console-be")
    assert [row["contact_language"] for row in values(outcome)] == ["nl"]
