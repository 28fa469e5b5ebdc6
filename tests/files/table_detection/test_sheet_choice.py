from __future__ import annotations

from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from clientimport.errors import FileUnreadable
from clientimport.files.read import ReadRequest
from spreadsheets import CLIENT, HEADER, codes, column, read, stored

CLIENTS = (HEADER, CLIENT)
NOTES = (("Instructies",), ("Vul de kolommen in.",), ("Naam", "De naam van de klant"))


def book(*sheets: tuple[str, Sequence[Sequence[str]], str]) -> bytes:
    made = Workbook()
    for name, rows, state in sheets:
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        for row in rows:
            sheet.append(list(row))
    del made["Sheet"]
    return stored(made)


def test_the_sheet_that_looks_like_clients_is_read_and_said() -> None:
    table = read(book(("Uitleg", NOTES, "visible"), ("Data", CLIENTS, "visible"), ("Lijsten", [("BE",)], "visible")))
    assert (table.sheet, table.rows.tolist()) == ("Data", [2])
    assert [(finding.code, dict(finding.facts)) for finding in table.findings] == [
        ("sheet.chosen", {"sheet": "Data", "known": "6", "others": '"Uitleg", "Lijsten"'})
    ]


def test_a_filled_sheet_is_preferred_to_an_empty_form() -> None:
    assert read(book(("Sjabloon", [(*HEADER, "IBAN")], "visible"), ("Klanten", CLIENTS, "visible"))).sheet == "Klanten"


def test_of_two_alike_the_first_is_read() -> None:
    assert read(book(("2024", CLIENTS, "visible"), ("2025", CLIENTS, "visible"))).sheet == "2024"


def test_an_empty_sheet_beside_it_is_no_choice() -> None:
    table = read(book(("Blad1", CLIENTS, "visible"), ("Blad2", [], "visible")))
    assert (table.sheet, codes(table)) == ("Blad1", [])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets_are_left_out_and_named(state: str) -> None:
    data = book(("Oud", (HEADER, CLIENT, CLIENT), state), ("Nieuw", NOTES, "visible"), ("Leeg", [], state))
    table = read(data)
    assert table.sheet == "Nieuw"
    facts = [dict(finding.facts) for finding in table.findings if finding.code == "sheets.hidden"]
    assert facts == [{"count": "1", "sheets": '"Oud"'}]
    assert read(data, ReadRequest(include_hidden=True)).sheet == "Oud"


@pytest.mark.parametrize("name", ["Oud", "oud "])
def test_the_user_may_name_any_sheet(name: str) -> None:
    table = read(book(("Nieuw", CLIENTS, "visible"), ("Oud", CLIENTS, "hidden")), ReadRequest(sheet=name))
    assert (table.sheet, codes(table)) == ("Oud", [])


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(book(("Klanten", CLIENTS, "visible"), ("Uitleg", NOTES, "visible")), ReadRequest(sheet="Klant"))
    assert refused.value.code == "file.sheet_unknown"
    assert {
        "sheet": "Klant",
        "meant": "Klanten",
        "sheets": '"Klanten", "Uitleg"',
    }.items() <= refused.value.facts.items()


def test_charts_are_no_sheets() -> None:
    made = Workbook()
    made.create_chartsheet("Grafiek", 0)
    for row in CLIENTS:
        made.worksheets[0].append(list(row))
    table = read(stored(made))
    assert (table.sheet, column(table, "Naam")) == ("Sheet", [CLIENT[0]])


OTHER_WORDS = tuple(text.upper() for text in reversed(HEADER))


@pytest.mark.parametrize("headings", [HEADER, OTHER_WORDS, (*HEADER, "IBAN"), HEADER[:-1]])
def test_another_sheet_with_the_same_headings_is_a_warning(headings: Sequence[str]) -> None:
    table = read(book(("2024", CLIENTS, "visible"), ("2025", (headings, CLIENT[: len(headings)]), "visible")))
    (finding,) = table.findings
    read_one, other = ("2025", "2024") if table.sheet == "2025" else ("2024", "2025")
    assert (finding.code, finding.severity.value, finding.row) == ("sheet.not_read", "warning", None)
    assert dict(finding.facts) == {"sheet": read_one, "others": f'"{other}"', "other": other}


@pytest.mark.parametrize(
    "rows",
    [
        (HEADER,),
        (("Naam", "Factuurnummer", "Datum", "Bedrag"), ("Peeters", "2026-1", "1/2/2026", "12,50")),
        (("Land",), ("BE",)),
        ((*HEADER, "clientimport: rij"), (*CLIENT, "2")),
        NOTES,
    ],
)
def test_a_sheet_with_other_headings_or_nothing_under_them_is_none(rows: Sequence[Sequence[str]]) -> None:
    assert "sheet.not_read" not in codes(read(book(("Klanten", CLIENTS, "visible"), ("Ander", rows, "visible"))))


def test_what_the_user_names_or_hides_is_no_oversight() -> None:
    two = book(("2024", CLIENTS, "visible"), ("2025", CLIENTS, "visible"))
    assert codes(read(two, ReadRequest(sheet="2025"))) == []
    assert codes(read(book(("2024", CLIENTS, "hidden"), ("2025", CLIENTS, "visible")))) == ["sheets.hidden"]


def test_sheets_with_other_headings_are_named_apart_from_those_with_the_same() -> None:
    table = read(book(("2024", CLIENTS, "visible"), ("Uitleg", NOTES, "visible"), ("2025", CLIENTS, "visible")))
    told = {finding.code: dict(finding.facts)["others"] for finding in table.findings}
    assert told == {"sheet.chosen": '"Uitleg"', "sheet.not_read": '"2025"'}
