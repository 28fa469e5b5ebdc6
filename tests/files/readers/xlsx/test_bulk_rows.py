"""What is read by one expression is just what the parser reads, whatever stands in a sheet and wherever it is cut."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from itertools import chain
from xml.parsers.expat import ExpatError

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.errors import FileUnreadable
from clientimport.files.readers.cell_grid import GridRow
from clientimport.files.readers.number_format import number_format
from clientimport.files.readers.xlsx.bulk_rows import BulkRows
from clientimport.files.readers.xlsx.shared_strings import SharedStrings, SharedStringsHandler, read_shared_strings
from clientimport.files.readers.xlsx.sheet_parser import SheetHandler
from clientimport.files.readers.xlsx.xml_stream import parse_xml, parse_xml_in_bulk

STRINGS = SharedStrings(pa.array(["Peeters", " ", "", "_x000D_", "Lux & Co", "two\nlines"]))
FORMATS = (number_format(""), number_format("0000000000"), number_format("dd/mm/yyyy"), number_format("0%"))
CELLS = (
    '<c r="{}{}" t="s"><v>{at}</v></c>',
    '<c r="{}{}" s="1" t="s"><v>{at}</v></c>',
    '<c r="{}{}"><v>42</v></c>',
    '<c r="{}{}" s="1"><v>123456749</v></c>',
    '<c r="{}{}" s="2"><v>45000</v></c>',
    '<c r="{}{}" s="3"><v>0.21</v></c>',
    '<c r="{}{}" t="n"><v>8.5073003328E10</v></c>',
    '<c r="{}{}"><v>12345678901234567</v></c>',
    '<c r="{}{}" s="2"/>',
    '<c r="{}{}" t="b"><v>1</v></c>',
    '<c r="{}{}" t="e"><v>#N/A</v></c>',
    '<c r="{}{}" t="str"><v>a &amp; b</v></c>',
    '<c r="{}{}"><f>1+1</f></c>',
    '<c r="{}{}"><f>1+1</f><v>2</v></c>',
    '<c r="{}{}" t="s"><v/></c>',
    '<c r="{}{}"/>',
    '<c r="{}{}" t="inlineStr"><is><t>An &lt;b&gt; t="s"</t></is></c>',
    '<c r="{}{}" t="inlineStr"><is><t/></is></c>',
    '<c r="{}{}" t="inlineStr"><is><t xml:space="preserve"> x_x000D_ </t></is></c>',
    '<c r="{}{}" t="s"><v></v></c>',
    '<c r="{}{}" t="inlineStr"><is><r><t>rich</t></r><rPh><t>spoken</t></rPh></is></c>',
    '<c t="s"><v>{at}</v></c>',
    '<c r="{}{}" t="inlineStr"><v>1</v></c>',
    '<c r="{}{}" t="s"><is><t>1</t></is></c>',
    '<c r="{}{}" t="d"><v>2026-01-02</v></c>',
    '<c r="{}{}" t="str"><v>a&#10;b</v></c>',
    '<c r="{}{}" t="str"><v>é\t\nü</v></c>',
    "<!-- <v>9</v> -->",
    "\n  ",
    '<c r="{}{}" t="str"><v><![CDATA[<c>]]></v></c>',
    '<c s="1" r="{}{}" t="s"><v>{at}</v></c>',
    "<?pi <row ?>",
    '<c r="{}{}" t="str"><f>HYPERLINK("mailto:a@b.be")</f><v>x</v></c>',
    '<c r="{}{}" t="str"><v>&quot;&apos;&gt;</v></c>',
)
ROWS = (
    '<row r="{}">',
    '<row r="{}" spans="1:9">',
    '<row r="{}" hidden="1">',
    '<row r="{}" hidden="0" ht="12">',
    "<row>",
    "<row  r='{}'>",
    '<row r="{}" s="2" customFormat="1">',
)
BETWEEN = (
    "",
    "\n",
    '<row r="{}" spans="1:3" ht="15"/>\n',
    '<row r="{}" hidden="1"/>',
    '<!-- <row r="9"><c r="A9"><v>1</v></c></row> -->',
    '<row r="{}"/>',
)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A sheet of a few rows of all kinds of cells."""
    number, written = 0, []
    for _ in range(draw(st.integers(min_value=0, max_value=6))):
        number += draw(st.integers(min_value=1, max_value=3))
        between = draw(st.sampled_from(BETWEEN)) if draw(st.booleans()) else ""
        if between.startswith("<row"):
            between, number = between.format(number), number + 1
        cells = draw(st.lists(st.sampled_from(CELLS), max_size=5))
        filled = (
            cell.format("ABCDE"[at], number, at=draw(st.integers(min_value=0, max_value=len(STRINGS.texts) - 1)))
            for at, cell in enumerate(cells)
        )
        written.append(f"{between}{draw(st.sampled_from(ROWS)).format(number)}{''.join(filled)}</row>")
    tail = draw(st.sampled_from(["", '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>']))
    head = draw(st.sampled_from(['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', "", "\ufeff"]))
    return f"{head}<worksheet><sheetData>{''.join(written)}</sheetData>{tail}</worksheet>".encode()


class Dripping(BytesIO):
    """A source that gives a few bytes at a time."""

    drop = 11

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or -1, self.drop) if size and size > 0 else self.drop)


def read(source: BytesIO, *, plain: bool) -> tuple[object, ...]:
    """Return everything that was kept of a sheet."""
    handler = SheetHandler(STRINGS, FORMATS, since_1904=False)
    if plain:
        parse_xml_in_bulk(source, handler, BulkRows(handler))
    else:
        parse_xml(source, handler)
    kept = (handler.cell_flags, handler.hidden_rows, handler.hidden_columns, handler.merged, handler.mail_links)
    return list(handler.grid.build()), *kept


@settings(max_examples=150)
@given(sheets())
def test_a_sheet_reads_the_same_by_expression_and_by_parser(content: bytes) -> None:
    thorough = read(BytesIO(content), plain=False)
    assert read(BytesIO(content), plain=True) == thorough
    assert read(Dripping(content), plain=True) == thorough


@settings(max_examples=150)
@given(sheets(), st.integers(min_value=0), st.binary(max_size=3), st.integers(min_value=0, max_value=3))
def test_what_the_parser_can_read_of_damage_reads_the_same(content: bytes, at: int, put: bytes, cut: int) -> None:
    at %= len(content)
    damaged = content[:at] + put + content[at + cut :]
    try:
        thorough = read(BytesIO(damaged), plain=False)
    except (ExpatError, ValueError, LookupError, FileUnreadable):
        return
    assert read(BytesIO(damaged), plain=True) == thorough


TEXTS = ("Peeters", "", " ", "Lux &amp; Co", "a&#10;b", "two\nlines", "_x000D_", "é", "&lt;si&gt;", "a]]b", "tab\tx")
ITEMS = (
    *("<si><t>{}</t></si>", '<si><t xml:space="preserve">{}</t></si>', "<si><r><t>{}</t></r><r><t>!</t></r></si>"),
    *("<si><t>{}</t><rPh><t>spoken</t></rPh></si>", "<si/>", "<si><t/></si>", "<!-- <si><t>no</t></si> -->", "\n"),
)


@settings(max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(ITEMS), st.sampled_from(TEXTS)), max_size=8))
def test_shared_strings_read_the_same_by_expression_and_by_parser(items: list[tuple[str, str]]) -> None:
    content = f"<sst>{''.join(item.format(text) for item, text in items)}</sst>".encode()
    strings = SharedStringsHandler()
    parse_xml(BytesIO(content), strings)
    thorough = strings.build().to_pylist()
    assert read_shared_strings(BytesIO(content)).texts.to_pylist() == thorough
    assert read_shared_strings(Dripping(content)).texts.to_pylist() == thorough


def test_the_rows_of_most_programs_need_no_parser() -> None:
    """Else all of this is true and of no use."""
    handler = SheetHandler(STRINGS, FORMATS, since_1904=False)
    plain = BulkRows(handler)
    for cells in (
        '<c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>7</v></c>',
        '<c r="A2" t="inlineStr"><is><t>x</t></is></c>',
    ):
        number = re.findall("[0-9]+", cells)[0]
        assert plain.add_one(f'<row r="{number}" spans="1:2">{cells}'.encode())
    assert not plain.add_one(b'<row r="3"><c r="A3" t="s"><v>x</v></c>')


@pytest.mark.parametrize("row", ['<row r="{}"/>', '<row r="{}" ht="15"/>\n', '<row r="{}"><c r="A{}" s="1"/></row>'])
def test_empty_rows_between_and_beyond_the_others_need_no_parser(row: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    start = SheetHandler.start

    def counted(self: SheetHandler, name: str, attributes: Mapping[str, str]) -> None:
        opened.append(name)
        start(self, name, attributes)

    monkeypatch.setattr(SheetHandler, "start", counted)
    rows = [f'<row r="{number}"><c r="A{number}" s="1"><v>7</v></c></row>' for number in range(1, 2000, 2)]
    empty = [row.format(number, number) for number in range(2, 2001, 2)]
    between = "".join(chain.from_iterable(zip(rows, empty, strict=True)))
    beyond = "".join(row.format(number, number) for number in range(2001, 4000))
    content = f'<worksheet xmlns="m"><sheetData>{between}{beyond}</sheetData></worksheet>'.encode()
    kept = read(BytesIO(content), plain=True)
    assert len(opened) < 10
    assert kept == read(BytesIO(content), plain=False)


PLAIN_CELLS = (
    '<c r="{}" t="s"><v>{}</v></c>',
    '<c r="{}" s="2" t="s"><v>{}</v></c>',
    '<c r="{}" s="12345" t="s"><v>{}</v></c>',
    '<c r="{}" s="2" t="s"><f>A1</f><v>{}</v></c>',
    '<c r="{}"><v>4{}</v></c>',
    '<c r="{}" s="2"><v>4500{}</v></c>',
    '<c r="{}" s="3"><v>0.{}</v></c>',
    '<c r="{}"><f t="shared" si="0"/><v>4{}</v></c>',
    '<c r="{}" t="str"><v>a &amp; {}</v></c>',
    '<c r="{}" t="str"><v>_x{}_</v></c>',
    '<c r="{}" t="str"><f>A1&amp;"x"</f><v>&lt;{}&gt;_x000D_</v></c>',
    '<c r="{}" t="str"><f>IF(A1,1,"")</f><v></v></c>',
    '<c r="{}" t="inlineStr"><is><t>é{}</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t></t></is></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> {} </t></is></c>',
    '<c r="{}" t="e"><v>#N/A</v></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}" s="1"/>',
    "",
)
COLUMNS = (*"ABXYZ", "AA", "AZ", "BA", "ZZ", "AAA", "XFD")


@st.composite
def plain_sheets(draw: st.DrawFn) -> bytes:
    """Rows as nearly all programs write them."""
    numbers = sorted(draw(st.sets(st.integers(min_value=1, max_value=1_048_576), min_size=1, max_size=8)))
    rows = []
    for number in numbers:
        cells = draw(st.lists(st.tuples(st.sampled_from(PLAIN_CELLS), st.integers(0, 5)), max_size=len(COLUMNS)))
        written = (cell.format(f"{COLUMNS[at]}{number}", text) for at, (cell, text) in enumerate(cells))
        said = draw(st.sampled_from(['spans="1:9" s="2"', 'hidden="false" ht="12.8"', 'hidden="0"']))
        rows.append(f'<row r="{number}" {said}>{"".join(written)}</row>')
    return draw(st.sampled_from(["", "\n", "  "])).join(rows).encode()


@settings(max_examples=150)
@given(plain_sheets())
def test_rows_of_most_programs_are_taken_at_once_and_read_the_same(rows: bytes) -> None:
    handler = SheetHandler(STRINGS, FORMATS, since_1904=False)
    plain = BulkRows(handler)
    parsed = plain.parse(rows)
    assert parsed is not None
    plain.add(parsed)
    thorough = SheetHandler(STRINGS, FORMATS, since_1904=False)
    parse_xml(BytesIO(b"<sheetData>" + rows + b"</sheetData>"), thorough)
    assert list(handler.grid.build()) == list(thorough.grid.build())
    assert handler.cell_flags == thorough.cell_flags


@settings(max_examples=300)
@given(plain_sheets(), st.integers(min_value=0), st.integers(min_value=0, max_value=3), st.binary(max_size=2))
def test_one_changed_byte_is_read_as_the_parser_reads_it_or_left_to_it(
    rows: bytes, at: int, cut: int, put: bytes
) -> None:
    at %= len(rows)
    changed = b"<sheetData>" + rows[:at] + put + rows[at + cut :] + b"</sheetData>"
    try:
        thorough = read(BytesIO(changed), plain=False)
    except (ExpatError, ValueError, LookupError, FileUnreadable):
        return
    assert read(BytesIO(changed), plain=True) == thorough


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><f>1+1</f></c></row>',
        b'<row r="1"><c r="A1"><f>1+1</f><v></v></c></row>',
        b'<row r="1"><c r="A1"><f t="shared" si="0"/></c></row>',
        b'<row r="1"><c r="A1" t="str"><f>HYPERLINK("Mailto:a@b.be")</f><v>x</v></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>a\xef\xbf\xbeb</v></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>a\xe9b</v></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>a&nbsp;b</v></c></row>',
        b'<row r="1" hidden=\'1\'><c r="A1"><v>1</v></c></row>',
        b'<row r="1" hidden="true"><c r="A1"><v>1</v></c></row>',
        b'<row><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c><v>1</v></c></row>',
        b'<row r="1"><c t="s" r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        b'<row r="1"><c r="XFE1"><v>1</v></c></row>',
        b'<row r="1"><c r="a1"><v>1</v></c></row>',
        b'<row r="1"><c r="A"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s" x="y"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="inlineStr"><v>1</v></c></row>',
        b'<row r="1"><c r="A1"><is><t>1</t></is></c></row>',
        b'<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>a&#10;b</v></c></row>',
        b'<row r="1"><c r="A1" t="str"><v>a\x0bb</v></c></row>',
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><rPh><t>b</t></rPh></is></c></row>',
        b'<row r="1"/><row r="2"></row>',
        b"<row ></row>",
    ],
)
def test_what_is_not_plain_is_left_whole(row: bytes) -> None:
    handler = SheetHandler(STRINGS, FORMATS, since_1904=False)
    assert BulkRows(handler).parse(row) is None


@pytest.mark.parametrize("rows", [(2, 1), (1, 1), (1, 1_048_577)])
def test_rows_out_of_order_are_damage(rows: tuple[int, ...]) -> None:
    written = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in rows)
    plain = BulkRows(SheetHandler(STRINGS, FORMATS, since_1904=False))
    parsed = plain.parse(written.encode())
    assert parsed is not None
    with pytest.raises(ValueError, match="out of order"):
        plain.add(parsed)


@pytest.mark.parametrize("plain", [True, False])
def test_a_cell_behind_its_row_changes_nothing_in_it(plain: bool) -> None:
    row = '<row r="1"><c r="A1" t="str"><v>x</v></c></row><c r="A1"><v>2</v></c>'
    rows = read(BytesIO(f"<worksheet><sheetData>{row}</sheetData></worksheet>".encode()), plain=plain)[0]
    assert rows == [GridRow(1, {0: "x"}, 1)]


def test_a_sheet_in_another_encoding_is_left_to_the_parser() -> None:
    """Its bytes may be other letters in UTF-8."""
    cell = '<row r="1"><c r="A1" t="str"><v>Ã©</v></c></row>'
    head = '<?xml version="1.0" encoding="ISO-8859-1"?>'
    content = f"{head}<worksheet><sheetData>{cell}</sheetData></worksheet>".encode("latin-1")
    rows = read(BytesIO(content), plain=True)[0]
    assert rows == read(BytesIO(content), plain=False)[0]
    assert rows[0].cells == {0: "Ã©"}  # type: ignore[index]
