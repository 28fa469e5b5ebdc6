from __future__ import annotations

import pytest

from clientimport.errors import FileUnreadable
from clientimport.files.read import ReadRequest
from clientimport.model.finding import Severity
from clientimport.model.table import CellFlag
from spreadsheets import CLIENT, HEADER, codes, column, csv, read

LIEGE = csv([("Naam", "Gemeente"), ("Crème & Œuf", "Liège")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found(encoding: str) -> None:
    assert column(read(LIEGE.encode(encoding)), "Gemeente") == ["Liège"]


DAMAGED = csv([("Prénom", "Gemeente", "Référence"), ("Noël", "Liège", "É1"), ("An", "Gent", "2"), ("Álvaro", "à", "œ")])


def twice(text: str, code_page: str) -> str:
    """Return `text` as a program shows it that takes UTF-8 for `code_page`."""
    return text.encode().decode(code_page)


def test_a_file_that_was_opened_with_the_wrong_code_page_is_set_right_and_says_so() -> None:
    table = read(twice(DAMAGED, "latin-1").encode())
    assert [column.header for column in table.columns] == ["Prénom", "Gemeente", "Référence"]
    assert [column.values.to_pylist() for column in table.columns[::2]] == [["Noël", "An", "Álvaro"], ["É1", "2", "œ"]]
    (finding,) = table.findings
    assert (finding.code, finding.severity) == ("text.mojibake_file", Severity.REPAIR)
    assert finding.facts == {"count": "3", "before": "PrÃ©nom", "after": "Prénom"}


def test_a_line_among_good_ones_is_set_right_alone() -> None:
    good = csv([("Naam", "Gemeente"), ("Crème", "Liège")])
    table = read((good + twice("Noël & l’Œuvre;Liège\r\n", "cp1252")).encode())
    assert column(table, "Naam") == ["Crème", "Noël & l’Œuvre"]
    assert table.findings[0].facts["count"] == "1"


@pytest.mark.parametrize("name", ["Crème & Œuf", "SÃO PAULO", "LiÃ¨ge en Liège", "Ångström", "N° 1", "« Café »"])
def test_letters_that_are_right_or_not_surely_wrong_are_left_alone(name: str) -> None:
    table = read(csv([("Naam", "Gemeente"), (name, "Gent")]).encode())
    assert (column(table, "Naam"), codes(table)) == ([name], [])


def test_letters_that_are_not_windows_are_asked_about() -> None:
    with pytest.raises(FileUnreadable) as refused:
        read("Naam;Gemeente\r\nFrançois;Sürth\r\n".encode("cp850"))
    assert refused.value.code == "file.encoding_unsure"


@pytest.mark.parametrize(
    ("name", "encoding", "shown"),
    [
        ("Café De Kroon", "cp850", "Caf‚"),
        ("Müller", "mac_roman", "MŸller"),
        ("Chez Lœuf", "iso8859-15", "L½uf"),
        ("Müller", "cp437", "M\ufffdller"),
    ],
)
def test_a_single_word_that_nobody_writes_so_is_asked_about(name: str, encoding: str, shown: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(csv([("Naam", "Gemeente"), (name, "Gent"), ("Jansen", "Aalst")]).encode(encoding))
    assert refused.value.code == "file.encoding_unsure"
    assert refused.value.facts["word"] == shown
    assert refused.value.facts["meant"] in name
    asked = ReadRequest(encoding=refused.value.facts["encoding"])
    assert column(read(csv([("Naam", "Gemeente"), (name, "Gent")]).encode(encoding), asked), "Naam") == [name]


def test_lines_of_utf_8_in_a_list_of_windows_are_set_right_whatever_their_letters() -> None:
    rows = ["Álvarez & Ís", "“De Kroon”", "Œuvre", "Étoile"]
    data = b"Naam;Gemeente\r\n" + b"".join(f"{row};Liège\r\n".encode() for row in rows)
    table = read(data + "Crème D’Or;Liège\r\n".encode("cp1252"))
    assert column(table, "Naam") == [*rows, "Crème D’Or"]
    assert column(table, "Gemeente") == ["Liège"] * 5


def test_the_users_encoding_wins() -> None:
    text = "Naam;Gemeente\r\nFrançois;Sürth\r\n"
    assert column(read(text.encode("cp850"), ReadRequest(encoding="cp850")), "Gemeente") == ["Sürth"]


@pytest.mark.parametrize(
    ("encoding", "code", "meant"),
    [
        ("utf-9", "file.encoding_unknown", "utf-8"),
        ("hex", "file.encoding_unknown", "utf-8"),
        ("ascii", "file.encoding_wrong", None),
    ],
)
def test_an_encoding_that_does_not_fit_is_refused(encoding: str, code: str, meant: str | None) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(LIEGE.encode(), ReadRequest(encoding=encoding))
    assert refused.value.code == code
    assert refused.value.facts.get("meant") == meant


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_the_delimiter_is_found(delimiter: str, end: str) -> None:
    table = read(csv([HEADER, CLIENT, CLIENT], delimiter, end).encode())
    assert [column.header for column in table.columns] == list(HEADER)
    assert table.rows.tolist() == [2, 3]
    assert table.sheet is None


def test_commas_inside_the_fields_do_not_split_a_file_of_semicolons() -> None:
    rows = [("Naam", "Adres"), *[("Peeters, An", "Kerkstraat 1, 9000 Gent, België")] * 5]
    assert column(read(csv(rows).encode()), "Naam")[0] == "Peeters, An"


def test_a_file_may_have_one_column() -> None:
    table = read(b"Naam\r\nJansen\r\nPeeters, An\r\nDubois\r\n")
    assert column(table, "Naam") == ["Jansen", "Peeters, An", "Dubois"]


def test_a_title_above_does_not_hide_the_delimiter() -> None:
    table = read(("Klantenlijst 2025\r\n\r\n" + csv([HEADER, CLIENT])).encode())
    assert (table.header_row, table.rows.tolist()) == (3, [4])
    assert codes(table) == ["rows.above_header"]


def test_the_line_that_names_the_delimiter_is_no_row() -> None:
    table = read(b"sep=|\r\nNaam|Gemeente\r\nJansen; zoon|Gent\r\n")
    assert table.header_row == 1
    assert column(table, "Naam") == ["Jansen; zoon"]


def test_a_quoted_line_break_does_not_start_a_row() -> None:
    table = read(b'Naam;Straat\r\nJansen;"Dijk 24\r\nbus 3"\r\nPeeters;Markt 1\r\n')
    assert column(table, "Straat") == ["Dijk 24\r\nbus 3", "Markt 1"]
    assert table.rows.tolist() == [2, 3]


def test_blank_lines_keep_their_number() -> None:
    assert read(b"Naam;Straat\r\n\r\n;;\r\nJansen;Dijk\r\n").rows.tolist() == [4]


@pytest.mark.parametrize(
    "typed", ["#N/A", "#REF!", "#VALUE!", "#NAAM?", "#NV", "#WAARDE!", " #n/b ", "#DIV/0!", "Err:502", "########"]
)
def test_an_error_that_became_text_is_still_an_error(typed: str) -> None:
    table = read(csv([("Naam", "Gemeente"), ("x", "Gent"), (typed, "Gent")]).encode())
    assert [dict(one.cell_flags) for one in table.columns] == [{1: CellFlag.ERROR}, {}]


@pytest.mark.parametrize("typed", ["#NV Bouw", "#1 Cleaning", "N/A", "##", "#", "NV", "C# BV"])
def test_text_with_a_hash_is_no_error(typed: str) -> None:
    table = read(csv([("Naam", "Gemeente"), (typed, "Gent")]).encode())
    assert table.columns[0].cell_flags == {}


@pytest.mark.parametrize("typed", ["'0403019261", '="0403019261"', '"=""0403019261"""'])
def test_the_marks_that_keep_a_zero_are_no_text(typed: str) -> None:
    assert column(read(f"Naam;BTW-nummer\r\nx;{typed}\r\n".encode()), "BTW-nummer") == ["0403019261"]


@pytest.mark.parametrize("typed", ["'t Hoekje BV", "=SOM(A1)", "NA", "null", "007", " x"])
def test_other_text_is_as_typed(typed: str) -> None:
    assert column(read(f"Naam;Gemeente\r\n{typed};Gent\r\n".encode()), "Naam") == [typed]


def test_a_row_that_runs_past_the_header_is_an_error_on_its_row() -> None:
    rows = [("Naam", "Gemeente"), ("a", "Gent"), ("b", "Gent", "", "Brugge"), ("c", "Gent", ""), ("d", "Gent")]
    table = read(csv(rows).encode())
    assert [(finding.code, finding.row, finding.value) for finding in table.findings] == [("row.too_long", 3, "Brugge")]
    assert table.rows.tolist() == [2, 3, 4, 5]
    assert [column.header for column in table.columns] == ["Naam", "Gemeente"]


def test_a_header_that_lacks_a_name_leaves_a_column_without_one() -> None:
    table = read(csv([("Naam", "Gemeente"), ("a", "Gent", "x"), ("b", "Gent", "y")]).encode())
    assert [(column.letter, column.header) for column in table.columns] == [("A", "Naam"), ("B", "Gemeente"), ("C", "")]
    assert codes(table) == []


def test_a_quotation_mark_in_the_wrong_place_is_a_warning() -> None:
    table = read(b'Naam;Gemeente\r\n"De Kroon" BV;Gent\r\nx;Gent\r\n')
    assert [(finding.code, finding.row) for finding in table.findings] == [("row.quotes", 2)]
    assert table.rows.tolist() == [2, 3]


@pytest.mark.parametrize(
    "text", ['Naam;Stad\r\n"Jan;Gent\r\nPiet;Gent\r\n', 'Naam;Stad\r\n"Jan;Gent\r\n"Piet";Gent\r\n']
)
def test_a_quotation_mark_that_swallows_rows_is_refused(text: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(text.encode())
    assert (refused.value.code, refused.value.facts["row"]) == ("file.quote_open", "2")


def test_a_zero_character_here_and_there_is_damage_and_the_rest_is_text() -> None:
    table = read(b"Naam;Gemeente\r\nJan\x00sen;Gent\r\nPeeters;Aalst\r\n")
    assert column(table, "Naam") == ["Jan\x00sen", "Peeters"]
    again = read(b"Na\x00am;Gemeente\r\nJansen;Gent\x00\x00\r\n")
    assert [one.header for one in again.columns] == ["Naam", "Gemeente"]


def test_a_row_may_be_longer_than_the_csv_module_takes_for_a_field() -> None:
    long = ["x" * 30_000] * 5
    table = read(csv([("Naam", *"ABCDE"), ("Jansen", *long), ("Peeters", *long)]).encode())
    assert column(table, "Naam") == ["Jansen", "Peeters"]
    assert column(table, "E") == [long[0]] * 2


@pytest.mark.parametrize("field", ["x" * 140_000, '"' + "x\r\n" * 60_000 + '"'])
def test_a_cell_beyond_the_bounds_is_named(field: str) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(f"Naam;Gemeente;Nota\r\nJansen;Gent;\r\nPeeters;{field};\r\n".encode())
    assert (refused.value.code, refused.value.facts["cell"]) == ("file.cell_too_long", "B3")


@pytest.mark.parametrize(
    "data",
    [b"Naam\x01;Gemeente\r\nJan\x00sen;Gent\r\n", b"\x89PNG\r\n\x1a\n\x00\x00", b"a\x00\x81b;c", b"a\x00b\x00c\x00d;"],
)
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(data)
    assert refused.value.code == "file.not_spreadsheet"
