"""A second contact person in columns of its own is one, and is said to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.matching.column_mapping import ColumnMapping
from clientimport.matching.matcher import match_columns
from clientimport.matching.profile_match import match_profile
from clientimport.matching.profiles import ProfileStore
from clientimport.schema.loader import load_schema
from mapping_sheet import Sheet, table

CLIENTS: Sheet = [
    ("Bedrijf", ["Claes BV", "Maes BV", "Peeters NV"]),
    ("Voornaam", ["An", "Els", "Jan"]),
    ("Naam contact", ["Claes", "Maes", "Peeters"]),
    ("E-mail", ["an@claes.be", "els@maes.be", "jan@peeters.be"]),
    ("Taal", ["nl", "nl", "fr"]),
    ("Land", ["BE", "BE", "LU"]),
]
SECOND: Sheet = [
    ("Contact 2 voornaam", ["Tom", "Mia", ""]),
    ("Contact 2 naam", ["Willems", "Goossens", ""]),
    ("Contact 2 e-mail", ["tom@claes.be", "mia@maes.be", ""]),
]


def mapping_of(sheet: Sheet, platform: str = "banqup-partner") -> ColumnMapping:
    return match_columns(table(sheet), load_schema(platform), {}, None)


def fields(mapping: ColumnMapping) -> list[tuple[int, dict[str, str]]]:
    return [(one.number, {field: at.header for field, at in one.columns.items()}) for one in mapping.further_contacts]


def test_the_columns_of_a_second_contact_are_used_and_have_no_field() -> None:
    mapping = mapping_of([*CLIENTS, *SECOND])
    assert fields(mapping) == [
        (
            2,
            {
                "contact_first_name": "Contact 2 voornaam",
                "contact_last_name": "Contact 2 naam",
                "contact_email": "Contact 2 e-mail",
            },
        )
    ]
    told = [(one.field, one.used, one.certain) for one in mapping.matches if one.column.header.startswith("Contact 2")]
    assert told == [(None, True, True)] * 3
    assert mapping.columns["contact_email"].header == "E-mail"


@pytest.mark.parametrize(
    "columns",
    [
        [("E-mail 2", ["x@claes.be", "y@maes.be", "z@peeters.be"])],
        [("Contact 2 voornaam", ["Tom", "Mia", ""]), ("Contact 2 naam", ["Willems", "Goossens", ""])],
        [("Contact 2 e-mail", ["ja", "nee", "ja"]), ("Contact 2 naam", ["Willems", "Goossens", "Mertens"])],
        [("Adres 2", ["Kerkstraat 1", "Meir 2", "Markt 3"])],
    ],
)
def test_what_is_no_whole_person_is_no_further_contact(columns: Sheet) -> None:
    assert mapping_of([*CLIENTS, *columns]).further_contacts == ()


def test_a_platform_that_takes_one_contact_has_no_further_ones() -> None:
    mapping = mapping_of([*CLIENTS, *SECOND], "banqup-console-be")
    assert mapping.further_contacts == ()
    assert not any(one.used for one in mapping.matches if one.column.header.startswith("Contact 2"))


def test_a_saved_profile_knows_them_again(tmp_path: Path) -> None:
    sheet = table([*CLIENTS, *SECOND])
    mapping = match_columns(sheet, load_schema("banqup-partner"), {}, None)
    ProfileStore(tmp_path).save(mapping.make_profile("office", "banqup-partner"))
    again = match_profile(ProfileStore(tmp_path).load("office"), sheet.columns)
    assert fields(match_columns(sheet, load_schema("banqup-partner"), {}, again)) == fields(mapping)


def test_a_column_that_somebody_leaves_out_is_left_out() -> None:
    sheet = table([*CLIENTS, *SECOND])
    assert match_columns(sheet, load_schema("banqup-partner"), {8: "ignore"}, None).further_contacts == ()
