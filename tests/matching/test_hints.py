"""What is suggested for a required field without a column never names a column that it is not."""

from __future__ import annotations

import pytest

from clientimport.errors import ColumnsMissing
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
    sheet = [("Hoe te bereiken", MAILS), ("GSM", ["0470 12 34 56"] * 3), ("Leeg", ["", "", ""])]
    with pytest.raises(ColumnsMissing) as caught:
        portfolio(sheet).validate()
    assert caught.value.facts["unmatched"] == "A (Hoe te bereiken)"
