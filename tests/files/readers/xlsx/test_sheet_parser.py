"""A sheet's cells are read whatever is written around them, and by namespace, whatever its prefix."""

from __future__ import annotations

import pytest

from clientimport.errors import FileUnreadable
from files.raw_workbook import MAIN, OFFICE, ROWS, parts, relations, rows_xml, sheet_xml, workbook, zipped
from spreadsheets import CLIENT, HEADER, column, read

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
ANCHOR = "<{0}:col>4</{0}:col><{0}:row>0</{0}:row><{0}:c><{0}:v>9</{0}:v></{0}:c>"
NAME = ROWS[1][0]


def names(data: bytes) -> list[str | None]:
    return column(read(data), "Naam")


@pytest.mark.parametrize(
    "cols",
    [
        '<cols><col min="8" max="16384" width="9"/><col min="1" max="7" width="20"/></cols>',
        '<cols><col min="1" max="3"/><col min="2" max="5"/></cols>',
        '<cols><col min="-1" max="x" hidden="1"/><col/></cols>',
    ],
)
def test_how_columns_are_described_is_no_reason_to_refuse(cols: str) -> None:
    assert names(workbook(sheet_xml(cols))) == [NAME]


def test_hidden_columns_are_known_in_whatever_order_they_are_described() -> None:
    cols = '<cols><col min="3" max="99999" hidden="1"/><col min="2" max="2" hidden="1"/><col min="1" max="1"/></cols>'
    assert [one.header for one in read(workbook(sheet_xml(cols))).columns] == ["Naam"]


@pytest.mark.parametrize("ref", ["J:K", "2:3", "$J$1:$K$2", "#REF!", "", "A1:ZZZ9", "B"])
def test_merged_ranges_of_every_form_are_no_reason_to_refuse(ref: str) -> None:
    assert names(workbook(sheet_xml(after=f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'))) == [NAME]


@pytest.mark.parametrize("style", ["", "-1", "x", "99999", "9" * 30])
def test_a_style_that_is_none_is_the_usual_one(style: str) -> None:
    made = parts(sheet_xml(rows=rows_xml(cell=f' s="{style}"').replace("Peeters", "<!-- -->Peeters")))
    made["xl/styles.xml"] = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    assert names(zipped(made)) == [NAME]
    number = (
        f'<row r="1"><c r="A1" t="str"><v>Naam</v></c></row><row r="2"><c r="A2" s="{style}"><v>45000</v></c></row>'
    )
    made["xl/worksheets/sheet1.xml"] = sheet_xml(rows=f"<sheetData>{number}</sheetData>")
    assert names(zipped(made)) == ["45000"]


def test_elements_of_another_namespace_are_something_else_whatever_their_prefix() -> None:
    for root, unprefixed in (("x:", ""), ("x:", f' xmlns="{DRAWING}"')):
        spaces = f'xmlns:x="{MAIN}" xmlns:xdr="{DRAWING}"{unprefixed}'
        inside = "<col>4</col><row>0</row>" if unprefixed else ANCHOR.format("xdr")
        sheet = f"<x:worksheet {spaces}>{rows_xml(prefix=root)}<x:controls>{inside}</x:controls></x:worksheet>"
        assert names(workbook(sheet)) == [NAME]


def test_a_namespace_that_is_declared_further_down_counts_from_there() -> None:
    aside = f'<controls><a xmlns="{DRAWING}"><row r="1"><c r="A1" t="str"><v>no</v></c></row></a></controls>'
    assert names(workbook(sheet_xml(aside))) == [NAME]
    assert names(workbook(sheet_xml(after=aside))) == [NAME]
    two = f'<x:worksheet xmlns:x="{MAIN}" xmlns:y="{MAIN}">{rows_xml(prefix="y:")}</x:worksheet>'
    assert names(workbook(two)) == [NAME]


def test_a_row_that_says_of_its_own_what_names_mean_is_no_row() -> None:
    other = f'<row r="2" xmlns="{DRAWING}"><c r="A2" t="inlineStr"><is><t>no</t></is></c></row>'
    rows = rows_xml(ROWS[:1]).replace("</sheetData>", f"{other}</sheetData>")
    assert names(workbook(sheet_xml(rows=rows.replace("<row ", "<row  ")))) == []
    assert names(workbook(sheet_xml(rows=rows))) == []


@pytest.mark.parametrize("prefix", ["r", "d3p1", "rel"])
@pytest.mark.parametrize("space", [OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"])
def test_a_mail_link_is_one_whatever_its_prefix(prefix: str, space: str) -> None:
    link = f'<hyperlinks><hyperlink ref="B2" {prefix}:id="rId5" id="rId6"/></hyperlinks>'
    rows = rows_xml((ROWS[0], (NAME, "mail ons")))
    sheet = f'<worksheet xmlns="{MAIN}" xmlns:{prefix}="{space}">{rows}{link}</worksheet>'
    made = parts(sheet)
    made["xl/worksheets/_rels/sheet1.xml.rels"] = relations(
        ("rId5", "hyperlink", "mailto:an@peeters.example"), ("rId6", "hyperlink", "mailto:other@peeters.example")
    )
    mail = next(one for one in read(zipped(made)).columns if one.header == "E-mail")
    assert list(mail.mail_links.values()) == ["an@peeters.example"]


@pytest.mark.parametrize("index", ["-1", "2", "9999999", "99999999999999999999", "1.5", "1_0", "x"])
@pytest.mark.parametrize("opening", ['<row r="{}">', '<row  r="{}">'])
def test_a_shared_text_that_is_not_there_is_named_by_its_cell(index: str, opening: str) -> None:
    made = parts()
    made["xl/sharedStrings.xml"] = "<sst><si><t>Naam</t></si><si><t>Peeters</t></si></sst>"
    cells = (f'{opening.format(at)}<c r="A{at}" t="s"><v>{text}</v></c></row>' for at, text in ((1, "0"), (2, index)))
    made["xl/worksheets/sheet1.xml"] = sheet_xml(rows=f"<sheetData>{''.join(cells)}</sheetData>")
    with pytest.raises(FileUnreadable) as refused:
        read(zipped(made))
    facts = refused.value.facts
    assert (refused.value.code, facts["sheet"], facts["cell"]) == ("file.damaged_cell", "Klanten", "A2")


@pytest.mark.parametrize("number", ["-1", "0", "", "9" * 30, "x", "1048577"])
def test_a_row_that_cannot_be_is_damage(number: str) -> None:
    with pytest.raises(FileUnreadable, match=r"file\.damaged"):
        read(workbook(sheet_xml(rows=rows_xml().replace('<row r="2"', f'<row r="{number}"'))))


@pytest.mark.parametrize("reference", ["XFE2", "A" * 5000, "-A2", "Ä2"])
def test_a_column_that_cannot_be_is_damage(reference: str) -> None:
    with pytest.raises(FileUnreadable, match=r"file\.damaged"):
        read(workbook(sheet_xml(rows=rows_xml().replace('<c r="A2"', f'<c r="{reference}"'))))


def test_a_sheet_of_which_all_rows_are_hidden_says_so() -> None:
    rows = rows_xml((HEADER[:2], CLIENT[:2])).replace("<row ", '<row hidden="1" ')
    with pytest.raises(FileUnreadable) as refused:
        read(workbook(sheet_xml(rows=rows)))
    facts = refused.value.facts
    assert (refused.value.code, facts["sheet"], facts["count"]) == ("file.rows_hidden", "Klanten", "2")


def test_a_sheet_of_which_all_columns_are_hidden_says_so() -> None:
    with pytest.raises(FileUnreadable, match=r"file\.rows_hidden"):
        read(workbook(sheet_xml('<cols><col min="1" max="16384" hidden="1"/></cols>')))
