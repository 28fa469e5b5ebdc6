"""Each code of the catalogue fires, and does not fire on something that is nearly the same.

The examples are those that `explain` shows. What they cannot show, because it needs a workbook, a platform or a saved
profile, is shown here, or by the test that is named.
"""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from clientimport.schema.fields import canonical_fields
from clientimport.schema.finding_catalog import finding_kinds
from clientimport.schema.finding_examples import Example, ExamplePair, clean_rows, finding_examples
from clientimport.schema.loader import load_schema
from command_line import clientimport

ROOT = Path(__file__).parents[2]

ELSEWHERE = {
    "client.ambiguous": "tests/push/plan/test_plan.py",
    "client.answered_with": "tests/push/test_lying_platform.py",
    "client.matched_weakly": "tests/push/plan/test_plan.py",
    "client.not_on_platform": "tests/push/test_push.py",
    "client.same_on_platform": "tests/push/plan/test_plan.py",
    "client.was_there": "tests/push/test_lying_platform.py",
    "configuration_template.unknown": "tests/push/plan/test_plan.py",
    "contact.not_as_sent": "tests/push/operations/test_add_contacts.py",
    "file.formats_lost": "tests/files/readers/test_xls.py",
    "kbo.address_differs": "tests/cli/commands/test_lookup.py",
    "kbo.extract": "tests/cli/commands/test_lookup.py",
    "kbo.filled": "tests/cli/commands/test_fill_from_kbo.py",
    "kbo.name_differs": "tests/cli/commands/test_lookup.py",
    "kbo.situation": "tests/cli/commands/test_lookup.py",
    "kbo.unknown": "tests/cli/commands/test_lookup.py",
    "language.not_chosen": "tests/push/plan/test_plan.py",
    "locale.no_country": "tests/schema/types/test_what_people_type.py",
    "mail.corrected": "tests/push/test_mail.py",
    "mail.other_address": "tests/push/test_mail.py",
    "mapping.contradicted": "tests/matching/test_matcher.py",
    "peppol.elsewhere": "tests/cli/commands/test_lookup.py",
    "peppol.not_checked": "tests/cli/commands/test_lookup.py",
    "peppol.not_registered": "tests/cli/commands/test_lookup.py",
    "questionnaire.not_in_language": "tests/push/plan/test_plan.py",
    "refusal.mobile_number": "tests/schema/reference/test_platform_rejections.py",
    "refusal.rcs_unknown": "tests/schema/reference/test_platform_rejections.py",
    "refusal.registration_number": "tests/schema/reference/test_platform_rejections.py",
    "responsible_email.unknown": "tests/push/plan/test_plan.py",
    "sheets.combined": "tests/files/table_detection/test_combined_sheets.py",
    "undo.changed_since": "tests/push/test_undo.py",
    "undo.contact_kept": "tests/push/operations/test_add_contacts.py",
    "undo.mailed": "tests/push/test_undo.py",
    "undo.not_a_draft": "tests/push/test_undo.py",
    "undo.number_not_kept": "tests/push/test_undo.py",
    "vies.invalid": "tests/cli/commands/test_lookup.py",
    "vies.not_checked": "tests/cli/commands/test_lookup.py",
}
"""Code -> the tests in which it fires: what a platform answers, a damaged file, a saved profile, a type by itself."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))


def fired(file: Path, platform: str, *options: str) -> list[str]:
    answer = clientimport("validate", file, "-p", platform, "--format", "json", *options)
    assert "files" in answer.json, answer.out
    return [finding["code"] for finding in answer.json["files"][0]["findings"]]


def header(platform: str, name: str) -> str:
    column, field = load_schema(platform).column(name), canonical_fields().get(name)
    if column:
        return column.header("nl")
    return field.headers["nl"][0] if field else name


def written(file: Path, pair: ExamplePair, example: Example) -> Path:
    """Write the example: its text, or its rows with what the clean rows hold beside it."""
    if example.text:
        file.write_text(example.text, encoding="utf-8")
        return file
    rows = [{**clean_rows(pair.platform)[row.clean], **row.cells} for row in example.rows]
    absent = {name for row in rows for name, cell in row.items() if cell is None}
    names = [name for name in dict.fromkeys(name for row in rows for name in row) if name not in absent]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(header(pair.platform, name) for name in names)
    writer.writerows([row.get(name) or "" for name in names] for row in rows)
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    return file


@pytest.mark.parametrize("code", finding_examples())
def test_a_finding_fires_on_its_example_and_not_on_its_near_miss(code: str, tmp_path: Path) -> None:
    pair = finding_examples()[code]
    assert code in fired(written(tmp_path / "example.csv", pair, pair.example), pair.platform, *pair.options)
    assert code not in fired(written(tmp_path / "near_miss.csv", pair, pair.near_miss), pair.platform, *pair.options)


@pytest.mark.parametrize(
    "platform", ["accounton", "banqup-console-be", "banqup-console-lu", "banqup-partner", "billit"]
)
def test_on_the_clean_rows_nothing_fires(platform: str, tmp_path: Path) -> None:
    rows = clean_rows(platform)
    file = tmp_path / "clean.csv"
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(
        [[header(platform, name) for name in rows[0]], *(row.values() for row in rows)]
    )
    file.write_text(text.getvalue(), encoding="utf-8", newline="")
    assert fired(file, platform) == []


def set_error(sheet: Worksheet) -> None:
    sheet["A2"] = "#N/A"


def set_formula(sheet: Worksheet) -> None:
    sheet["A2"] = "=B2"


def set_long_number(sheet: Worksheet) -> None:
    sheet["D2"] = 1234567890123456789


def hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def link(sheet: Worksheet) -> None:
    sheet["C2"], sheet["C2"].hyperlink = "An", "mailto:an@skynet.be"


def link_elsewhere(sheet: Worksheet) -> None:
    sheet["C2"].hyperlink = "mailto:els@skynet.be"


def damage_header(sheet: Worksheet) -> None:
    sheet["E1"] = "PrÃ©nom"


def keep(sheet: Worksheet) -> None:
    """Leave the sheet as it is."""


def link_to_itself(sheet: Worksheet) -> None:
    sheet["C2"].hyperlink = "mailto:an.peeters@skynet.be"


def set_number(sheet: Worksheet) -> None:
    sheet["D2"] = 123456789


def add_notes(sheet: Worksheet) -> None:
    book = sheet.parent
    assert isinstance(book, Workbook)
    book.create_sheet("Notities")["A1"] = "Bel de klanten in mei"


def add_clients(sheet: Worksheet) -> None:
    book = sheet.parent
    assert isinstance(book, Workbook)
    other = book.create_sheet("2025")
    for row in sheet.iter_rows(values_only=True):
        other.append(row)


def add_contacts(sheet: Worksheet) -> None:
    book = sheet.parent
    assert isinstance(book, Workbook)
    other = book.create_sheet("Contacten")
    other.append(["Voornaam", "Achternaam", "E-mail"])
    other.append(["Els", "Claes", "els.claes@skynet.be"])


def add_hidden(sheet: Worksheet) -> None:
    add_notes(sheet)
    book = sheet.parent
    assert isinstance(book, Workbook)
    book["Notities"].sheet_state = "hidden"


WORKBOOKS: dict[str, tuple[Callable[[Worksheet], None], Callable[[Worksheet], None]]] = {
    "cell.error": (set_error, keep),
    "cell.formula": (set_formula, keep),
    "cell.rounded": (set_long_number, set_number),
    "columns.hidden": (hide_column, keep),
    "email.from_link": (link, link_to_itself),
    "email.link_elsewhere": (link_elsewhere, link_to_itself),
    "header.mojibake": (damage_header, keep),
    "rows.hidden": (hide_row, keep),
    "sheet.chosen": (add_contacts, keep),
    "sheet.not_read": (add_clients, add_notes),
    "sheets.hidden": (add_hidden, add_notes),
}
"""What only a workbook shows: what is done to its sheet, and what is nearly the same."""


def workbook(file: Path, change: Callable[[Worksheet], None]) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["Firstname", "Lastname", "Email", "Klantcode", "Taal"])
    sheet.append(["An", "Peeters", "an.peeters@skynet.be", "K-012", "nl"])
    sheet.append(["Luc", "Dubois", "luc.dubois@skynet.be", "K-013", "fr"])
    change(sheet)
    book.save(file)
    return file


@pytest.mark.parametrize("code", WORKBOOKS)
def test_a_finding_of_a_workbook_fires_and_its_near_miss_does_not(code: str, tmp_path: Path) -> None:
    change, near_miss = WORKBOOKS[code]
    assert code in fired(workbook(tmp_path / "example.xlsx", change), "accounton")
    assert code not in fired(workbook(tmp_path / "near_miss.xlsx", near_miss), "accounton")


def test_every_code_has_its_example() -> None:
    shown = [*finding_examples(), *WORKBOOKS, *ELSEWHERE]
    assert sorted(shown) == sorted(finding_kinds())


@pytest.mark.parametrize(("code", "file"), ELSEWHERE.items())
def test_what_fires_elsewhere_is_asserted_there(code: str, file: str) -> None:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert any(code in text for text in texts)
