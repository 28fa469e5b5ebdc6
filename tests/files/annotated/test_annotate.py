"""The user's own workbook with our marks: what is theirs stays, and what is ours is found again."""

from __future__ import annotations

import re
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from clientimport.files.annotated.annotate import annotate
from clientimport.files.annotated.cell_marks import MAX_COMMENTS
from clientimport.files.annotated.styles import COLOURS
from clientimport.messages.added_headers import REPAIRS_NAME, SUMMARY_NAME, added_sheets
from clientimport.messages.catalog import message_catalog
from clientimport.model.finding import Finding, Severity
from clientimport.model.report import ColumnUse, Report
from clientimport.schema.data_files import data_folder
from clientimport.schema.fields import LANGUAGES
from command_line import clientimport
from files.written import FORMATS, SHEETJS
from spreadsheets import CLIENT, HEADER

SUMMARY, REPAIRS = (message_catalog("en").phrase(key) for key in (SUMMARY_NAME, REPAIRS_NAME))
PARTNER = ("-p", "banqup-partner", "--language", "en")
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
"""ECMA-376 part 1, 18.3.1.99."""


def finding(
    row: int | None, column: str | None = "B", severity: Severity = Severity.ERROR, value: str = "x"
) -> Finding:
    return Finding("iban.check_digits", severity, row, column, "iban", "Number", value)


def marked(
    data: bytes, *findings: Finding, sheet: str | None = "Klanten", header_row: int = 1, masks: bool = True
) -> bytes:
    columns = tuple(ColumnUse(letter, "", None, certain=False, used=False) for letter in "ABCDEFG")
    report = Report("clients.xlsx", sheet, header_row, 3, findings, (2, 3, 4), columns)
    return annotate(data, report, message_catalog("en"), encoding=None, password=None, masks=masks)


def saved(book: Workbook) -> bytes:
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def full() -> Workbook:
    """Return a workbook with everything that people put into one."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Klanten"
    for row in ((*HEADER, "Omzet"), (*CLIENT, 10), (*CLIENT, 20), (*CLIENT, "=SUM(G2:G3)")):
        sheet.append(row)
    sheet["A2"].font = Font(bold=True, color="FF112233")
    sheet["B2"].border = Border(left=Side("thick", color="FF00FF00"))
    sheet["B2"].number_format = "0000000000"
    sheet["B3"].fill = PatternFill("solid", fgColor="FF00FFFF")
    sheet["C2"].comment = Comment("Ann: nakijken", "Ann")
    sheet.column_dimensions["A"].width = 44
    sheet.freeze_panes = "B2"
    sheet.merge_cells("E3:F3")
    red = PatternFill("solid", bgColor="FFFF0000")
    sheet.conditional_formatting.add("G2:G9", CellIsRule("greaterThan", ["15"], fill=red))  # type: ignore[no-untyped-call]
    choice = DataValidation("list", formula1='"BE,LU"')
    sheet.add_data_validation(choice)
    choice.add("E2:E9")
    other = book.create_sheet("Notities")
    other.append(["blijft", "=1+1"])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=7, min_row=1, max_row=3))
    other.add_chart(chart, "D2")
    return book


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def test_cells_are_coloured_with_a_note_and_the_last_column_says_what_to_do() -> None:
    book = load_workbook(BytesIO(marked(saved(full()), finding(2), finding(3, "C", Severity.WARNING), finding(4, "Z"))))
    assert book.sheetnames == [SUMMARY, "Klanten", "Notities"]
    assert book.worksheets.index(book.active) == 0  # type: ignore[arg-type]
    sheet = book["Klanten"]
    assert sheet["B2"].fill.fgColor.rgb == COLOURS[Severity.ERROR]
    assert sheet["C3"].fill.fgColor.rgb == COLOURS[Severity.WARNING]
    assert sheet["Z4"].fill.fgColor.rgb == COLOURS[Severity.ERROR]
    assert sheet["B2"].comment.text.startswith("ERROR: ")
    assert sheet["H1"].value == "clientimport: what to do"
    assert sheet["H2"].value.startswith("[B] ERROR: ")
    assert sheet["H4"].value.startswith("[Z] ERROR: ")


def test_what_is_the_users_stays_as_it_is() -> None:
    before = saved(full())
    after = marked(before, finding(2), finding(3))
    book = load_workbook(BytesIO(after))
    sheet = book["Klanten"]
    assert sheet["A2"].font.color.rgb == "FF112233"
    assert sheet["B2"].number_format == "0000000000"
    assert sheet["B2"].border.left.style == "thick"
    assert sheet["G4"].value == "=SUM(G2:G3)"
    assert sheet["C2"].comment.text == "Ann: nakijken"
    assert sheet.column_dimensions["A"].width == 44
    assert sheet.freeze_panes == "B2"
    assert [str(one) for one in sheet.merged_cells.ranges] == ["E3:F3"]
    assert len(sheet.conditional_formatting) == 1
    assert len(sheet.data_validations.dataValidation) == 1
    was, now = parts(before), parts(after)
    changed = {name for name in was if now.get(name) != was[name]}
    common = r"xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|\[Content_Types\]\.xml|xl/styles\.xml"
    allowed = re.compile(rf"{common}|xl/worksheets/(_rels/)?sheet1\.xml(\.rels)?|xl/comments.*|xl/drawings/.*vml")
    assert [name for name in changed if not allowed.fullmatch(name)] == []
    assert "xl/charts/chart1.xml" in now


def test_a_package_that_does_not_say_what_its_parts_are_becomes_a_new_workbook() -> None:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in parts(saved(full())).items():
            if name != "[Content_Types].xml":
                archive.writestr(name, content)
    marks = load_workbook(BytesIO(marked(written.getvalue(), finding(2))))
    assert marks["Klanten"]["B2"].comment is not None


def test_the_end_of_a_row_may_hold_a_space() -> None:
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name, content in parts(saved(full())).items():
            archive.writestr(name, content.replace(b"</row>", b"</row >"))
    sheet = load_workbook(BytesIO(marked(written.getvalue(), finding(2))))["Klanten"]
    was = load_workbook(BytesIO(written.getvalue()))["Klanten"]
    assert [[cell.value for cell in row[:7]] for row in sheet.iter_rows(min_row=2)] == [
        [cell.value for cell in row] for row in was.iter_rows(min_row=2)
    ]
    assert sheet["B2"].comment is not None


def test_the_parts_of_the_sheet_stand_in_their_order() -> None:
    xml = parts(marked(saved(full()), finding(2)))["xl/worksheets/sheet1.xml"].decode()
    nested = "sheetData|cols|conditionalFormatting|dataValidations|mergeCells|sheetViews"
    top = re.sub(rf"<({nested})\b.*?</\1>", r"<\1/>", xml, flags=re.DOTALL)
    found = [name for name in re.findall(r"<(\w+)", top.partition("<worksheet")[2]) if name in ORDER]
    assert [ORDER.index(name) for name in found] == sorted(ORDER.index(name) for name in found)
    assert "autoFilter" in found
    assert "legacyDrawing" in found


def test_a_table_keeps_its_own_filter() -> None:
    book = full()
    book["Klanten"].unmerge_cells("E3:F3")
    book["Klanten"].add_table(ExcelTable(displayName="Klanten1", ref="A1:G4"))
    after = load_workbook(BytesIO(marked(saved(book), finding(2))))
    assert after["Klanten"].auto_filter.ref is None
    assert after["Klanten"].tables["Klanten1"].ref == "A1:G4"


def test_the_summary_counts_and_leads_to_every_error_and_the_repairs_have_a_sheet_of_their_own() -> None:
    findings = (finding(2), finding(3), finding(4, "C", Severity.REPAIR), finding(None, None))
    book = load_workbook(BytesIO(marked(saved(full()), *findings)))
    assert book.sheetnames == [SUMMARY, "Klanten", "Notities", REPAIRS]
    assert book[SUMMARY]["A1"].value.startswith(f"{SUMMARY}: 1 of 3 rows is in order · 3 errors · 1 repair")
    assert links(book[SUMMARY]) == {f"'{REPAIRS}'!A1", "'Klanten'!B2", "'Klanten'!B3"}
    assert links(book[REPAIRS]) == {"'Klanten'!C4"}
    assert all(book[name].auto_filter.ref is not None for name in (SUMMARY, REPAIRS))


def links(sheet: Worksheet) -> set[str | None]:
    return {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}


def test_a_repair_is_no_mark_among_the_errors_and_counts_by_kind_on_its_sheet() -> None:
    repairs = [
        Finding("country.name", Severity.REPAIR, row, "E", "country", "Land", "België", "BE") for row in (2, 3, 4)
    ]
    book = load_workbook(BytesIO(marked(saved(full()), finding(2), *repairs)))
    assert all(book["Klanten"][f"E{row}"].fill.fgColor.rgb not in COLOURS.values() for row in (2, 3, 4))
    assert all(book["Klanten"][f"E{row}"].comment is None for row in (2, 3, 4))
    rows = [row for row in book[REPAIRS].iter_rows(values_only=True) if "België" in row]
    assert rows[0][2:5] == (3, "België", "BE")
    assert [row[2:5] for row in rows[1:]] == [(f"E{row}", "België", "BE") for row in (2, 3, 4)]


def test_what_is_frozen_leaves_room_for_the_list() -> None:
    codes = ("iban.check_digits", "iban.length", "email.no_at", "country.unknown", "required.empty", "language.unknown")
    findings = [Finding(code, Severity.ERROR, 2, "B", "iban", "Number", "x") for code in codes]
    sheet = load_workbook(BytesIO(marked(saved(full()), *findings)))[SUMMARY]
    assert int(str(sheet.freeze_panes)[1:]) < 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_are_named_in_the_language(language: str) -> None:
    report = Report("c.xlsx", "Klanten", 1, 3, (finding(2), finding(3, "C", Severity.REPAIR)), (2, 3, 4))
    words = message_catalog(language)
    book = load_workbook(BytesIO(annotate(saved(full()), report, words, encoding=None, password=None, masks=True)))
    assert book.sheetnames == [words.phrase("summary.name"), "Klanten", "Notities", words.phrase("repairs.name")]
    assert all(len(name) <= 31 for name in book.sheetnames)  # Excel's limit
    assert set(book.sheetnames) - {"Klanten", "Notities"} <= added_sheets()


def test_a_row_is_as_high_as_its_text_needs() -> None:
    short, long = finding(2), finding(3, value="a sentence of many words " * 12)
    sheet = load_workbook(BytesIO(marked(saved(full()), short, long)))[SUMMARY]
    heights = {sheet.cell(row, 4).value: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}
    assert heights["B2"] < 45
    assert heights["B3"] > 3 * heights["B2"]


@pytest.mark.parametrize("harm", ["=1+1", "+32475123456", "-5", "@x", "</t><b>&", "\x1b[31m", "x" * 40_000])
def test_no_text_becomes_a_formula_or_breaks_the_file(harm: str) -> None:
    book = load_workbook(BytesIO(marked(saved(full()), finding(2, value=harm))))
    assert {cell.data_type for row in book[SUMMARY].iter_rows() for cell in row if cell.value} == {"s"}


@pytest.fixture
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))


@pytest.mark.usefixtures("_here")
def test_fed_back_it_gives_the_same_findings_and_a_corrected_cell_is_gone(tmp_path: Path) -> None:
    first = clientimport("validate", MESSY, *PARTNER, "--report", "xlsx=checked.xlsx", "--json").json
    again = clientimport("validate", "checked.xlsx", *PARTNER, "--json").json
    keys = ("code", "severity", "cell", "value", "message")
    found = [[tuple(one[key] for key in keys) for one in report["files"][0]["findings"]] for report in (first, again)]
    assert found[0] == found[1]
    book = load_workbook(tmp_path / "checked.xlsx")
    book["Klanten"]["C13"] = "0202.239.951"
    book.save(tmp_path / "corrected.xlsx")
    corrected = clientimport("validate", "corrected.xlsx", *PARTNER, "--json").json
    assert corrected["totals"]["errors"] < first["totals"]["errors"]


@pytest.mark.usefixtures("_here")
def test_annotated_again_our_marks_are_replaced_and_do_not_pile_up(tmp_path: Path) -> None:
    clientimport("validate", MESSY, *PARTNER, "--report", "xlsx=one.xlsx")
    book = load_workbook(tmp_path / "one.xlsx")
    book["Klanten"]["J15"] = "sofie@mertens.be"
    book.save(tmp_path / "two.xlsx")
    assert clientimport("validate", "two.xlsx", *PARTNER, "--report", "xlsx=three.xlsx").exit_code == 1
    after = load_workbook(tmp_path / "three.xlsx")
    assert after.sheetnames == [SUMMARY, *(name for name in book.sheetnames if name != SUMMARY)]
    sheet = after["Klanten"]
    assert sheet["J15"].fill.fgColor.rgb not in COLOURS.values()
    assert sheet["J15"].comment is None
    assert sheet["C13"].comment is not None
    headers = [cell.value for cell in sheet[3] if str(cell.value).startswith("clientimport")]
    assert headers == ["clientimport: what to do"]


@pytest.mark.parametrize("name", [*FORMATS, "shared.xlsb"])
def test_a_file_of_any_other_format_becomes_a_new_workbook_with_every_row_at_its_number(name: str) -> None:
    rows = [("Titel",), ("",), HEADER, CLIENT, ("=1+1", "+32475", *CLIENT[2:])]
    data = FORMATS[name](rows) if name in FORMATS else (SHEETJS / name).read_bytes()
    sheet = None if name not in ("xls", "ods", "xlsx", "shared.xlsb") else {"xlsx": "Sheet"}.get(name, "Klanten")
    book = load_workbook(BytesIO(marked(data, finding(4), sheet=sheet, header_row=3)))
    ours = book.worksheets[1]
    assert ours["B4"].fill.fgColor.rgb == COLOURS[Severity.ERROR]
    if name in FORMATS:
        assert [cell.value for cell in ours[3]][:6] == list(HEADER)
        assert ours["A5"].data_type == "s" or name == "xlsx"


def test_national_register_numbers_are_masked_in_what_we_write() -> None:
    number = "85.07.30-033.28"
    asked = Finding(
        "national_register_number.check_digits", Severity.ERROR, 2, "B", "national_register_number", "NN", number
    )
    for masks in (True, False):
        text = b"".join(parts(marked(saved(full()), asked, masks=masks)).values()).decode("utf-8", "replace")
        assert (number in text) is not masks


def test_beyond_what_excel_bears_the_notes_stop_and_it_is_said() -> None:
    many = (finding(row, severity=Severity.WARNING) for row in range(2, MAX_COMMENTS + 12))
    made = parts(marked(saved(full()), finding(2, "A"), *many))
    comments = next(content for name, content in made.items() if name.startswith("xl/comments"))
    assert comments.count(b"<comment ref") == MAX_COMMENTS + 1  # with the one that was there
    assert b"11 cells have a colour but no note" in made["xl/worksheets/clientimport1.xml"]


@pytest.mark.usefixtures("_here")
def test_neither_the_users_file_nor_another_one_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "own.xlsx").write_bytes(MESSY.read_bytes())
    same = clientimport("validate", "own.xlsx", *PARTNER, "--report", "xlsx=own.xlsx", "--json")
    assert (same.exit_code, same.json["error"]["code"]) == (2, "usage.same_file")
    other = clientimport("validate", MESSY, *PARTNER, "--report", "xlsx=own.xlsx", "--json")
    assert (other.exit_code, other.json["error"]["code"]) == (2, "report.not_ours")
    assert (tmp_path / "own.xlsx").read_bytes() == MESSY.read_bytes()
    for _ in range(2):  # but what we wrote ourselves may be written anew
        assert clientimport("validate", MESSY, *PARTNER, "--report", "xlsx=ours.xlsx").exit_code == 1
    two = clientimport("validate", MESSY, "own.xlsx", *PARTNER, "--report", "xlsx=two.xlsx", "--json")
    assert (two.exit_code, two.json["error"]["code"]) == (2, "report.one_file")


@pytest.mark.usefixtures("_here")
def test_a_name_that_excel_would_not_open_is_refused(tmp_path: Path) -> None:
    answer = clientimport("validate", MESSY, *PARTNER, "--report", "xlsx=checked.xls", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "report.ending")
    with ZipFile(MESSY) as source, ZipFile(tmp_path / "macros.xlsm", "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
            target.writestr(name, content if name == "[Content_Types].xml" else source.read(name))
    for file, exit_code in (("checked.xlsx", 2), ("checked.xlsm", 1)):
        assert clientimport("validate", "macros.xlsm", *PARTNER, "--report", f"xlsx={file}").exit_code == exit_code


@pytest.mark.usefixtures("_here")
def test_a_copy_of_a_workbook_with_a_password_says_that_it_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    monkeypatch.setenv("SECRET", "geheim")
    with MESSY.open("rb") as plain, (tmp_path / "locked.xlsx").open("wb") as locked:
        OOXMLFile(plain).encrypt("geheim", locked)
    asked = ("validate", "locked.xlsx", *PARTNER, "--password-env", "SECRET", "--report", "xlsx=checked.xlsx")
    assert "has no password" in clientimport(*asked).err
    assert load_workbook(tmp_path / "checked.xlsx").sheetnames[0] == SUMMARY


@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_writes_such_files_too(tmp_path: Path) -> None:
    (tmp_path / "full.xlsx").write_bytes(saved(full()))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to"]
    subprocess.run([*command, "ods", "full.xlsx"], cwd=tmp_path, check=True, capture_output=True)
    subprocess.run([*command, "xlsx:Calc MS Excel 2007 XML", "full.ods"], cwd=tmp_path, check=True, capture_output=True)
    written = (tmp_path / "full.xlsx").read_bytes()
    (tmp_path / "checked.xlsx").write_bytes(marked(written, finding(2), finding(3, "C", Severity.WARNING)))
    subprocess.run([*command, "csv", "checked.xlsx"], cwd=tmp_path, check=True, capture_output=True)
    assert "'Klanten'" not in (tmp_path / "checked.csv").read_text(encoding="cp1252")
    assert (tmp_path / "checked.csv").read_text(encoding="cp1252").startswith(f"{SUMMARY}: ")
    sheet = load_workbook(tmp_path / "checked.xlsx")["Klanten"]
    assert sheet["B2"].fill.fgColor.rgb == COLOURS[Severity.ERROR]
    assert sheet["C3"].fill.fgColor.rgb == COLOURS[Severity.WARNING]
