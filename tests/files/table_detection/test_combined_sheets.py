from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from clientimport.files.read import ReadRequest
from command_line import clientimport
from spreadsheets import read, stored

HEADER = ("Naam", "Land", "E-mail", "Voornaam", "Familienaam", "Taal", "Ondernemingsnummer")
PEETERS = ("Peeters BV", "BE", "an@peeters.be", "An", "Peeters", "nl-BE", "0403019261")
CLAES = ("Claes BV", "BE", "jo@claes.be", "Jo", "Claes", "nl-BE", "0419618535")
WRONG = ("Dubois SRL", "BE", "luc@dubois.be", "Luc", "Dubois", "fr-BE", "0419618536")
ALL = ReadRequest(sheet="all")
PARTNER = ("-p", "banqup-partner")


def book(**sheets: Sequence[Sequence[str]]) -> bytes:
    made = Workbook()
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    del made["Sheet"]
    return stored(made)


def test_sheets_with_the_same_headings_are_one_list_and_others_are_left_out() -> None:
    notes = [("Uitleg",), ("Naam", "De naam van de klant")]
    table = read(book(Januari=[HEADER, PEETERS], Uitleg=notes, Februari=[HEADER, CLAES, WRONG]), ALL)
    assert table.sheet == "Januari, Februari"
    assert table.columns[0].values.to_pylist() == ["Peeters BV", "Claes BV", "Dubois SRL"]
    assert table.rows.tolist() == [2, 3, 4]
    (combined,) = [finding for finding in table.findings if finding.code == "sheets.combined"]
    assert combined.facts["ranges"] == "“Januari” 2-2 = 2-2, “Februari” 2-3 = 3-4"


def test_columns_are_put_together_by_their_headers() -> None:
    turned = [tuple(reversed(HEADER)), tuple(reversed(CLAES))]
    table = read(book(A=[HEADER, PEETERS], B=[(*turned[0], "IBAN"), (*turned[1], "BE71096123456769")]), ALL)
    assert [column.header for column in table.columns] == [*HEADER, "IBAN"]
    assert [column.values.to_pylist()[1] for column in table.columns] == [*CLAES, "BE71096123456769"]
    assert table.columns[7].values.to_pylist() == [None, "BE71096123456769"]


def test_a_sheet_that_is_called_so_is_meant_by_its_name() -> None:
    table = read(book(Januari=[HEADER, PEETERS], all=[HEADER, CLAES]), ALL)
    assert (table.sheet, table.parts) == ("all", ())


@pytest.mark.parametrize("content", [book(Januari=[HEADER, PEETERS]), ";".join(HEADER).encode() + b"\nA;;;;;;\n"])
def test_of_one_sheet_all_is_that_sheet(content: bytes) -> None:
    table = read(content, ALL)
    assert (len(table.rows), table.parts) == (1, ())


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    turned = [tuple(reversed(HEADER)), tuple(reversed(CLAES)), tuple(reversed(WRONG)), tuple(reversed(PEETERS))]
    Path("clients.xlsx").write_bytes(book(Januari=[HEADER, PEETERS], Februari=turned))
    return "clients.xlsx"


def test_a_finding_names_the_sheet_with_its_own_row_and_column(workbook: str) -> None:
    answer = clientimport("validate", workbook, *PARTNER, "--sheet", "all", "--json").json
    (file,) = answer["files"]
    assert (file["sheet"], file["rows"]) == ("Januari, Februari", 4)
    (wrong,) = [one for one in file["findings"] if one["code"] == "company_number.check_digits"]
    assert (wrong["row"], wrong["sheet"], wrong["sheet_row"], wrong["cell"]) == (4, "Februari", 3, "A3")
    text = clientimport("validate", workbook, *PARTNER, "--sheet", "all", "--language", "en").out
    assert "(“Februari”, row 3)" in " ".join(text.split())


def test_a_client_on_two_sheets_is_one_and_is_created_once(workbook: str) -> None:
    answer = clientimport(
        "push", workbook, "-c", "sandbox", *PARTNER, "--sheet", "all", "--accept-proposals", "--yes", "--json"
    ).json
    assert answer["counts"]["created"] == 2
    listed = clientimport("clients", "list", "-c", "sandbox", *PARTNER, "--json").json["clients"]
    assert sorted(one["fields"]["company_number"] for one in listed) == ["0403019261", "0419618535"]


def test_each_sheet_of_one_list_is_marked_and_the_summary_leads_to_it(workbook: str) -> None:
    marked = ("--sheet", "all", "--report", "xlsx=marked.xlsx", "--language", "en")
    assert clientimport("validate", workbook, *PARTNER, *marked).exit_code == 1
    for _ in range(2):  # the second time the marks of before are replaced
        book_of_marks = load_workbook("marked.xlsx")
        first, second = book_of_marks["Januari"], book_of_marks["Februari"]
        assert second["A3"].fill.fgColor.rgb != first["A3"].fill.fgColor.rgb
        assert second["A3"].comment is not None
        assert "check" in second["A3"].comment.text or "digits" in second["A3"].comment.text
        assert not [cell for row in first.iter_rows() for cell in row if "ERROR" in str(cell.comment or "")]
        headers = [[cell.value for cell in sheet[1]] for sheet in (first, second)]
        assert [len([header for header in row if header]) for row in headers] == [len(HEADER) + 1] * 2
        links = [cell.hyperlink.location for row in book_of_marks.worksheets[0] for cell in row if cell.hyperlink]
        assert "'Februari'!A3" in [str(link) for link in links]
        clientimport("validate", "marked.xlsx", *PARTNER, *marked)


def test_a_folder_is_not_marked_and_the_report_is_named_as_the_reason(folder: Path) -> None:
    answer = clientimport("validate", folder, *PARTNER, "--sheet", "all", "--report", "xlsx=m.xlsx", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "report.one_file")


def test_without_all_a_finding_has_no_sheet_of_its_own(workbook: str) -> None:
    answer = clientimport("validate", workbook, *PARTNER, "--sheet", "Februari", "--json").json
    assert not [one for one in answer["files"][0]["findings"] if "sheet" in one]


@pytest.fixture
def folder(workbook: str) -> Path:
    """Return a folder with three files of one list, and others that are none."""
    made = Path("portfolio")
    made.mkdir()
    (made / "a.xlsx").write_bytes(book(Januari=[HEADER, PEETERS]))
    (made / "b.csv").write_text("\n".join(";".join(row) for row in (HEADER, CLAES, PEETERS)), encoding="utf-8")
    (made / "c.xlsx").write_bytes(Path(workbook).read_bytes())
    for name in ("notes.pdf", ".hidden.csv", "~$a.xlsx"):
        (made / name).write_bytes(b"x")
    return made


def test_a_folder_is_one_push_and_a_client_met_twice_is_created_once(folder: Path) -> None:
    options = ("-c", "sandbox", *PARTNER, "--sheet", "all", "--accept-proposals", "--json")
    planned = clientimport("plan", folder, *options[:-2], "-o", "plan.json", "--json").json
    assert len(planned["groups"]["new"]) == 2
    answer = clientimport("push", folder, *options, "--yes").json
    assert answer["counts"]["created"] == 2
    again = clientimport("push", folder, *options, "--yes").json
    assert again["counts"]["created"] == 0


def test_a_finding_in_a_folder_names_the_file_and_sheet(folder: Path) -> None:
    (file,) = clientimport("validate", folder, *PARTNER, "--sheet", "all", "--json").json["files"]
    (wrong,) = [one for one in file["findings"] if one["code"] == "company_number.check_digits"]
    assert (wrong["sheet"], wrong["cell"]) == ("c.xlsx, Februari", "A3")


def test_a_plan_of_a_folder_is_not_pushed_when_a_file_in_it_has_changed(folder: Path) -> None:
    on = ("-c", "sandbox", *PARTNER)
    clientimport("plan", folder, *on, "-o", "plan.json")
    (folder / "b.csv").write_text("\n".join(";".join(row) for row in (HEADER, CLAES)), encoding="utf-8")
    answer = clientimport("push", "plan.json", *on, "--yes", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "plan.source_changed")


def test_files_with_other_headings_are_no_single_list(folder: Path) -> None:
    (folder / "d.csv").write_text("Nr;IBAN\n1;BE71096123456769\n", encoding="utf-8")
    answer = clientimport("validate", folder, *PARTNER, "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "folder.other_headers")
    assert "d.csv" in answer.json["error"]["message"]


def test_no_file_of_a_folder_that_is_read_is_written_over(folder: Path) -> None:
    before = (folder / "a.xlsx").read_bytes()
    answer = clientimport("fix", folder, *PARTNER, "-o", folder / "a.xlsx", "--force", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage.same_file")
    assert (folder / "a.xlsx").read_bytes() == before
