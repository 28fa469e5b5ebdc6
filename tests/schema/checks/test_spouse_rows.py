from __future__ import annotations

from clientimport.schema.checks.spouse_rows import spouse_is_self, spouse_of_two, spouse_on_own_row
from records_of import records_of

AN, BOB, ELS = "93051822361", "85073003328", "72020290081"


def test_the_partners_own_row_names_the_row_of_the_client() -> None:
    rows = records_of(national_register_number=[AN, BOB], spouse_national_register_number=[BOB, None])
    (found,) = spouse_on_own_row(rows)
    assert (found.position, found.field) == (1, "national_register_number")
    assert (found.code, found.facts) == ("spouse.on_own_row", {"other_row": "2"})


def test_the_clients_row_is_noticed_when_the_partners_comes_first() -> None:
    rows = records_of(national_register_number=[BOB, AN], spouse_national_register_number=[None, BOB])
    (found,) = spouse_on_own_row(rows)
    assert (found.position, found.facts) == (1, {"other_row": "2"})


def test_a_couple_that_names_each_other_is_noticed_once_at_the_later_row() -> None:
    rows = records_of(national_register_number=[AN, BOB], spouse_national_register_number=[BOB, AN])
    (found,) = spouse_on_own_row(rows)
    assert (found.position, found.facts) == (1, {"other_row": "2"})


def test_one_partner_of_two_clients_is_noticed_at_the_later_one() -> None:
    rows = records_of(national_register_number=[AN, ELS, None], spouse_national_register_number=[BOB, BOB, None])
    (noticed,) = spouse_of_two(rows)
    assert (noticed.position, noticed.field) == (1, "spouse_national_register_number")
    assert noticed.facts == {"other_row": "2"}


def test_a_client_on_two_rows_has_one_partner() -> None:
    rows = records_of(national_register_number=[AN, AN], spouse_national_register_number=[BOB, BOB])
    assert list(spouse_of_two(rows)) == []


def test_a_partner_without_a_row_is_as_it_should_be() -> None:
    rows = records_of(national_register_number=[AN, None], spouse_national_register_number=[BOB, None])
    assert list(spouse_on_own_row(rows)) == []


def test_no_fact_holds_a_national_register_number() -> None:
    rows = records_of(national_register_number=[AN, BOB, AN], spouse_national_register_number=[BOB, None, AN])
    found = [*spouse_on_own_row(rows), *spouse_is_self(rows)]
    assert len(found) == 2
    assert not any(number in str(one) for one in found for number in (AN, BOB))


def test_nobody_is_their_own_partner() -> None:
    rows = records_of(national_register_number=[AN, BOB, None], spouse_national_register_number=[AN, AN, None])
    assert [(one.position, one.code) for one in spouse_is_self(rows)] == [(0, "spouse.is_self")]
