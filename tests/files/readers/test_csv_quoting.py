"""Quotation marks written otherwise than RFC 4180 has them are read as meant, or the row is refused."""

from __future__ import annotations

import pytest

from clientimport.model.finding import Severity
from spreadsheets import codes, column, read

HEADER = "Naam;E-mail;Gemeente\r\n"


def names(text: str) -> list[str | None]:
    return column(read(text.encode()), "Naam")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("header", ['"Naam"{d} "Stad"', "Naam{d} Stad", "Naam{d}Stad"])
def test_a_space_before_the_marks_throughout_is_part_of_the_separator(delimiter: str, header: str) -> None:
    rows = (f'"Peeters{delimiter} An"{delimiter} "Gent"', f'"Maes"{delimiter}  "Aalst{delimiter} Ninove"', '"x"{d} ""')
    table = read("\r\n".join((header, *rows)).replace("{d}", delimiter).encode())
    assert [one.header for one in table.columns] == ["Naam", "Stad"]
    assert column(table, "Naam") == [f"Peeters{delimiter} An", "Maes", "x"]
    assert column(table, "Stad") == ["Gent", f"Aalst{delimiter} Ninove", None]
    assert codes(table) == []


def test_numbers_without_marks_may_stand_between_them() -> None:
    table = read(b'"Naam", "Nummer", "Stad"\r\n"Peeters, An", 419618535, "Gent"\r\n"Maes", 12, "Aalst"\r\n')
    assert [one.values.to_pylist() for one in table.columns] == [
        ["Peeters, An", "Maes"],
        ["419618535", "12"],
        ["Gent", "Aalst"],
    ]


def test_a_space_before_the_marks_of_one_row_is_an_error_of_that_row() -> None:
    rows = ['"Peeters";"a@b.be";"Gent"', '"Maes";"c@d.be";"Aalst"', '"De Kroon"; "x;y";"Gent"']
    table = read((HEADER + "\r\n".join(rows)).encode())
    (finding,) = table.findings
    assert (finding.code, finding.severity, finding.row) == ("row.quotes_unlike", Severity.ERROR, 4)
    assert finding.value == '"x;y"'


@pytest.mark.parametrize(
    "text", ['De Kroon; "De Kroon" BV;Gent', 'a;"say; ""x""";Gent', '"a; "" b";"c";"d"', '"a";"b";"c"']
)
def test_marks_by_the_rules_and_names_that_begin_with_a_mark_are_left_alone(text: str) -> None:
    assert codes(read((HEADER + text + "\r\n").encode())) == []


def test_a_backslash_before_the_marks_inside_throughout_is_no_part_of_the_name() -> None:
    text = HEADER + '"Garage \\"Dubois\\"";"a@b.be";"Gent"\r\n"\\"De; Kroon\\" BV";"c@d.be";""\r\n"x\\\\";"y";"z"\r\n'
    assert names(text) == ['Garage "Dubois"', '"De; Kroon" BV', "x\\\\"]
    assert codes(read(text.encode())) == []


def test_a_text_without_marks_around_it_may_have_them_escaped() -> None:
    assert names(HEADER + 'Garage \\"Dubois\\";a@b.be;Gent\r\nx;y;z\r\n') == ['Garage "Dubois"', "x"]


def test_a_backslash_beside_doubled_marks_is_an_error_of_its_rows() -> None:
    table = read((HEADER + '"Garage \\"Dubois\\"";"a";"Gent"\r\n"De ""Kroon""";"b";"Gent"\r\n').encode())
    assert [(finding.code, finding.row) for finding in table.findings] == [("row.quotes_unlike", 2)]


def test_a_backslash_at_the_end_of_a_text_is_one() -> None:
    table = read((HEADER + '"C:\\Clients\\";"a";"Gent"\r\n"De ""Kroon""";"b";"Gent"\r\n').encode())
    assert column(table, "Naam") == ["C:\\Clients\\", 'De "Kroon"']
    assert codes(table) == []


def test_a_line_break_between_the_marks_does_not_start_a_row() -> None:
    table = read(b'"Naam", "Stad"\r\n"An", "Gent\r\nDampoort"\r\n"Els", "Aalst"\r\n')
    assert table.rows.tolist() == [2, 3]
    assert column(table, "Stad") == ["Gent\r\nDampoort", "Aalst"]
