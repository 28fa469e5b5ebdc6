from __future__ import annotations

import pytest

from clientimport.files.read import ReadRequest
from spreadsheets import CLIENT, HEADER, book_of, codes, column, csv, read, stored, xlsx


@pytest.mark.parametrize(
    "above",
    [
        [("Klantenlijst 2025",)],
        [("Klantenlijst",), (), ("Gemaakt op 3/2/2025",)],
        [("Kantoor De Smet", "", "", "Datum: 3/2/2025"), ()],
        [("Naam kantoor", "De Smet"), ("Telefoon", "09 123 45 67"), ()],
        [("EXTF", 700, 16, "Debitoren/Kreditoren", 5, 20250101, "RE", "")],
    ],
)
def test_titles_above_the_header_are_left_out(above: list[tuple[object, ...]]) -> None:
    table = read(xlsx([*above, HEADER, CLIENT, CLIENT]))
    assert table.header_row == len(above) + 1
    assert table.rows.tolist() == [len(above) + 2, len(above) + 3]
    assert codes(table) == ["rows.above_header"]


def test_unknown_headers_are_found_by_how_they_look() -> None:
    rows = [("Report X",), (), ("Foo", "Bar", "Baz"), ("a", "12", "x@y.be"), ("b", "34", "z@y.be")]
    assert read(xlsx(rows)).header_row == 3


def test_a_first_row_of_unknown_texts_over_texts_is_the_header() -> None:
    assert read(xlsx([("Foo", "Bar"), ("Gent", "Brugge"), ("Aalst", "Ieper")])).header_row == 1


def test_a_header_alone_is_a_table_without_rows() -> None:
    table = read(xlsx([HEADER]))
    assert (table.header_row, len(table.rows), len(table.columns)) == (1, 0, 6)


def test_the_user_may_say_which_row_it_is() -> None:
    table = read(csv([HEADER, CLIENT, ("a", "b", "c", "d", "e", "f"), CLIENT]).encode(), ReadRequest(header_row=3))
    assert [column.header for column in table.columns] == list("abcdef")
    assert table.rows.tolist() == [4]


def test_headers_lose_their_outer_white_space_and_line_breaks() -> None:
    table = read(xlsx([(" Naam ", "BTW-\nnummer", "E-mail"), ("x", "y", "z@x.be")]))
    assert [column.header for column in table.columns] == ["Naam", "BTW- nummer", "E-mail"]


def test_the_same_header_twice_and_none_at_all_are_told_apart_by_letter() -> None:
    table = read(xlsx([("Naam", "Titre", "Titre", None, "Leeg"), ("x", "1", "2", "3", None)]))
    assert [(column.letter, column.header) for column in table.columns] == [
        ("A", "Naam"),
        ("B", "Titre"),
        ("C", "Titre"),
        ("D", ""),
        ("E", "Leeg"),
    ]
    assert table.columns[-1].values.to_pylist() == [None]


def test_a_header_of_two_rows_is_joined_where_one_alone_says_too_little() -> None:
    book = book_of(
        [
            ("BTW-nummer", "Klant", None, "Contact", None),
            (None, "Naam", "Gemeente", "Naam", "E-mail"),
            ("BE0403019261", "Peeters BV", "Gent", "An Peeters", "an@x.be"),
        ]
    )
    for span in ("A1:A2", "B1:C1", "D1:E1"):
        book.worksheets[0].merge_cells(span)
    table = read(stored(book))
    headers = [column.header for column in table.columns]
    assert headers == ["BTW-nummer", "Klant Naam", "Gemeente", "Contact Naam", "E-mail"]
    assert (table.header_row, table.rows.tolist()) == (2, [3])


def test_headers_of_two_rows_need_not_be_merged_to_tell_names_apart() -> None:
    table = read(
        xlsx(
            [
                ("BTW-nummer", "Klant", None, "Contact", None),
                (None, "Naam", "Gemeente", "Naam", "E-mail"),
                ("BE0403019261", "Peeters BV", "Gent", "An Peeters", "an@x.be"),
            ]
        )
    )
    headers = [column.header for column in table.columns]
    assert headers == ["BTW-nummer", "Klant Naam", "Gemeente", "Contact Naam", "E-mail"]
    assert (table.header_row, table.rows.tolist()) == (2, [3])


@pytest.mark.parametrize("above", [("Klantenlijst",), ("Klantenlijst", None, None, "12/2026"), (None, None, "Contact")])
def test_a_title_above_does_not_change_names_that_occur_twice(above: tuple[str | None, ...]) -> None:
    rows = [above, ("Naam", "Gemeente", "Naam", "E-mail"), ("Peeters BV", "Gent", "An Peeters", "an@x.be")]
    assert [one.header for one in read(xlsx(rows)).columns] == ["Naam", "Gemeente", "Naam", "E-mail"]


def test_headers_with_damaged_letters_are_set_right_and_named() -> None:
    table = read(xlsx([("PrÃ©nom", "SociÃ©tÃ©", "Gemeente"), ("NoÃ«l", "x", "Gent"), ("An", "y", "Gent")]))
    assert [column.header for column in table.columns] == ["Prénom", "Société", "Gemeente"]
    assert [(finding.code, finding.facts["headers"]) for finding in table.findings] == [
        ("header.mojibake", "Prénom, Société")
    ]
    assert column(table, "Prénom") == ["NoÃ«l", "An"]  # values are set right one by one, where they are read


def test_headers_with_accents_are_not_mentioned() -> None:
    assert read(xlsx([("Prénom", "SÃO", "Gemeente"), ("Noël", "x", "Gent")])).findings == ()


def test_a_title_merged_over_the_whole_table_is_no_part_of_the_headers() -> None:
    book = book_of([("Klanten",), HEADER, CLIENT])
    book.worksheets[0].merge_cells("A1:F1")
    table = read(stored(book))
    assert table.header_row == 2
    assert [column.header for column in table.columns] == list(HEADER)


def test_a_file_without_a_header_is_warned_about() -> None:
    table = read(csv([CLIENT, ("Jansen NV", "BE0403170701", "jan@x.be", "Markt 2", "2000", "Antwerpen")]).encode())
    assert [(finding.code, finding.facts["header_row"]) for finding in table.findings] == [("header.unlikely", "1")]
