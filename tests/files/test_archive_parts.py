"""The parts of a workbook are found as Excel and LibreOffice find them, however their names are written."""

from __future__ import annotations

import pytest

from clientimport.errors import FileUnreadable
from files.raw_workbook import BOOK, ROWS, parts, relations, sheet_xml, zipped
from spreadsheets import column, read

SHARED = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'


def names(data: bytes) -> list[str | None]:
    return column(read(data), "Naam")


def test_backslashes_in_the_names_of_parts_are_slashes() -> None:
    assert names(zipped({name.replace("/", "\\"): xml for name, xml in parts().items()})) == [ROWS[1][0]]


def test_a_part_in_other_letters_is_the_same_part() -> None:
    assert names(zipped({name.replace("worksheets", "WorkSheets"): xml for name, xml in parts().items()})) == [
        ROWS[1][0]
    ]


def test_parts_may_lie_at_the_root() -> None:
    data = zipped(
        {
            "_rels/.rels": relations(("rId1", "officeDocument", "workbook.xml")),
            "workbook.xml": BOOK,
            "_rels/workbook.xml.rels": relations(("rId1", "worksheet", "sheet1.xml")),
            "sheet1.xml": sheet_xml(),
        }
    )
    assert names(data) == [ROWS[1][0]]


def test_a_target_may_be_absolute_backslashed_or_escaped() -> None:
    for target in ("/xl/worksheets/sheet 1.xml", "worksheets\\sheet 1.xml", "worksheets/sheet%201.xml"):
        made = parts()
        made["xl/worksheets/sheet 1.xml"] = made.pop("xl/worksheets/sheet1.xml")
        made["xl/_rels/workbook.xml.rels"] = relations(("rId1", "worksheet", target))
        assert names(zipped(made)) == [ROWS[1][0]], target


def test_a_workbook_without_the_first_relations_is_looked_for_by_name() -> None:
    made = parts()
    del made["_rels/.rels"]
    assert names(zipped(made)) == [ROWS[1][0]]


def test_shared_texts_that_are_related_but_absent_matter_to_no_cell_that_has_its_own() -> None:
    made = parts()
    made["xl/_rels/workbook.xml.rels"] = relations(
        ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml")
    )
    assert names(zipped(made)) == [ROWS[1][0]]


def test_shared_texts_that_no_relation_names_are_found_beside_the_workbook() -> None:
    made = parts(sheet_xml(rows=f"<sheetData>{SHARED}</sheetData>"))
    made["xl/sharedStrings.xml"] = "<sst><si><t>Naam</t></si><si><t>Peeters</t></si></sst>"
    assert names(zipped(made)) == ["Peeters"]


def test_a_cell_whose_shared_text_is_absent_is_never_empty_without_a_word() -> None:
    with pytest.raises(FileUnreadable) as refused:
        read(zipped(parts(sheet_xml(rows=f"<sheetData>{SHARED}</sheetData>"))))
    assert (refused.value.code, refused.value.facts["cell"]) == ("file.damaged_cell", "A1")


def test_an_entry_without_a_sheet_behind_it_is_no_sheet() -> None:
    made = parts()
    macro = '<sheet name="Module1" sheetId="2" state="veryHidden" r:id=""/></sheets>'
    made["xl/workbook.xml"] = BOOK.replace("</sheets>", macro)
    table = read(zipped(made))
    assert (table.sheet, list(table.findings)) == ("Klanten", [])
