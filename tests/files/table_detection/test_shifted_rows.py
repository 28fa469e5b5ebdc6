"""Rows whose values moved to other columns are told by the number of their fields, also where the last are blank."""

from __future__ import annotations

import pytest

from clientimport.model.finding import Severity
from spreadsheets import codes, csv, read

HEADER = ("Naam", "BTW-nummer", "E-mail", "Voornaam", "Achternaam", "Straat", "Postcode", "Gemeente", "Opmerking")
ROWS = [
    ("Bakkerij Peeters", "BE0419618535", "an@peeters.example", "An", "Peeters", "Kerkstraat 1", "9000", "Gent", ""),
    ("Garage Dubois", "BE0566988259", "luc@dubois.example", "Luc", "Dubois", "Dorp 12", "1000", "Brussel", ""),
    ("Frituur Maes", "BE0533270168", "els@maes.example", "Els", "Maes", "Markt 7", "2000", "Antwerpen", "nieuw"),
]


def moved(rows: list[tuple[str, ...]], delimiter: str = ";") -> list[tuple[str, int | None]]:
    """Return what is said of the widths of rows below the header."""
    table = read(csv([HEADER, *rows], delimiter).encode())
    return [(finding.code, finding.row) for finding in table.findings]


def with_separator(row: tuple[str, ...], at: int, *parts: str) -> tuple[str, ...]:
    """Return the row with a text that holds the separator, between no marks."""
    return (*row[:at], *parts, *row[at + 1 :])


@pytest.mark.parametrize(
    ("at", "parts"),
    [(0, ("Peeters", " Bakkerij")), (3, ("An", "Julie")), (3, ("An", " Julie")), (5, ("Kerkstraat 1", "bus 3"))],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_separator_in_a_text_is_an_error_though_nothing_runs_past_the_header(
    at: int, parts: tuple[str, ...], delimiter: str
) -> None:
    rows = [ROWS[1], with_separator(ROWS[0], at, *parts), ROWS[2]]
    assert moved(rows, delimiter) == [("row.too_long", 3)]


def test_it_is_an_error_beside_a_single_other_row_and_where_nothing_but_words_moved() -> None:
    header = ("Naam", "Voornaam", "Achternaam", "Straat", "Gemeente", "Opmerking")
    rows = [("Bakkerij Peeters", "An", "Peeters", "Kerkstraat", "Gent", "vaste klant")]
    for first in ("Marc", "Marc "):
        table = read(csv([header, *rows, ("Garage", first, "Julie", "Dubois", "Markt", "Brussel", "")]).encode())
        (finding,) = table.findings
        assert (finding.code, finding.severity, finding.row) == ("row.too_long", Severity.ERROR, 3)
        assert finding.facts == {"fields": "7", "usual": "6"}


def test_where_every_line_ends_in_a_separator_nothing_is_said() -> None:
    assert moved([(*row, "") for row in ROWS]) == []
    table = read(csv([(*HEADER, ""), *((*row, "") for row in ROWS)]).encode())
    assert (codes(table), len(table.columns)) == ([], len(HEADER))


def test_where_every_line_ends_in_a_separator_one_too_many_is_an_error_all_the_same() -> None:
    rows = [(*row, "") for row in ROWS]
    assert moved([*rows, with_separator(rows[0], 3, "An", " Julie")]) == [("row.too_long", 5)]


@pytest.mark.parametrize("more", [1, 2, 5])
def test_mere_separators_at_the_end_of_a_few_lines_are_fine(more: int) -> None:
    assert moved([*ROWS, (*ROWS[0], *[""] * more)]) == []


@pytest.mark.parametrize("last", ["Aalst", "an2@peeters.example", "BE0533270168", "9000", "nl-BE"])
def test_a_separator_behind_one_of_two_lines_is_fine_where_what_stands_before_it_is_no_part_of_a_text(
    last: str,
) -> None:
    kinds = {"Aalst": "Gent", "an2@peeters.example": "b@x.be", "BE0533270168": "BE0419618535", "9000": "1000"}
    rows = [("Naam", "E-mail", "Laatste"), ("a", "b@x.be", kinds.get(last, "fr-BE")), ("c", "d@x.be", last, "")]
    assert codes(read(csv(rows).encode())) == []


def test_a_line_of_a_list_that_is_written_unevenly_may_end_in_separators() -> None:
    rows = [ROWS[0][:8], ROWS[2], (*ROWS[1][:8], "let op", "", "")]
    assert moved(rows) == []


def test_a_row_that_fills_a_column_which_the_others_leave_out_is_fine_and_one_that_moved_there_is_not() -> None:
    cut = [row[:8] for row in ROWS] * 4
    assert moved([*cut, (*ROWS[0][:7], "Wetteren", "belt terug")]) == []
    assert moved([*cut, (*ROWS[1][:3], "Luc", " Marc", *ROWS[1][4:8])]) == [("row.too_long", 14)]


def test_two_separators_too_many_are_an_error_too() -> None:
    header = (*HEADER, "Nota")
    rows = [(*row, "") for row in ROWS]
    wrong = ("Bakkerij", " Peeters", *rows[0][1:5], "Kerkstraat 1", " bus 3", *rows[0][6:8], "", "")
    table = read(csv([header, *rows, wrong]).encode())
    assert [(finding.code, finding.row) for finding in table.findings] == [("row.too_long", 5)]


def test_an_export_whose_lines_were_cut_behind_their_last_value_is_fine() -> None:
    assert moved([row[:8] for row in ROWS] + [ROWS[2]]) == []
    assert moved([*[ROWS[2]] * 12, ROWS[0][:8]]) == []


def test_a_row_one_field_short_among_full_ones_that_ends_in_a_separator_is_a_warning() -> None:
    short = (*ROWS[0][:3], "An Peeters", *ROWS[0][5:])
    table = read(csv([HEADER, ROWS[1], short, ROWS[2]]).encode())
    (finding,) = table.findings
    assert (finding.code, finding.severity, finding.row) == ("row.width", Severity.WARNING, 3)
    assert finding.facts == {"fields": "8", "usual": "9"}


def test_rows_cut_in_several_ways_are_how_the_file_is_written() -> None:
    cut = [ROWS[0][:8], (*ROWS[1][:7], ""), (*ROWS[0][:6], "")]
    assert moved([*ROWS, *cut]) == []


def test_a_single_row_that_is_longer_than_the_header_is_asked_about() -> None:
    assert moved([(*ROWS[0], "")]) == [("row.width", 2)]


def test_names_with_a_comma_in_every_row_are_no_column_that_lacks_a_header() -> None:
    rows = [("Peeters", " Jan", "Gent"), ("Maes", " Els", "Aalst"), ("Claes", " Bo", "Ieper")]
    table = read(csv([("Naam", "Gemeente"), *rows], ",").encode())
    assert [(finding.code, finding.row) for finding in table.findings] == [("row.too_long", row) for row in (2, 3, 4)]


def test_a_space_behind_every_comma_is_how_the_file_is_written() -> None:
    table = read(b"Naam, Gemeente\r\na, Gent, x\r\nb, Aalst, y\r\n")
    assert codes(table) == []


def test_a_header_with_more_names_than_the_rows_have_fields_is_fine() -> None:
    assert moved([row[:8] for row in ROWS]) == []
    assert moved([*(row[:8] for row in ROWS[:2]), ROWS[2]]) == []


def test_a_mark_in_a_text_that_breaks_it_open_moves_the_row() -> None:
    rows = [(*ROWS[1][:8], "x"), ROWS[2]]
    broken = ('"Bakkerij "De; Kroon""', *ROWS[0][1:])
    assert ("row.too_long", 4) in moved([*rows, broken])


def test_in_a_file_where_many_lines_end_in_separators_nobody_looks_at_each() -> None:
    rows = [row for _ in range(40) for row in (*ROWS, (*ROWS[0], ""))]
    assert moved(rows) == []
