from __future__ import annotations

import pytest

from clientimport.errors import FileUnreadable
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


JANSEN = ("Jansen NV", "BE0403170701", "jan@x.be", "Markt 2", "2000", "Antwerpen")


def test_a_file_without_a_header_is_refused_before_its_first_client_is_lost() -> None:
    with pytest.raises(FileUnreadable) as caught:
        read(csv([CLIENT, JANSEN]).encode())
    assert (caught.value.code, caught.value.facts["row"]) == ("file.no_headers", "1")


def test_a_client_that_the_user_calls_the_header_row_is_warned_about() -> None:
    table = read(csv([CLIENT, JANSEN]).encode(), ReadRequest(header_row=1))
    assert [(finding.code, finding.facts["header_row"]) for finding in table.findings] == [("header.unlikely", "1")]


def test_without_a_header_row_every_row_is_a_client_and_columns_have_letters_alone() -> None:
    table = read(csv([CLIENT, JANSEN]).encode(), ReadRequest(header_row=0))
    assert (table.header_row, table.rows.tolist()) == (0, [1, 2])
    assert [(one.letter, one.header) for one in table.columns][:2] == [("A", ""), ("B", "")]
    assert table.columns[0].values.to_pylist() == [CLIENT[0], JANSEN[0]]


def test_a_header_far_below_is_found_and_a_list_without_any_is_not_searched_in_vain() -> None:
    above = [(f"Toelichting {at}",) for at in range(40)]
    assert read(xlsx([*above, HEADER, CLIENT, JANSEN])).header_row == 41
    assert read(xlsx([("Foo", "Bar"), *[("Gent", "Brugge")] * 40])).header_row == 1


def test_a_second_header_row_in_another_language_is_no_client() -> None:
    again = ("Achternaam", "Voornaam", "Taal", "Telefoon", "CP", "Commune")
    table = read(xlsx([HEADER, again, CLIENT, JANSEN]))
    assert (table.header_row, table.rows.tolist()) == (1, [3, 4])
    assert codes(table) == ["rows.header_again"]


def test_a_client_with_a_word_that_is_a_header_too_stays_a_client() -> None:
    client = ("Contact", "BE0403019261", "an@peeters.example", "Kerkstraat 1", "9000", "Gent")
    assert read(xlsx([HEADER, client, CLIENT])).rows.tolist() == [2, 3]


def test_a_word_broken_over_two_lines_is_one_word() -> None:
    table = read(xlsx([("Onder-\nnemings-\nnummer", "E-\nmail", "Naam"), ("x", "y", "z")]))
    assert [column.header for column in table.columns] == ["Ondernemingsnummer", "E- mail", "Naam"]


def test_the_ends_of_broken_words_in_the_row_below_belong_to_the_headers() -> None:
    broken, ends = ("Onder-", "BTW-", "Naam", "Post-"), ("nemingsnummer", "nummer", "", "code")
    table = read(xlsx([broken, ends, ("0403019261", "BE0403019261", "Peeters", "9000")]))
    assert [column.header for column in table.columns] == ["Ondernemingsnummer", "BTW-nummer", "Naam", "Postcode"]
    assert table.rows.tolist() == [3]
    client = ("nemingsnummer", "nummer", "peeters", "code")
    assert read(xlsx([broken, client, ("x", "y", "z", "1")])).rows.tolist() == [2, 3]


def test_a_sheet_with_clients_in_columns_is_said_to_be_one() -> None:
    turned = list(zip(HEADER, CLIENT, JANSEN, strict=True))
    with pytest.raises(FileUnreadable) as caught:
        read(xlsx(turned))
    assert caught.value.code == "file.transposed"


def test_headers_that_a_spreadsheet_made_up_are_a_header_row_and_real_ones_below_them_are_a_better_one() -> None:
    made_up = tuple(f"Kolom{at}" for at in range(1, 7))
    assert read(xlsx([made_up, CLIENT, JANSEN])).rows.tolist() == [2, 3]
    assert read(xlsx([made_up, HEADER, CLIENT, JANSEN])).header_row == 2
