"""What was typed becomes canonical, and every change is shown with before and after."""

from __future__ import annotations

import pytest

from clientimport.errors import UsageError
from clientimport.matching.column_mapping import ColumnMapping, ColumnMatch
from clientimport.model.finding import Severity
from clientimport.model.table import CellFlag, Table
from clientimport.schema.loader import load_schema
from clientimport.validation.parse_table import ParsedTable, parse_table
from tables import column, mapped, table

PARTNER = load_schema("banqup-partner")


def partner(columns: dict[str, list[str | None]], language: str | None = None) -> ParsedTable:
    read = table(columns)
    return parse_table(read, mapped(read, language), PARTNER, {})


def codes(interpretation: ParsedTable) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.cell) for finding in interpretation.findings]


def test_a_repair_shows_the_cell_what_was_typed_and_what_is_used() -> None:
    found = partner({"legal_name": ["Peeters"], "company_number": ["0419.618.535"]})
    assert found.records.values("company_number") == ["0419618535"]
    (finding,) = found.findings
    assert (finding.cell, finding.value, finding.suggestion) == ("B2", "0419.618.535", "0419618535")
    assert finding.severity is Severity.REPAIR


def test_a_canonical_value_is_not_mentioned() -> None:
    assert partner({"company_number": ["0419618535"], "country": ["BE"]}).findings == ()


def test_a_value_that_cannot_be_read_is_an_error_and_no_value() -> None:
    found = partner({"company_number": ["0419618536"]})
    assert found.records.values("company_number") == [None]
    assert [finding.severity for finding in found.findings] == [Severity.ERROR]


def test_the_country_of_the_row_decides_how_its_other_cells_are_read() -> None:
    found = partner({"postal_code": ["L-1611", "B-9000"], "country": ["LU", "BE"]})
    assert found.records.values("postal_code") == ["1611", "9000"]


def test_postal_code_and_city_in_one_cell_are_taken_apart_and_shown() -> None:
    found = partner({"city": ["9000 Gent", "Gent"]})
    assert found.records.values("postal_code") == ["9000", None]
    assert found.records.values("city") == ["Gent", "Gent"]
    assert codes(found) == [("derived.place", "A2")]


def test_a_postal_code_of_its_own_is_kept_beside_one_in_the_city() -> None:
    found = partner({"city": ["9000 Gent"], "postal_code": ["9050"]})
    assert found.records.values("postal_code") == ["9050"]


def test_the_platforms_own_word_in_the_files_language_is_no_repair() -> None:
    assert partner({"mandate": ["Ja", "Nee"]}, "nl").findings == ()
    assert codes(partner({"mandate": ["Oui"]}, "nl")) == [("yes_no.word", "A2")]


def test_a_spelling_the_platforms_upload_reads_itself_is_no_repair() -> None:
    read = table({"country": ["fRaNce", "be"], "language": ["Engels", "NL"]})
    found = parse_table(read, mapped(read), load_schema("banqup-console-be"), {})
    assert found.records.values("country") == ["FR", "BE"]
    assert found.records.values("language") == ["en", "nl"]
    assert found.findings == ()


def test_the_luxembourg_console_reads_fewer_words_in_column_l_than_in_j() -> None:
    read = table({"language": ["français"], "contact_language": ["français"]})
    found = parse_table(read, mapped(read), load_schema("banqup-console-lu"), {})
    assert codes(found) == [("language.name", "B2")]


def test_an_error_cell_and_a_formula_without_result_are_errors_and_never_empty_values() -> None:
    cells = column(0, "legal_name", ["#N/A", "=A1&B1", "Peeters"], {0: CellFlag.ERROR, 1: CellFlag.UNCACHED})
    read = Table("x.xlsx", "S", 1, (cells,), table({"a": ["", "", ""]}).rows)
    found = parse_table(read, ColumnMapping((ColumnMatch(cells, "legal_name"),)), PARTNER, {})
    assert codes(found) == [("cell.error", "A2"), ("cell.formula", "A3")]
    assert found.records.values("legal_name") == [None, None, "Peeters"]


def test_a_problem_in_a_column_the_platform_does_not_take_cannot_stop_a_row() -> None:
    read = table({"vat_number": ["21%"], "company_number": ["0566988259"]})
    found = parse_table(read, mapped(read), load_schema("accounton"), {})
    assert {finding.severity for finding in found.findings if finding.field == "vat_number"} == {Severity.WARNING}


def test_a_default_fills_a_field_that_has_no_column_and_says_so_once() -> None:
    read = table({"legal_name": ["Peeters", "Dubois"]})
    found = parse_table(read, mapped(read), PARTNER, {"country": "België"})
    assert found.records.values("country") == ["BE", "BE"]
    assert [(one.code, one.row, one.facts["default"]) for one in found.findings] == [("default.column", None, "BE")]


def test_a_default_fills_only_the_cells_that_are_empty_and_shows_each() -> None:
    read = table({"country": ["LU", None]})
    found = parse_table(read, mapped(read), PARTNER, {"country": "BE"})
    assert found.records.values("country") == ["LU", "BE"]
    assert codes(found) == [("default.cell", "A3")]


def test_a_default_that_is_no_value_of_its_field_is_refused() -> None:
    read = table({"legal_name": ["Peeters"]})
    with pytest.raises(UsageError, match=r"default\.unreadable"):
        parse_table(read, mapped(read), PARTNER, {"country": "Atlantis"})
