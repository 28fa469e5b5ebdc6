"""What is suggested for a required field without a column never names a column that it is not."""

from __future__ import annotations

import pytest

from clientimport.errors import ColumnsMissing
from clientimport.matching.mapping_findings import mapping_findings
from clientimport.schema.loader import load_schema
from clientimport.validation.import_file import ImportFile
from mapping_sheet import Sheet, matched, table

MAILS = ["an@peeters.be", "jan@claes.be", "els@maes.be"]
OTHER = ["info@peeters.be", "info@claes.be", "info@maes.be"]


def portfolio(sheet: Sheet) -> ImportFile:
    return ImportFile(table(sheet), matched(sheet, "accounton"), load_schema("accounton"), {})


def test_equally_likely_columns_are_all_named() -> None:
    flags = portfolio([("E-mail", MAILS), ("Mail", OTHER)]).missing["contact_email"]
    assert flags == '--set "E-mail=contact_email" | --set "Mail=contact_email"'


def test_a_column_whose_content_denies_it_is_not_named() -> None:
    assert "HEADER" in portfolio([("E-mail", ["ja", "nee", "ja"])]).missing["contact_email"]


def test_without_a_likely_column_the_filled_ones_without_a_field_are_listed() -> None:
    sheet = [
        ("Hoe te bereiken", ["via zijn dochter", "bellen", "per brief"]),
        ("GSM", ["0470 12 34 56"] * 3),
        ("Leeg", ["", "", ""]),
    ]
    with pytest.raises(ColumnsMissing) as caught:
        portfolio(sheet).validate()
    assert caught.value.facts["unmatched"] == "A (Hoe te bereiken)"


COUNTRIES = ["BE", "Frankrijk", "LU"]


def test_a_column_of_countries_is_named_before_one_country_for_all() -> None:
    sheet = [("Bedrijfsnaam", ["A BV", "B BV", "C BV"]), ("Afzetgebied", COUNTRIES), ("Markt", COUNTRIES[::-1])]
    both = ImportFile(table(sheet), matched(sheet), load_schema("banqup-partner"), {})
    assert both.missing["country"] == '--set "Afzetgebied=country" | --set "Markt=country"'
    none = ImportFile(table(sheet[:1]), matched(sheet[:1]), load_schema("banqup-partner"), {})
    assert none.missing["country"] == "--default country=BE"


def test_a_column_of_countries_that_the_user_leaves_out_is_not_named_again() -> None:
    sheet = [("Afzetgebied", COUNTRIES)]
    mapping = matched(sheet, decisions={"A": "ignore"})
    assert (
        ImportFile(table(sheet), mapping, load_schema("banqup-partner"), {}).missing["country"].startswith("--default")
    )


def test_a_header_that_stands_there_twice_is_named_by_its_letter() -> None:
    twice = mapping_findings(matched([("E-mail", MAILS), ("e-mail ", OTHER), ("Naam", ["A", "B", "C"])]))
    assert [one.facts["addressed"] for one in twice if one.column] == ["A", "B", "Naam"]
