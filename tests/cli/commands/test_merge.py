from __future__ import annotations

import stat
from pathlib import Path

import pytest
from openpyxl import load_workbook

from command_line import Answer, clientimport

PARTNER = ("-p", "banqup-partner")
CRM = """Bedrijf;Ondernemingsnummer;Voornaam;Familienaam;E-mail;Taal;Straat;Nr;Postcode;Gemeente;Land;IBAN;Notitie
Bakkerij Peeters BV;0403.019.261;An;Peeters;an@peeters.be;nl;Kerkstraat;1;9000;Gent;BE;BE71 0961 2345 6769;vip
Slagerij Claes;;Jo;Claes;jo@claes.be;nl;Markt;5;1000;Brussel;BE;;
Dubois SRL;0419.618.535;Luc;Dubois;luc@dubois.be;fr;Rue Haute;3;4000;Liège;BE;;
"""
BOOKS = """Naam;BTW-nummer;IBAN;Postcode;Gemeente
BAKKERIJ PEETERS;BE0403019261;BE62510007547061;9000;Gand
Slagerij Claas BV;BE0403170701;BE62510007547061;1000;Bruxelles
Nieuw BV;BE0404616494;;2000;Antwerpen
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "crm.csv").write_text(CRM, encoding="utf-8")
    (tmp_path / "books.csv").write_text(BOOKS, encoding="utf-8")
    return tmp_path


def merge(*more: object, out: str = "merged.xlsx") -> Answer:
    return clientimport("merge", "crm.csv", "books.csv", *PARTNER, "-o", out, *more)


def rows(file: str, sheet: int | str = 0) -> list[list[object]]:
    book = load_workbook(file)
    found = book.worksheets[sheet] if isinstance(sheet, int) else book[sheet]
    return [[cell.value for cell in row] for row in found.iter_rows()]


def test_the_answer_counts_every_row_and_names_what_is_open() -> None:
    answer = merge("--json")
    assert (answer.exit_code, answer.json["ok"]) == (1, False)
    assert [(one["name"], one["file"], one["rows"]) for one in answer.json["sources"]] == [
        ("crm", "crm.csv", 3),
        ("books", "books.csv", 3),
    ]
    assert (answer.json["clients"], answer.json["both"], answer.json["only"]) == (5, 1, {"crm": 2, "books": 2})
    (conflict,) = answer.json["conflicts"]
    assert (conflict["client"], conflict["field"], conflict["taken"]) == (
        "Bakkerij Peeters BV",
        "iban",
        "BE71096123456769",
    )
    assert [(one["source"], one["row"]) for one in conflict["values"]] == [("crm", 2), ("books", 2)]
    (pair,) = answer.json["review"]
    assert (pair["a"], pair["b"]) == ({"source": "crm", "row": 3}, {"source": "books", "row": 3})
    assert [one["kind"] for one in pair["evidence"]] == ["legal_name", "postal_code"]


def test_nothing_open_is_exit_0() -> None:
    answer = clientimport("merge", "crm.csv", "crm.csv", *PARTNER, "-o", "m.xlsx", "--set", "crm-2:Bedrijf=legal_name")
    assert answer.exit_code == 1  # the client without a number is asked about
    Path("numbered.csv").write_text(CRM.replace("Claes;;", "Claes;0403170701;"), encoding="utf-8")
    again = clientimport("merge", "numbered.csv", "numbered.csv", *PARTNER, "-o", "n.xlsx", "--json")
    assert (again.exit_code, again.json["clients"], again.json["both"]) == (0, 3, 3)


def test_the_workbook_has_its_sheets_and_the_merged_list_the_official_headers() -> None:
    merge()
    assert load_workbook("merged.xlsx").sheetnames == [
        "Merged",
        "Conflicts",
        "Review",
        "Only in crm",
        "Only in books",
        "Sources",
    ]
    headers = rows("merged.xlsx")[0]
    clientimport("template", *PARTNER, "-o", "template.xlsx", "--language", "en")
    assert headers == rows("template.xlsx")[0][: len(headers)]
    first = dict(zip(headers, rows("merged.xlsx")[1], strict=True))
    sources = dict(zip(headers, rows("merged.xlsx", "Sources")[1], strict=False))
    assert (first["VAT"], sources["VAT"]) == ("BE0403019261", "books 2")
    assert (first["Municipality/city"], sources["Municipality/city"]) == ("Gent", "crm 2")
    assert stat.S_IMODE(Path("merged.xlsx").stat().st_mode) == 0o600


def test_a_cell_in_which_lists_differ_is_coloured_and_no_other() -> None:
    merge()
    sheet = load_workbook("merged.xlsx").worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    coloured = [
        (headers[row.index(cell)], cell.row)
        for row in sheet.iter_rows(min_row=2)
        for cell in row
        if cell.fill.fill_type == "solid"
    ]
    assert coloured == [("IBAN", 2)]


def test_every_command_reads_the_merged_list_without_an_option() -> None:
    merge()
    answer = clientimport("validate", "merged.xlsx", *PARTNER, "--json").json
    (file,) = answer["files"]
    assert (file["sheet"], file["rows"]) == ("Merged", 5)
    assert [one for one in file["findings"] if one["row"] is None] == []
    assert clientimport("map", "merged.xlsx", *PARTNER, "--json").json["missing_required"] == []


def test_a_preference_closes_a_conflict_and_is_listed_as_decided() -> None:
    answer = merge("--prefer", "iban=books", "--name", "crm.csv=klanten", "--name", "books.csv=books", "--json").json
    assert (answer["conflicts"], [one["taken"] for one in answer["decided"]]) == ([], ["BE62510007547061"])
    assert answer["only"] == {"klanten": 2, "books": 2}
    assert [row[1] for row in rows("merged.xlsx", "Conflicts")[1:]] == ["IBAN (iban)"]


def answered(word: str) -> None:
    book = load_workbook("merged.xlsx")
    book["Review"].cell(2, 1).value = word
    book.save("answered.xlsx")


@pytest.mark.parametrize(("word", "both"), [("yes", 2), ("Ja", 2), ("oui", 2), ("nein", 1), ("no", 1)])
def test_an_answer_is_fed_back_and_remembered(word: str, both: int) -> None:
    merge()
    answered(word)
    decided = merge("--decide", "answered.xlsx", "--json", out="second.xlsx").json
    assert (decided["both"], decided["review"]) == (both, [])
    assert merge("--json", out="third.xlsx").json["both"] == both
    forgetful = merge("--json", "--no-profile", out="fourth.xlsx").json
    assert (forgetful["both"], len(forgetful["review"])) == (1, 1)


def test_what_is_remembered_names_nobody(folder: Path) -> None:
    merge()
    answered("yes")
    merge("--decide", "answered.xlsx", out="second.xlsx")
    kept = folder / "home" / "profiles" / "merge-answers.json"
    text = kept.read_text(encoding="utf-8")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not any(word in text.casefold() for word in ("claes", "claas", "0403170701", "1000", "jo@"))
    assert clientimport("profiles", "list", "--json").json["profiles"] == []


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--prefer", "iban=accounting"), "merge.unknown_name"),
        (("--prefer", "ibn=crm"), "usage.unknown_field"),
        (("--prefer", "iban"), "usage.pair"),
        (("--prefer", "iban=crm", "--prefer", "iban=books"), "merge.preferred_twice"),
        (("--key", "contact_email"), "merge.unknown_key"),
        (("--name", "crm.xls=crm"), "merge.unknown_file"),
        (("--name", "crm.csv=a,b"), "merge.bad_name"),
        (("--name", "crm.csv=x", "--name", "books.csv=x"), "merge.name_twice"),
        (("--decide", "crm.csv"), "merge.no_review"),
        (("--decide", "nowhere.xlsx"), "file.not_found"),
    ],
)
def test_wrong_usage_names_what_is_wrong(options: tuple[str, ...], code: str) -> None:
    answer = merge(*options, "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, code)
    assert not Path("merged.xlsx").exists()


def test_one_list_has_nothing_to_be_merged_with() -> None:
    answer = clientimport("merge", "crm.csv", *PARTNER, "-o", "merged.xlsx", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "merge.two_files")


def test_an_answer_that_is_neither_yes_nor_no_is_named() -> None:
    merge()
    answered("perhaps")
    refused = merge("--decide", "answered.xlsx", "--json", out="second.xlsx")
    assert (refused.exit_code, refused.json["error"]["code"]) == (2, "merge.no_answer")
    assert "row 2" in refused.json["error"]["message"]


def test_columns_are_set_for_one_list_by_its_name() -> None:
    Path("books.csv").write_text("X;BTW-nummer\nK7;BE0403019261\n", encoding="utf-8")
    answer = merge("--set", "books:X=external_reference", "--json").json
    assert answer["conflicts"] == []
    headers, first, *_ = rows("merged.xlsx")
    assert "K7" in first
    assert headers[first.index("K7")] == "External reference"


def test_a_client_code_joins_only_with_the_option() -> None:
    Path("crm.csv").write_text("Klantnaam;Klantcode\nAn BV;K1\n", encoding="utf-8")
    Path("books.csv").write_text("Naam;Klantcode\nAndere naam NV;K1\n", encoding="utf-8")
    assert merge("--json").json["both"] == 0
    assert merge("--key", "client_code", "--json", out="second.xlsx").json["both"] == 1


def test_a_required_column_may_be_in_one_list_alone() -> None:
    Path("books.csv").write_text("BTW-nummer;IBAN\nBE0403019261;BE71096123456769\n", encoding="utf-8")
    assert merge("--json").json["both"] == 1


def test_what_could_not_be_read_goes_on_as_typed_and_is_an_error_there() -> None:
    Path("books.csv").write_text("Naam;BTW-nummer\nKapot BV;BE0403019262\n", encoding="utf-8")
    merge()
    findings = clientimport("validate", "merged.xlsx", *PARTNER, "--json").json["files"][0]["findings"]
    assert [one["value"] for one in findings if one["field"] == "vat_number"] == ["BE0403019262"]


def test_national_register_numbers_are_masked_but_in_the_list_itself() -> None:
    head = "Voornaam;Familienaam;E-mail;Rijksregisternummer;Partner RR"
    Path("crm.csv").write_text(f"{head}\nAn;Peeters;an@p.be;85073003328;17073003384\n", encoding="utf-8")
    Path("books.csv").write_text(f"{head}\nAn;Peeters;an@q.be;85073003328;\n", encoding="utf-8")
    answer = clientimport("merge", "crm.csv", "books.csv", "-p", "accounton", "-o", "m.xlsx", "--json")
    assert (answer.json["both"], [one["field"] for one in answer.json["conflicts"]]) == (1, ["contact_email"])
    book = load_workbook("m.xlsx")
    text = {sheet.title: " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row) for sheet in book}
    assert "85073003328" in text["Merged"]
    assert not [title for title, cells in text.items() if "85073003328" in cells and title != "Merged"]


def test_two_national_register_numbers_are_a_conflict_that_shows_neither() -> None:
    head = "Voornaam;Familienaam;E-mail;Rijksregisternummer;Ondernemingsnummer"
    Path("crm.csv").write_text(f"{head}\nAn;Peeters;an@p.be;85073003328;0403019261\n", encoding="utf-8")
    Path("books.csv").write_text(f"{head}\nAn;Peeters;an@p.be;17073003384;0403019261\n", encoding="utf-8")
    answer = clientimport("merge", "crm.csv", "books.csv", "-p", "accounton", "-o", "m.xlsx", "--json")
    assert (answer.json["both"], answer.json["conflicts"][0]["field"]) == (0, "national_register_number")
    assert not any(number in answer.out for number in ("85073003328", "17073003384"))
    cells = " ".join(str(cell) for row in rows("m.xlsx", "Conflicts") for cell in row)
    assert "**.**.**-***.28" in cells
    assert not any(number in cells for number in ("85073003328", "17073003384"))


def test_the_words_of_the_sheets_are_those_of_the_language() -> None:
    merge("--language", "nl")
    assert load_workbook("merged.xlsx").sheetnames[:3] == ["Samengevoegd", "Verschillen", "Na te kijken"]
    answered_in_dutch = load_workbook("merged.xlsx")
    answered_in_dutch["Na te kijken"].cell(2, 1).value = "ja"
    answered_in_dutch.save("answered.xlsx")
    assert merge("--decide", "answered.xlsx", "--json", out="second.xlsx").json["both"] == 2
    assert clientimport("validate", "merged.xlsx", *PARTNER, "--json").json["files"][0]["sheet"] == "Samengevoegd"
