from __future__ import annotations

from collections.abc import Mapping

import pytest

from client_lists import client_list, merged
from clientimport.merging.merge import Merge
from clientimport.merging.official_numbers import ALWAYS

NUMBER, OTHER = "0403019261", "0419618535"
HERE = {"postal_code": "9000", "street": "Kerkstraat", "house_number": "12"}
NAME = {"legal_name": "Bakkerij Peeters BV"}


def joined(outcome: Merge) -> list[set[tuple[str, int]]]:
    """Return the rows of each client that is in several lists."""
    clients = [{(one.source, row.number) for one in client.members for row in one.rows} for client in outcome.clients]
    return [client for client in clients if len(client) > 1]


def asked(outcome: Merge) -> list[tuple[int, int]]:
    return [(pair.a.rows[0].number, pair.b.rows[0].number) for pair in outcome.review]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("company_number", NUMBER),
        ("vat_number", "BE0403019261"),
        ("rcs_number", "B123456"),
        ("national_register_number", "85073003328"),
    ],
)
def test_the_same_number_joins_two_lists(field: str, value: str) -> None:
    outcome = merged(
        client_list("crm", {"legal_name": "An", field: value}), client_list("books", {"legal_name": "Bo", field: value})
    )
    assert joined(outcome) == [{("crm", 2), ("books", 2)}]
    assert outcome.review == ()


def test_three_lists_with_one_number_are_one_client() -> None:
    lists = [client_list(name, {**NAME, "company_number": NUMBER}) for name in ("crm", "books", "mandates")]
    assert joined(merged(*lists)) == [{("crm", 2), ("books", 2), ("mandates", 2)}]


@pytest.mark.parametrize("shared", ["vat_number", "client_code", "iban", "contact_email"])
def test_two_company_numbers_never_merge_whatever_else_agrees(shared: str) -> None:
    same = {**NAME, **HERE, shared: "BE0403019261"}
    outcome = merged(
        client_list("crm", {**same, "company_number": NUMBER}),
        client_list("books", {**same, "company_number": OTHER}),
        keys=(*ALWAYS, "client_code"),
    )
    assert joined(outcome) == []
    assert outcome.review == ()


def test_a_shared_vat_number_with_two_company_numbers_is_a_conflict_in_which_nothing_is_taken() -> None:
    outcome = merged(
        client_list("crm", {**NAME, "vat_number": "BE0403019261", "company_number": NUMBER}),
        client_list("books", {**NAME, "vat_number": "BE0403019261", "company_number": OTHER}),
    )
    (conflict,) = outcome.open_conflicts
    assert (conflict.disagreement.field, conflict.disagreement.taken) == ("company_number", None)
    assert [given.value for given in conflict.disagreement.values] == [NUMBER, OTHER]


def test_two_national_register_numbers_never_merge_even_under_one_company_number() -> None:
    outcome = merged(
        client_list("crm", {"company_number": NUMBER, "national_register_number": "85073003328"}),
        client_list("books", {"company_number": NUMBER, "national_register_number": "17073003384"}),
        platform="accounton",
    )
    assert joined(outcome) == []
    assert [one.disagreement.field for one in outcome.open_conflicts] == ["national_register_number"]


def test_a_number_does_not_join_through_a_third_client_with_another_company_number() -> None:
    """Closing the chain is how wrong merges happen: the one without a company number could be either."""
    outcome = merged(
        client_list("crm", {**NAME, "vat_number": "BE0403019261", "company_number": NUMBER}),
        client_list("books", {**NAME, "vat_number": "BE0403019261"}),
        client_list("mandates", {**NAME, "vat_number": "BE0403019261", "company_number": OTHER}),
    )
    assert joined(outcome) == []
    assert len(outcome.review) == 2


def test_two_rows_of_one_list_with_the_number_of_one_row_of_the_other_are_asked_about() -> None:
    outcome = merged(
        client_list("crm", {**NAME, "company_number": NUMBER}, {"legal_name": "Peeters", "company_number": NUMBER}),
        client_list("books", {**NAME, "company_number": NUMBER}),
    )
    assert joined(outcome) == []
    assert asked(outcome) == [(2, 2), (3, 2)]


def test_a_client_code_joins_only_lists_that_are_said_to_share_it() -> None:
    lists = client_list("crm", {"legal_name": "An", "client_code": "K1"}), client_list("books", {"client_code": "K1"})
    assert joined(merged(*lists)) == []
    assert joined(merged(*lists, keys=(*ALWAYS, "client_code"))) == [{("crm", 2), ("books", 2)}]


def test_a_number_that_half_a_list_has_joins_nobody_and_is_named() -> None:
    office = [{"legal_name": f"Firma {at}", "vat_number": "BE0403019261"} for at in range(30)]
    outcome = merged(client_list("crm", *office), client_list("books", *office[:1]))
    assert (outcome.both, [(one.field, one.clients) for one in outcome.shared]) == (0, [("vat_number", 31)])


@pytest.mark.parametrize(
    "common",
    [
        {"postal_code": "9000"},
        {"contact_phone": "+3292345678"},
        {"contact_email": "info@peeters.be"},
        {"iban": "BE71096123456769"},
    ],
)
@pytest.mark.parametrize("name", ["Bakerij Peeters", "BVBA Bakkerij Peeters", "Peeters, Bakkerij"])
def test_a_name_that_is_alike_with_something_in_common_is_asked_about(common: Mapping[str, str], name: str) -> None:
    outcome = merged(
        client_list("crm", {**NAME, **common, "company_number": NUMBER}),
        client_list("books", {"legal_name": name, **common}),
    )
    assert joined(outcome) == []
    assert asked(outcome) == [(2, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"legal_name": "Peeters Holding BV", **HERE}, {"legal_name": "Peeters Bouw BV", **HERE}),
        ({**NAME, "postal_code": "9000"}, {**NAME, "postal_code": "1000"}),
        ({"legal_name": "Bakkerij Peeters"}, {"legal_name": "Bakkerij Peters"}),
        ({"legal_name": "Slagerij Claes", **HERE}, {"legal_name": "Slagerij Maes", **HERE}),
        (
            {"legal_name": "Frituur Nico", "contact_email": "a@gmail.com"},
            {"legal_name": "Frituur Nica", "contact_email": "b@gmail.com"},
        ),
        ({**NAME, **HERE, "vat_number": "NL001234567B01"}, {**NAME, **HERE, "vat_number": "NL009999999B01"}),
    ],
)
def test_what_is_not_alike_enough_is_not_asked_about(one: Mapping[str, str], other: Mapping[str, str]) -> None:
    assert asked(merged(client_list("crm", one), client_list("books", other))) == []


def test_an_equal_name_is_asked_about_where_one_list_has_no_address() -> None:
    outcome = merged(client_list("crm", {**NAME, **HERE}), client_list("books", {**NAME, "company_number": NUMBER}))
    assert asked(outcome) == [(2, 2)]


def test_a_shared_account_is_asked_about_and_joins_nobody() -> None:
    outcome = merged(
        client_list("crm", {"legal_name": "An", "iban": "BE71096123456769"}),
        client_list("books", {"legal_name": "Zo", "iban": "BE71096123456769"}),
    )
    assert (joined(outcome), asked(outcome)) == ([], [(2, 2)])
    assert "iban" in [evidence.kind for evidence in outcome.review[0].evidence]


def test_a_client_that_a_number_has_joined_is_not_proposed_to_another_of_nearly_the_same_name() -> None:
    outcome = merged(
        client_list("crm", {**NAME, **HERE, "company_number": NUMBER}),
        client_list("books", {**NAME, **HERE, "company_number": NUMBER}, {"legal_name": "Bakerij Peeters", **HERE}),
    )
    assert (outcome.both, asked(outcome)) == (1, [])


def test_an_answer_joins_or_keeps_apart_and_is_not_asked_again() -> None:
    lists = client_list("crm", {**NAME, **HERE}), client_list("books", {"legal_name": "Bakerij Peeters", **HERE})
    (pair,) = merged(*lists).review
    yes, no = merged(*lists, answers={pair.key: True}), merged(*lists, answers={pair.key: False})
    assert (joined(yes), yes.review) == ([{("crm", 2), ("books", 2)}], ())
    assert (joined(no), no.review) == ([], ())


def test_a_no_stands_against_a_number_too() -> None:
    double = client_list("crm", {**NAME, "company_number": NUMBER}, {"legal_name": "Ander", "company_number": NUMBER})
    books = client_list("books", {"legal_name": "Derde", "company_number": NUMBER})
    pairs = merged(double, books).review
    once = client_list("crm", {**NAME, "company_number": NUMBER})
    assert joined(merged(once, books, answers={pairs[0].key: False})) == []
    assert joined(merged(once, books)) == [{("crm", 2), ("books", 2)}]


def test_a_yes_never_joins_two_company_numbers() -> None:
    crm = client_list("crm", {**NAME, **HERE})
    books = client_list("books", {**NAME, **HERE, "company_number": NUMBER})
    mandates = client_list("mandates", {**NAME, **HERE, "company_number": OTHER})
    pairs = merged(crm, books, mandates).review
    assert len(pairs) == 2
    outcome = merged(crm, books, mandates, answers={pair.key: True for pair in pairs})
    for client in outcome.clients:
        assert len({one.fields["company_number"] for one in client.members if "company_number" in one.fields}) <= 1
    assert [conflict.disagreement.reason for conflict in outcome.open_conflicts] == ["contradiction"]


def test_a_pair_has_the_same_key_in_any_order_and_under_any_name_of_its_lists() -> None:
    one, other = {**NAME, **HERE}, {"legal_name": "Bakerij Peeters", **HERE}
    first = merged(client_list("crm", one), client_list("books", other)).review[0].key
    later = merged(client_list("december", other), client_list("klanten", {"legal_name": "Z"}, one)).review[0].key
    assert first == later
    assert "peeters" not in first
