"""Workbooks whose XML has other prefixes, quotation marks or encodings than Excel writes: all can be opened, marked."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from clientimport.files.annotated.canonical_xml import MAIN, OFFICE, canonical_xml
from clientimport.files.annotated.styles import COLOURS
from clientimport.model.finding import Severity
from files.annotated.test_annotate import SUMMARY, finding, full, marked, parts, saved

Rewrite = Callable[[str, str], str]

_TAG = re.compile(r"<(/?)([A-Za-z]\w*)(?=[\s/>])")
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NEWER = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"


def _of_workbook(name: str) -> bool:
    return name.startswith("xl/") and "/_rels/" not in name and name.endswith(".xml") and "theme" not in name


def _with_prefix(prefix: str, xml: str) -> str:
    """Return a part with a prefix before every tag that had none, as lxml and ElementTree write it."""
    return _TAG.sub(rf"<\1{prefix}:\2", xml).replace(" xmlns=", f" xmlns:{prefix}=")


def main_prefixed(name: str, xml: str) -> str:
    return _with_prefix("x", xml) if _of_workbook(name) and "drawing" not in name and "chart" not in name else xml


def all_prefixed(name: str, xml: str) -> str:
    if "drawing" in name or "chart" in name or "theme" in name or name.startswith("docProps"):
        return xml
    xml = _with_prefix("ns0", xml)
    return xml.replace("xmlns:r=", "xmlns:ns1=").replace(" r:id=", " ns1:id=")


def both(name: str, xml: str) -> str:
    """The default, and other prefixes that must stay declared: a list names one of them."""
    if name != "xl/worksheets/sheet1.xml":
        return xml
    more = f'xmlns:mc="{_COMPATIBILITY}" mc:Ignorable="x14ac" xmlns:x14ac="{_NEWER}" xmlns:x="{MAIN}" '
    xml = xml.replace("<worksheet ", f"<worksheet {more}", 1)
    xml = xml.replace("<row ", '<row x14ac:dyDescent="0.25" ', 1)
    return xml.replace("<sheetData>", "<x:sheetData>").replace("</sheetData>", "</x:sheetData>")


def quoted_otherwise(name: str, xml: str) -> str:
    return re.sub(r'="([^"\']*)"', r"='\1'", xml) if _of_workbook(name) else xml


def declared_where_used(name: str, xml: str) -> str:
    """As .NET's writer does: the prefix is declared at every element that uses it."""
    if name != "xl/workbook.xml":
        return xml
    xml = re.sub(r' xmlns:r="[^"]*"', "", xml)
    xml = re.sub(r' r:id="(\w+)"', rf' d3p1:id="\1" xmlns:d3p1="{OFFICE}"', xml)
    return re.sub(r"<sheet ([^>]*?)\s*/>", r"<sheet \1></sheet>", xml)


def strict(_name: str, xml: str) -> str:
    """ISO/IEC 29500 strict: what Excel saves as "Strict Open XML"."""
    xml = re.sub(r"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006", _purl, xml)
    return xml.replace("<workbook ", '<workbook conformance="strict" ', 1)


def _purl(found: re.Match[str]) -> str:
    return f"http://purl.oclc.org/ooxml/{found[1]}"


def as_it_was(_name: str, xml: str) -> str:
    return xml


VARIANTS: tuple[Rewrite, ...] = (
    as_it_was,
    main_prefixed,
    all_prefixed,
    both,
    quoted_otherwise,
    declared_where_used,
    strict,
)


def rewritten(data: bytes, rewrite: Rewrite, encoding: str = "utf-8") -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, content in parts(data).items():
            xml = rewrite(name, content.decode()) if name.endswith((".xml", ".rels", ".vml")) else None
            sheet = name == "xl/worksheets/sheet1.xml"
            if xml is None:
                archive.writestr(name, content)
            elif sheet and encoding != "utf-8":
                archive.writestr(name, f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(encoding))
            else:
                archive.writestr(name, xml)
    return made.getvalue()


def accented() -> bytes:
    book = full()
    book["Klanten"]["A2"] = "Café Léonie & zonen"
    return saved(book)


def require_marked(data: bytes) -> None:
    """Assert that our marks are there, and that what is the user's is still theirs."""
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == [SUMMARY, "Klanten", "Notities"]
    sheet = book["Klanten"]
    assert sheet["B2"].fill.fgColor.rgb == COLOURS[Severity.ERROR]
    assert sheet["B2"].number_format == "0000000000"
    assert sheet["B2"].border.left.style == "thick"
    assert sheet["B2"].comment.text.startswith("ERROR: ")
    assert sheet["A2"].value == "Café Léonie & zonen"
    assert sheet["A2"].font.bold
    assert sheet["G4"].value == "=SUM(G2:G3)"
    assert sheet["H1"].value == "clientimport: what to do"
    assert sheet["H2"].value.startswith("[B] ERROR: ")
    assert [str(one) for one in sheet.merged_cells.ranges] == ["E3:F3"]
    assert book["Notities"]["A1"].value == "blijft"


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_workbook_is_marked_whatever_prefixes_it_has(variant: Rewrite) -> None:
    require_marked(marked(rewritten(accented(), variant), finding(2), finding(3, "C", Severity.WARNING)))


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_a_workbook_is_marked_in_whichever_encoding_it_is(encoding: str) -> None:
    require_marked(marked(rewritten(accented(), as_it_was, encoding), finding(2)))


@pytest.mark.parametrize("variant", VARIANTS)
def test_marked_twice_the_marks_are_replaced(variant: Rewrite) -> None:
    once = marked(rewritten(accented(), variant), finding(2))
    again = rewritten(once, main_prefixed)
    twice = load_workbook(BytesIO(marked(again, finding(3, "C"))))
    assert twice.sheetnames == [SUMMARY, "Klanten", "Notities"]
    assert twice["Klanten"]["B2"].comment is None
    assert twice["Klanten"]["C3"].comment is not None


def test_prefixes_that_a_list_names_stay_declared() -> None:
    xml = parts(marked(rewritten(accented(), both), finding(2)))["xl/worksheets/sheet1.xml"].decode()
    root = xml.partition("<worksheet")[2].partition(">")[0]
    assert f'xmlns:x14ac="{_NEWER}"' in root
    assert 'mc:Ignorable="x14ac"' in root
    assert 'x14ac:dyDescent="0.25"' in xml


def test_nothing_strict_is_left() -> None:
    for name, content in parts(marked(rewritten(accented(), strict), finding(2))).items():
        assert b"purl.oclc.org/ooxml" not in content, name


def test_what_is_written_as_we_write_it_stays_letter_for_letter() -> None:
    for name, content in parts(saved(full())).items():
        if name.endswith(".xml"):
            assert canonical_xml(content) == content.decode()


def test_a_prefix_of_ours_that_means_something_else_gives_a_new_workbook() -> None:
    def taken(name: str, xml: str) -> str:
        return xml.replace("<worksheet ", '<worksheet xmlns:r="urn:other" ', 1) if "sheet1" in name else xml

    book = load_workbook(BytesIO(marked(rewritten(accented(), taken), finding(2))))
    assert book.sheetnames == [SUMMARY, "Klanten"]
    assert book["Klanten"]["B2"].comment is not None


@pytest.mark.libreoffice
def test_libreoffice_opens_them_all(tmp_path: Path) -> None:
    for variant in VARIANTS:
        data = marked(rewritten(accented(), variant), finding(2), finding(3, "C", Severity.WARNING))
        (tmp_path / f"{variant.__name__}.xlsx").write_bytes(data)
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    names = [f"{variant.__name__}.xlsx" for variant in VARIANTS]
    subprocess.run([*command, "ods", *names], cwd=tmp_path, check=True, capture_output=True)
    again = [f"{variant.__name__}.ods" for variant in VARIANTS]
    to_xlsx = [*command, "xlsx:Calc MS Excel 2007 XML", "--outdir", "seen", *again]
    subprocess.run(to_xlsx, cwd=tmp_path, check=True, capture_output=True)
    for variant in VARIANTS:
        book = load_workbook(tmp_path / "seen" / f"{variant.__name__}.xlsx")
        assert book.sheetnames == [SUMMARY, "Klanten", "Notities"], variant.__name__
        sheet = book["Klanten"]
        assert sheet["A2"].value == "Café Léonie & zonen"
        assert sheet["B2"].fill.fgColor.rgb == COLOURS[Severity.ERROR]
        assert sheet["H2"].value.startswith("[B] ERROR: ")


@pytest.mark.libreoffice
def test_our_column_does_not_run_into_the_row_below_in_libreoffice(tmp_path: Path) -> None:
    several = [finding(2, letter, value="x" * 60) for letter in "ABCDE"]
    (tmp_path / "marked.xlsx").write_bytes(marked(accented(), *several))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run([*command, "fods", "marked.xlsx"], cwd=tmp_path, check=True, capture_output=True)
    text = (tmp_path / "marked.fods").read_text(encoding="utf-8")
    sheet = text.partition('table:name="Klanten"')[2].partition("</table:table>")[0]
    looks = re.findall(r'<table:table-row table:style-name="(\w+)"', sheet)
    height = re.search(rf'style:name="{looks[1]}".*?row-height="([\d.]+)in"', text, re.DOTALL)
    lines = load_workbook(tmp_path / "marked.xlsx")["Klanten"]["H2"].value.count("\n") + 1
    assert height is not None
    assert float(height[1]) * 72 >= 5 * 12 <= lines * 12
