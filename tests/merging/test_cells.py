from __future__ import annotations

from collections.abc import Mapping

import pytest

from client_lists import client_list, merged, values
from clientimport.merging.client_list import ClientList, ListedClient, ListRow

NUMBER = {"company_number": "0403019261"}


def both(one: Mapping[str, str], other: Mapping[str, str]) -> tuple[ClientList, ClientList]:
    return client_list("crm", {**NUMBER, **one}), client_list("books", {**NUMBER, **other})


def test_an_empty_cell_is_filled_and_never_empties_one() -> None:
    outcome = merged(*both({"iban": "BE71096123456769"}, {"contact_email": "an@peeters.be"}))
    assert values(outcome) == [{**NUMBER, "iban": "BE71096123456769", "contact_email": "an@peeters.be"}]
    assert outcome.conflicts == ()


def test_each_cell_knows_its_list_and_row() -> None:
    (client,) = merged(*both({"iban": "BE71096123456769"}, {"contact_email": "an@peeters.be"})).clients
    assert {name: (cell.source, cell.row) for name, cell in client.rows[0].cells.items()} == {
        "company_number": ("crm", 2),
        "iban": ("crm", 2),
        "contact_email": ("books", 2),
    }


def test_different_values_are_a_conflict_in_which_the_first_list_stands() -> None:
    outcome = merged(*both({"external_reference": "K1"}, {"external_reference": "K2"}))
    (conflict,) = outcome.open_conflicts
    assert (conflict.disagreement.taken, conflict.disagreement.reason) == ("K1", "first")
    assert outcome.clients[0].rows[0].open_fields == {"external_reference"}


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("legal_name", "Bakkerij Peeters BV", "BAKKERIJ PEETERS BVBA"),
        ("legal_name", "Société Générale", "Societe generale SA"),
        ("city", "Gent", "Gand"),
        ("street", "Kerkstraat", "KERKSTRAAT"),
        ("contact_email", "An@peeters.be", "an@peeters.be"),
    ],
)
def test_another_spelling_is_no_conflict_and_the_first_list_stands(field: str, one: str, other: str) -> None:
    outcome = merged(*both({field: one}, {field: other}))
    assert (outcome.conflicts, values(outcome)[0][field]) == ((), one)


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("legal_name", "Bakkerij Peeters", "Slagerij Peeters"),
        ("city", "Gent", "Gent-Brugge"),
        ("external_reference", "K-1", "K1"),
        ("legal_name", "NV", "BV"),
    ],
)
def test_what_is_not_the_same_is_a_conflict(field: str, one: str, other: str) -> None:
    assert [conflict.disagreement.field for conflict in merged(*both({field: one}, {field: other})).open_conflicts] == [
        field
    ]


def test_a_preference_decides_and_stays_visible() -> None:
    outcome = merged(*both({"iban": "BE71096123456769"}, {"iban": "BE62510007547061"}), prefer={"iban": ["books"]})
    assert values(outcome)[0]["iban"] == "BE62510007547061"
    assert (outcome.open_conflicts, [one.disagreement.reason for one in outcome.conflicts]) == ((), ["preferred"])


def test_a_preferred_list_without_a_value_decides_nothing() -> None:
    lists = [client_list(name, {**NUMBER, "iban": iban}) for name, iban in (("crm", "BE71"), ("books", "BE62"))]
    outcome = merged(*lists, client_list("mandates", NUMBER), prefer={"iban": ["mandates"]})
    assert [one.disagreement.taken for one in outcome.open_conflicts] == ["BE71"]


def test_a_preference_for_every_field_gives_way_to_that_of_one() -> None:
    lists = both({"iban": "BE71", "external_reference": "K1"}, {"iban": "BE62", "external_reference": "K2"})
    outcome = merged(*lists, prefer={"*": ["books"], "iban": ["crm"]})
    assert (values(outcome)[0]["iban"], values(outcome)[0]["external_reference"]) == ("BE71", "K2")
    assert outcome.open_conflicts == ()


@pytest.mark.parametrize(("one", "other"), [("yes", "no"), ("no", "yes")])
def test_a_mandate_is_yes_only_where_no_list_says_no(one: str, other: str) -> None:
    for prefer in ({}, {"*": ["crm"]}):
        outcome = merged(*both({"mandate": one}, {"mandate": other}), prefer=prefer)
        assert values(outcome)[0]["mandate"] == "no"
        assert [conflict.disagreement.reason for conflict in outcome.open_conflicts] == ["mandate"]


def test_a_mandate_is_decided_by_a_preference_for_it_alone() -> None:
    outcome = merged(*both({"mandate": "no"}, {"mandate": "yes"}), prefer={"mandate": ["books"]})
    assert (values(outcome)[0]["mandate"], outcome.open_conflicts) == ("yes", ())


def test_an_empty_mandate_is_no_no() -> None:
    assert values(merged(*both({"mandate": "yes"}, {})))[0]["mandate"] == "yes"


def test_an_address_is_never_put_together_from_two() -> None:
    crm = {"street": "Kerkstraat", "house_number": "1", "postal_code": "9000", "city": "Gent"}
    outcome = merged(*both(crm, {"street": "Markt", "box": "3", "postal_code": "9000"}))
    assert values(outcome) == [{**NUMBER, **crm}]
    assert {one.disagreement.field for one in outcome.open_conflicts} == {"street", "box"}


def test_an_address_follows_the_list_that_is_preferred_for_its_street() -> None:
    outcome = merged(
        *both({"street": "Kerkstraat", "house_number": "1"}, {"street": "Markt", "house_number": "5"}),
        prefer={"street": ["books"]},
    )
    assert (values(outcome)[0]["street"], values(outcome)[0]["house_number"]) == ("Markt", "5")
    assert outcome.open_conflicts == ()


def test_an_address_without_a_contradiction_is_completed() -> None:
    outcome = merged(*both({"postal_code": "9000", "city": "Gand"}, {"street": "Markt", "city": "Gent", "box": "3"}))
    assert values(outcome) == [{**NUMBER, "postal_code": "9000", "city": "Gand", "street": "Markt", "box": "3"}]
    assert outcome.conflicts == ()


def test_a_bic_never_stands_beside_the_account_of_another_list() -> None:
    outcome = merged(
        *both({"iban": "BE71", "bic": "GKCCBEBB"}, {"iban": "BE62"}),
        prefer={"iban": ["books"]},
        platform="banqup-console-be",
    )
    assert "bic" not in values(outcome)[0]


def unread(name: str, fields: Mapping[str, str], typed: Mapping[str, str]) -> ClientList:
    return ClientList(name, name, (ListedClient(name, (ListRow(2, fields, typed),)),))


def test_what_could_not_be_read_stays_as_typed_where_no_list_has_better() -> None:
    outcome = merged(unread("crm", NUMBER, {"iban": "BE7109612345676"}), client_list("books", NUMBER))
    assert values(outcome)[0]["iban"] == "BE7109612345676"
    assert outcome.conflicts == ()


def test_what_could_be_read_wins_over_what_could_not_and_both_are_shown() -> None:
    outcome = merged(
        unread("crm", NUMBER, {"iban": "BE7109612345676"}), client_list("books", {**NUMBER, "iban": "BE71096123456769"})
    )
    assert values(outcome)[0]["iban"] == "BE71096123456769"
    assert [one.disagreement.reason for one in outcome.open_conflicts] == ["unread"]


AN = {"contact_first_name": "An", "contact_last_name": "Peeters", "contact_email": "an@peeters.be"}
JO = {"contact_first_name": "Jo", "contact_last_name": "Claes", "contact_email": "jo@peeters.be"}


def test_another_contact_is_a_further_one_on_a_row_of_its_own() -> None:
    outcome = merged(*both(AN, JO))
    assert values(outcome) == [{**NUMBER, **AN}, {**NUMBER, **JO}]
    assert outcome.conflicts == ()


def test_the_same_address_in_other_capitals_is_one_contact() -> None:
    outcome = merged(*both(AN, {**AN, "contact_email": "AN@Peeters.be", "contact_locale": "nl-BE"}))
    assert values(outcome) == [{**NUMBER, **AN, "contact_locale": "nl-BE"}]


def test_the_same_address_under_another_name_is_a_conflict_of_one_contact() -> None:
    outcome = merged(*both(AN, {**AN, "contact_first_name": "Anna"}))
    assert values(outcome) == [{**NUMBER, **AN}]
    assert [one.disagreement.field for one in outcome.open_conflicts] == ["contact_first_name"]


def test_the_same_name_with_another_address_is_a_conflict_of_one_contact() -> None:
    outcome = merged(*both(AN, {**AN, "contact_email": "an.peeters@telenet.be"}))
    assert values(outcome) == [{**NUMBER, **AN}]
    assert [one.disagreement.field for one in outcome.open_conflicts] == ["contact_email"]


def test_an_address_without_a_name_is_no_contact_of_its_own() -> None:
    outcome = merged(*both(AN, {"contact_email": "info@peeters.be"}), prefer={"contact_email": ["books"]})
    assert values(outcome) == [{**NUMBER, **AN, "contact_email": "info@peeters.be"}]


@pytest.mark.parametrize("lists", [both(AN, {"contact_first_name": "Jo"}), both({"contact_first_name": "Jo"}, AN)])
def test_a_name_without_an_address_is_no_contact_of_its_own_in_any_order(lists: tuple[ClientList, ...]) -> None:
    outcome = merged(*lists)
    assert len(values(outcome)) == 1
    assert "contact_first_name" in outcome.clients[0].rows[0].open_fields


def test_a_further_contact_of_a_client_without_a_number_is_shown_and_not_written_as_another_client() -> None:
    lists = (
        client_list("crm", {"legal_name": "Peeters", "postal_code": "9000", **AN}),
        client_list("books", {"legal_name": "Peeters BV", "postal_code": "9000", **JO}),
    )
    (pair,) = merged(*lists).review
    outcome = merged(*lists, answers={pair.key: True})
    assert len(values(outcome)) == 1
    assert [one.disagreement.reason for one in outcome.open_conflicts] == ["second_contact"]


def test_the_contact_of_a_person_is_the_client_itself() -> None:
    person = {"national_register_number": "85073003328", **AN}
    outcome = merged(
        client_list("crm", person),
        client_list("books", {**person, "contact_email": "an@telenet.be"}),
        platform="accounton",
    )
    assert [one.disagreement.field for one in outcome.open_conflicts] == ["contact_email"]
    assert len(values(outcome)) == 1
