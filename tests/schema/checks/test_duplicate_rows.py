from __future__ import annotations

import pytest

from clientimport.model.finding import Issue
from clientimport.schema.checks.duplicate_rows import ClientGroups, group_clients
from records_of import records_of

VAT, RCS = "LU15027442", "B82454"


def told(noticed: list[Issue]) -> list[tuple[int | None, str | None, str]]:
    return [(one.position, one.field, one.code) for one in noticed]


def test_a_row_alone_is_its_own_leader() -> None:
    noticed, groups = group_clients(records_of(legal_name=["A", "B"], company_number=["0566988259", "0419618535"]))
    assert (noticed, groups.leader(1)) == ([], 1)


def test_empty_cells_are_no_identity() -> None:
    noticed, groups = group_clients(records_of(legal_name=["A", "B"], company_number=[None, None]))
    assert (noticed, groups) == ([], ClientGroups({}))


def test_another_contact_of_the_same_client_is_told_with_the_row_of_the_first() -> None:
    noticed, groups = group_clients(
        records_of(
            legal_name=["Peeters BV", "PEETERS  bv"],
            company_number=["0566988259", "0566988259"],
            contact_email=["an@example.com", "bob@example.com"],
            contact_first_name=["An", "Bob"],
            contact_locale=["nl-BE", "fr-BE"],
        )
    )
    assert told(noticed) == [(1, "contact_email", "client.further_contact")]
    assert noticed[0].facts == {"first_row": "2", "contact": "Bob"}
    assert groups.leader(1) == 0


def test_the_same_row_twice_is_sent_once() -> None:
    noticed, groups = group_clients(
        records_of(legal_name=["A", "A"], company_number=["0566988259"] * 2, contact_email=["an@example.com"] * 2)
    )
    assert told(noticed) == [(1, "company_number", "client.repeated")]
    assert groups.leader(1) == 0


def test_a_further_contact_that_is_repeated_names_the_row_that_brought_it() -> None:
    noticed, _ = group_clients(
        records_of(
            legal_name=["A"] * 3,
            company_number=["0566988259"] * 3,
            contact_email=["an@example.com", "bob@example.com", "Bob@example.com"],
        )
    )
    assert [(one.code, one.facts["first_row"]) for one in noticed] == [
        ("client.further_contact", "2"),
        ("client.repeated", "3"),
    ]


def test_differing_client_data_contradict_and_are_named_by_their_headers() -> None:
    noticed, groups = group_clients(
        records_of(legal_name=["A", "A"], company_number=["0566988259"] * 2, city=["Gent", "Brugge"], box=["1", "2"])
    )
    assert told(noticed) == [(1, "city", "client.contradicts")]
    assert noticed[0].facts == {"first_row": "2", "headers": "city, box"}
    assert groups.leader(1) == 1


def test_the_same_person_with_another_language_contradicts() -> None:
    noticed, _ = group_clients(
        records_of(
            legal_name=["A", "A"],
            company_number=["0566988259"] * 2,
            contact_email=["an@example.com"] * 2,
            contact_locale=["nl-BE", "fr-BE"],
        )
    )
    assert told(noticed) == [(1, "contact_locale", "client.contradicts")]


def test_what_was_derived_from_the_contact_is_no_client_data() -> None:
    rows = records_of(
        legal_name=["A", "A"],
        company_number=["0566988259"] * 2,
        contact_email=["an@example.com", "bob@example.com"],
        contact_language=["nl", "fr"],
    )
    rows = rows.with_field("language", rows.column("contact_language"), rows.origins["contact_language"])
    noticed, _ = group_clients(rows)
    assert told(noticed) == [(1, "contact_email", "client.further_contact")]


def test_an_empty_cell_of_the_first_row_is_filled_from_a_later_one() -> None:
    noticed, _ = group_clients(
        records_of(legal_name=["A", "A", "A"], company_number=["0566988259"] * 3, city=[None, "Gent", "Brugge"])
    )
    assert told(noticed) == [
        (1, "company_number", "client.repeated"),
        (0, "city", "client.completed"),
        (2, "city", "client.contradicts"),
    ]
    assert noticed[1].facts == {"other_row": "3"}
    assert noticed[1].suggestion == "Gent"


def test_rows_are_the_same_client_by_the_strongest_number_that_both_have() -> None:
    noticed, groups = group_clients(records_of(legal_name=["A", "A"], vat_number=[VAT, None], rcs_number=[RCS, RCS]))
    assert told(noticed) == [(1, "rcs_number", "client.repeated")]
    assert groups.leader(1) == 0


def test_two_clients_with_one_number_and_nothing_else_in_common_have_a_wrong_number() -> None:
    rows = records_of(
        legal_name=["Bakkerij Peeters BV", "Garage Dubois SRL", "Immo Claes"],
        company_number=["0419618535"] * 3,
        contact_email=["an@peeters.be", "luc@dubois.be", "els@claes.be"],
        street=["Kerkstraat", "Rue Haute", "Meir"],
        city=["Gent", "Gent", "Gent"],
    )
    noticed, groups = group_clients(rows)
    assert told(noticed) == [
        (1, "company_number", "client.shares_number"),
        (0, "company_number", "client.number_in_doubt"),
        (2, "company_number", "client.shares_number"),
    ]
    assert noticed[1].facts == {"other_row": "3"}
    assert groups.leader(1) == 1


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("company_number", ("Bakkerij Peeters BV", "Bakkerij Dubois BV")),
        ("rcs_number", ("Santos Lux S.à r.l.", "Schmit Lux S.à r.l.-S")),
    ],
)
def test_a_trade_or_a_street_that_every_town_has_is_nothing_in_common(field: str, names: tuple[str, str]) -> None:
    rows = records_of(
        legal_name=list(names),
        contact_email=["an@peeters.be", "luc@dubois.be"],
        street=["Kerkstraat", "Kerkstraat"],
        house_number=["1", "12"],
        postal_code=["9000", "2000"],
        **{field: ["B123456"] * 2},
    )
    noticed, _ = group_clients(rows)
    assert told(noticed) == [(1, field, "client.shares_number"), (0, field, "client.number_in_doubt")]


@pytest.mark.parametrize(
    "later",
    [
        {"legal_name": "Peeters Bakkerij NV", "street": "Meir"},
        {"legal_name": "Garage Dubois", "contact_email": "an@peeters.be"},
        {"legal_name": "Garage Dubois", "street": "Kerkstraat"},
    ],
)
def test_two_rows_with_one_number_and_something_telling_in_common_contradict_each_other(later: dict[str, str]) -> None:
    first = {"legal_name": "Bakkerij Peeters BV", "contact_email": "an@peeters.be", "street": "Kerkstraat"}
    both = [first, {"contact_email": "x@y.be", "street": "Andere straat", **later}]
    columns = {field: [row[field] for row in both] for field in first}
    noticed, _ = group_clients(records_of(company_number=["0419618535"] * 2, **columns))
    assert [one.code for one in noticed] == ["client.contradicts"]


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("vat_number", "client.shares_number"),
        ("national_register_number", "client.shares_number"),
        ("external_reference", "client.shares_reference"),
        ("client_code", "client.shares_reference"),
    ],
)
def test_two_clients_that_share_a_weaker_number_stay_two(field: str, code: str) -> None:
    noticed, groups = group_clients(records_of(company_number=["0566988259", "0419618535"], **{field: ["1", "1"]}))
    assert told(noticed) == [(1, field, code)]
    assert groups.leader(1) == 1


def test_the_same_name_and_address_without_a_common_number_is_a_doubt() -> None:
    noticed, groups = group_clients(
        records_of(
            legal_name=["A", "a", "A"],
            company_number=["0566988259", "0419618535", None],
            contact_email=["an@example.com"] * 3,
        )
    )
    assert told(noticed) == [
        (1, "contact_email", "client.looks_repeated"),
        (2, "contact_email", "client.looks_repeated"),
    ]
    assert [groups.leader(at) for at in range(3)] == [0, 1, 2]


def test_one_address_for_two_companies_is_no_doubt() -> None:
    noticed, _ = group_clients(records_of(legal_name=["A", "B"], contact_email=["an@example.com"] * 2))
    assert noticed == []


def test_without_any_number_the_same_name_and_address_are_one_client() -> None:
    noticed, groups = group_clients(records_of(legal_name=["A", "A"], contact_email=["an@example.com"] * 2))
    assert told(noticed) == [(1, "contact_email", "client.repeated")]
    assert groups.leader(1) == 0


def test_without_any_number_differing_data_are_a_doubt() -> None:
    noticed, groups = group_clients(
        records_of(legal_name=["A", "A"], contact_email=["an@example.com"] * 2, city=["Gent", "Brugge"])
    )
    assert told(noticed) == [(1, "contact_email", "client.looks_repeated")]
    assert groups.leader(1) == 1


def test_where_the_client_is_a_person_another_address_contradicts() -> None:
    noticed, _ = group_clients(
        records_of(
            national_register_number=["93051822361"] * 2,
            contact_first_name=["An", "An"],
            contact_email=["an@example.com", "an.peeters@example.com"],
        )
    )
    assert told(noticed) == [(1, "contact_email", "client.contradicts")]
    assert "93051822361" not in str(noticed)


def test_a_hundred_thousand_rows_of_one_client_are_done_within_the_time_limit_of_a_test() -> None:
    count = 100_000
    rows = records_of(
        legal_name=["A"] * count,
        company_number=["0566988259"] * count,
        contact_email=[f"person{at}@example.com" for at in range(count)],
    )
    noticed, groups = group_clients(rows)
    assert len(noticed) == count - 1
    assert groups.leader(count - 1) == 0
