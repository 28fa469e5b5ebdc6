from __future__ import annotations

import pytest

from clientimport.matching.profile_match import closest_profiles, match_profile
from clientimport.matching.profiles import Profile, ProfileColumn
from mapping_sheet import Sheet, certain, fields, matched, table

FIELDS = {
    "Naam": "legal_name",
    "KBO": "company_number",
    "Mailadres klant": "contact_email",
    "Straat": "street",
    "Gemeente": "city",
    "Beheerder": "ignore",
}
OFFICE = Profile("office", "banqup-partner", tuple(ProfileColumn(*one) for one in FIELDS.items()))
VALUES = {
    "Naam": ["Peeters BV", "Claes NV"],
    "KBO": ["0403.019.261", "0202.239.951"],
    "Mailadres klant": ["an@peeters.be", "jan@claes.be"],
    "Straat": ["Kerkstraat", "Dorp"],
    "Gemeente": ["Gent", "Brugge"],
    "Beheerder": ["Ann", "Bob"],
    "BTW": ["BE0403019261", "BE0202239951"],
}


def sheet(*headers: str, **renamed: str) -> Sheet:
    """Return columns with these headers; `renamed` are headers whose values are those of another."""
    return [(header, VALUES.get(renamed.get(header.replace(" ", "_"), header), [""])) for header in headers]


def found(columns: Sheet, *profiles: Profile) -> list[tuple[str, list[str], list[str], list[tuple[str, str]]]]:
    recalls = closest_profiles(profiles or (OFFICE,), table(columns).columns, "banqup-partner")
    return [
        (
            one.profile.name,
            [column.header for column in one.added],
            [column.header for column in one.missing],
            [(column.before, column.column.header) for column in one.renamed],
        )
        for one in recalls
    ]


def test_the_same_headers_in_any_order_and_spelling_are_the_same_row() -> None:
    moved = [(header.upper(), values) for header, values in reversed(sheet(*FIELDS))]
    assert found(moved) == [("office", [], [], [])]
    assert match_profile(OFFICE, table(moved).columns).is_exact


def test_columns_that_came_and_went_are_named() -> None:
    columns = sheet("Naam", "KBO", "BTW", "Mailadres klant", "Straat", "Gemeente")
    assert found(columns) == [("office", ["BTW"], ["Beheerder"], [])]


@pytest.mark.parametrize("ours", ["clientimport: wat te doen", "clientimport\N{NO-BREAK SPACE}: ligne"])
def test_columns_that_the_program_added_say_nothing(ours: str) -> None:
    assert found([*sheet(*FIELDS), (ours, ["x"])]) == [("office", [], [], [])]
    with_ours = Profile("x", "banqup-partner", (*OFFICE.columns, ProfileColumn(ours, "ignore")))
    assert found(sheet(*FIELDS), with_ours) == [("x", [], [], [])]


def test_a_slightly_renamed_column_is_recognised() -> None:
    columns = sheet("Naam", "KBO", "Mailadres klanten", "Straat", "Gemeente", "Beheerder")
    assert found(columns) == [("office", [], [], [("Mailadres klant", "Mailadres klanten")])]


def test_two_columns_that_could_both_be_the_renamed_one_are_new() -> None:
    columns = sheet("Naam", "KBO", "Mailadres klant 1", "Mailadres klant 2", "Straat", "Gemeente", "Beheerder")
    assert found(columns) == [("office", ["Mailadres klant 1", "Mailadres klant 2"], ["Mailadres klant"], [])]


@pytest.mark.parametrize("headers", [("Naam", "KBO"), ("Straat", "Gemeente", "Postcode", "Land", "BTW"), ()])
def test_another_list_is_not_taken_for_the_profiles(headers: tuple[str, ...]) -> None:
    assert found(sheet(*headers)) == []


def test_a_profile_of_another_platform_serves_where_this_one_has_none() -> None:
    columns = table(sheet(*FIELDS)).columns
    assert [one.profile for one in closest_profiles((OFFICE,), columns, "accounton")] == [OFFICE]
    own = Profile("zz", "accounton", OFFICE.columns)
    assert [one.profile for one in closest_profiles((OFFICE, own), columns, "accounton")] == [own]


def test_what_another_platform_had_no_use_for_is_left_to_this_one() -> None:
    columns = (ProfileColumn("E-mail", "contact_email"), ProfileColumn("GSM", "ignore"))
    read = table(sheet("E-mail", "GSM")).columns
    kept = [closest_profiles((Profile("x", on, columns),), read, "accounton")[0].kept for on in ("billit", "accounton")]
    assert kept == [{0: "contact_email"}, {0: "contact_email", 1: "ignore"}]


def test_headers_that_a_spreadsheet_made_up_find_no_profile() -> None:
    made_up = Profile("x", "accounton", (ProfileColumn("Kolom1", "city"), ProfileColumn("Kolom2", "iban")))
    assert closest_profiles((made_up,), table(sheet("Kolom1", "Kolom2")).columns, "accounton") == ()


def test_of_two_equally_near_profiles_both_are_named() -> None:
    twin = Profile("twin", "banqup-partner", OFFICE.columns)
    columns = sheet(*FIELDS, "BTW")
    assert [one[0] for one in found(columns, OFFICE, twin)] == ["office", "twin"]
    assert [one[0] for one in found(sheet(*FIELDS), OFFICE, twin)] == ["office"]


def test_what_the_profile_says_stands_and_what_is_new_or_renamed_waits_for_a_word() -> None:
    columns = sheet(
        "Gemeente", "Naam", "KBO", "BTW", "Mailadres klanten", "Beheerder", Mailadres_klanten="Mailadres klant"
    )
    mapping = matched(columns, profile=OFFICE)
    assert fields(mapping) == ["city", "legal_name", "company_number", "vat_number", "contact_email", None]
    assert certain(mapping) == [True, True, True, False, False, True]
    assert mapping.matches[4].reasons[0].code == "profile_renamed"
    assert mapping.matches[3].reasons[-1].code == "profile_new"


def test_without_the_profile_the_new_column_would_have_been_certain() -> None:
    assert certain(matched(sheet("BTW")))[0]


def test_a_renamed_column_whose_values_deny_it_is_not_even_proposed() -> None:
    columns = sheet("Naam", "KBO", "Mailadres klanten", "Straat", "Gemeente", "Beheerder", Mailadres_klanten="Straat")
    assert fields(matched(columns, profile=OFFICE))[2] != "contact_email"


def test_headers_that_occur_twice_are_kept_by_their_letter() -> None:
    twice = Profile(
        "twice",
        "banqup-partner",
        (
            ProfileColumn("Naam", "legal_name"),
            ProfileColumn("E-mail", "contact_email", "B"),
            ProfileColumn("E-mail", "ignore", "C"),
        ),
    )
    columns = [("Naam", ["Peeters BV"]), ("E-mail", ["an@p.be"]), ("e-mail", ["info@p.be"])]
    assert match_profile(twice, table(columns).columns).is_exact
    assert match_profile(twice, table(columns).columns).kept == {0: "legal_name", 1: "contact_email", 2: "ignore"}
    shifted = [("Naam", ["Peeters BV"]), ("Code", ["1"]), ("E-mail", ["an@p.be"]), ("E-mail", ["info@p.be"])]
    assert match_profile(twice, table(shifted).columns).kept == {0: "legal_name"}
