"""What CONTRIBUTING says about adding a rule, a type, a format of files or reports and a command, done in a copy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkout import PACKAGE, Checkout

HEADER = "Bedrijf;E-mail;Ondernemingsnummer"
ROW = "Bakkerij Peeters;an@peeters.be;0419.618.535"


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout.copy_to(tmp_path)


def findings(report: str) -> dict[str, list[int | None]]:
    """Return the rows of a JSON report's findings by their code."""
    by_code: dict[str, list[int | None]] = {}
    for finding in json.loads(report)["files"][0]["findings"]:
        by_code.setdefault(finding["code"], []).append(finding["row"])
    return by_code


def add_platform(checkout: Checkout, *columns: str, checks: str = "") -> None:
    """Add a platform with these columns, so that what is added can be used."""
    entries = "".join(
        f'[[columns]]\n{column}\nheaders = {{ nl = "Kolom {number}" }}\nexample = "x"\nsource = "help"\n\n'
        for number, column in enumerate(columns)
    )
    head = 'schema_version = 1\nname = "Portal"\ncountry = "BE"\nreviewed = 2026-11-22\n\n'
    source = '[sources]\nhelp = "https://portal.example/help"\n\n'
    checkout.write("schemas/portal.toml", head + source + entries + checks)


def test_a_rule_is_a_function_its_registration_its_severity_its_words_and_an_entry_in_the_schema(
    checkout: Checkout,
) -> None:
    checkout.write(
        f"{PACKAGE}/schema/checks/capitals.py",
        '''
        """Names that are written in capitals only."""

        from __future__ import annotations

        from collections.abc import Iterator

        from clientimport.model.columns import map_distinct
        from clientimport.model.finding import Issue
        from clientimport.model.records import Records


        def capitals(records: Records, *, field: str) -> Iterator[Issue]:
            """Yield an issue for each value without small letters."""
            for position, issue in map_distinct([records.column(field)], _issue).items():
                yield issue.at(position, field)


        def _issue(name: str | None) -> Issue | None:
            return Issue("legal_name.capitals") if name and name.isupper() else None
        ''',
    )
    registry = f"{PACKAGE}/schema/checks/__init__.py"
    checkout.insert_after(
        registry,
        "from clientimport.schema.checks.bic_matches_iban import bics_of_other_banks",
        "from clientimport.schema.checks.capitals import capitals",
    )
    checkout.insert_after(registry, "        required,", "        capitals,")
    checkout.append(
        "schemas/_findings.toml", '\n["legal_name.capitals"]\nseverity = "warning"\nsource = "docs/rules.md#names"\n'
    )
    checkout.add_words("contact_locale.other_country", "legal_name.capitals", "Naam in hoofdletters")
    example = '\n[finding."legal_name.capitals"]\nexample = [{ legal_name = "SLAGERIJ DUBOIS" }]\n'
    checkout.append("schemas/_examples.toml", example + 'near_miss = [{ legal_name = "KBC Verzekeringen" }]\n')
    checks = '[[checks]]\nname = "capitals"\nfield = "legal_name"\nsource = "help"\n'
    add_platform(checkout, 'field = "legal_name"', 'field = "contact_email"', checks=checks)

    lines = (HEADER, ROW, "SLAGERIJ DUBOIS;b@dubois.be;", "KBC Verzekeringen;c@kbc.be;")
    (checkout.folder.parent / "clients.csv").write_text("\n".join(lines), encoding="utf-8")
    report = checkout.run("validate", "clients.csv", "-p", "portal", "--format", "json")
    assert findings(report)["legal_name.capitals"] == [3]
    explained = checkout.run("explain", "legal_name.capitals")
    assert "Naam in hoofdletters" in explained
    assert "SLAGERIJ DUBOIS" in explained
    assert "KBC Verzekeringen" in explained


def test_a_type_is_a_class_its_registration_its_codes_their_words_and_a_field_that_has_it(checkout: Checkout) -> None:
    checkout.write(
        f"{PACKAGE}/schema/types/nace_code.py",
        '''
        """A NACE code: five digits, which people write with a dot."""

        from __future__ import annotations

        from dataclasses import dataclass

        import pyarrow as pa
        import pyarrow.compute as pc

        from clientimport.model.field_type import ParsedValue
        from clientimport.model.finding import Issue
        from clientimport.schema.types.cleaning import clean_text, finish_parse


        @dataclass(frozen=True, slots=True)
        class NaceCode:
            """Five digits."""

            def is_canonical(self, values: pa.StringArray, country: str) -> pa.BooleanArray:
                """Accept five digits."""
                return pc.match_substring_regex(values, r"^[0-9]{5}$")

            def parse(self, text: str, country: str) -> ParsedValue | Issue:
                """Return the code without dots."""
                code = clean_text(text).replace(".", "")
                if len(code) != 5 or not code.isdecimal():
                    return Issue("nace_code.digits")
                return finish_parse(text, code, "nace_code.separators")
        ''',
    )
    registry = f"{PACKAGE}/schema/types/__init__.py"
    checkout.insert_after(
        registry,
        "from clientimport.schema.types.name import Name",
        "from clientimport.schema.types.nace_code import NaceCode",
    )
    checkout.insert_after(registry, '    "rcs_number": RcsNumber,', '    "nace_code": NaceCode,')
    checkout.append(
        "schemas/_fields.toml", '\n[nace_code]\ntype = { name = "nace_code" }\n[nace_code.headers]\nnl = ["NACE"]\n'
    )
    for code, severity, sentence in (("digits", "error", "Geen code"), ("separators", "repair", "Code met een punt")):
        entry = f'\n["nace_code.{code}"]\nseverity = "{severity}"\nsource = "docs/rules.md#values"\n'
        checkout.append("schemas/_findings.toml", entry)
        checkout.add_words("locale.language", f"nace_code.{code}", sentence)
    for language in ("nl", "fr", "de", "en"):
        words = '\n[nace_code]\nlabel = "NACE"\nrule = "Vijf cijfers."\n'
        checkout.append(f"{PACKAGE}/messages/{language}/fields.toml", words)
    add_platform(checkout, 'field = "legal_name"', 'field = "contact_email"', 'field = "nace_code"')

    lines = ("Bedrijf;E-mail;NACE", "Peeters;an@peeters.be;62010", "Dubois;b@dubois.be;62.010", "Mertens;c@m.be;bakker")
    (checkout.folder.parent / "clients.csv").write_text("\n".join(lines), encoding="utf-8")
    report = checkout.run("validate", "clients.csv", "-p", "portal", "--format", "json", exit_code=1)
    assert findings(report)["nace_code.separators"] == [3]
    assert findings(report)["nace_code.digits"] == [4]


def test_a_file_format_is_a_module_and_a_line(checkout: Checkout) -> None:
    checkout.write(
        f"{PACKAGE}/files/readers/json_rows.py",
        '''
        """A JSON list of lists: each inner list is a row."""

        from __future__ import annotations

        import json
        from dataclasses import dataclass, replace

        from clientimport.files.readers.sheet import Sheet, SheetInfo
        from clientimport.files.readers.sheet_builder import SheetBuilder


        @dataclass(frozen=True, slots=True)
        class JsonWorkbook:
            """The list as a workbook of one sheet without a name."""

            sheet: Sheet
            sheet_infos: tuple[SheetInfo, ...] = (SheetInfo(None),)

            def read_sheet(self, info: SheetInfo, limit: int | None = None) -> Sheet:
                """Return the sheet, or its first rows."""
                return self.sheet if limit is None else replace(self.sheet, grid=self.sheet.grid.head(limit))


        def open_workbook(data: bytes, encoding: str | None) -> JsonWorkbook:
            """Return the workbook in these bytes."""
            builder = SheetBuilder(None)
            for number, row in enumerate(json.loads(data), 1):
                for column, text in enumerate(row):
                    builder.add_cell(number, column, text)
            return JsonWorkbook(builder.build())
        ''',
    )
    checkout.insert_after(
        f"{PACKAGE}/files/detect.py",
        '    FileFormat("html", _HTML, f"{_READERS}.html"),',
        '    FileFormat("json_rows", re.compile(rb"\\["), f"{_READERS}.json_rows"),',
    )
    rows = [["Bedrijf", "E-mail"], ["Bakkerij Peeters", "an@peeters.be"], ["Slagerij Dubois", "b(at)dubois.be"]]
    (checkout.folder.parent / "clients.json").write_text(json.dumps(rows), encoding="utf-8")
    add_platform(checkout, 'field = "legal_name"', 'field = "contact_email"')
    report = checkout.run("validate", "clients.json", "-p", "portal", "--format", "json", exit_code=1)
    assert json.loads(report)["files"][0]["rows"] == 2
    assert [rows for code, rows in findings(report).items() if code.startswith("email.")] == [[3]]


def test_a_report_format_is_a_module_and_a_line(checkout: Checkout) -> None:
    checkout.write(
        f"{PACKAGE}/reports/count_report.py",
        '''
        """Reports as one number: how many findings there are."""

        from __future__ import annotations

        from collections.abc import Sequence

        from clientimport.model.report import Report
        from clientimport.reports.protocol import ReportContext


        def as_count(reports: Sequence[Report], occasion: ReportContext) -> str:
            """Return the number of findings."""
            return str(sum(len(report.findings) for report in reports))
        ''',
    )
    checkout.insert_after(
        f"{PACKAGE}/reports/formats.py",
        '    "github": LazyFormat("github_report", "as_github"),',
        '    "count": LazyFormat("count_report", "as_count"),',
    )
    (checkout.folder.parent / "clients.csv").write_text(f"{HEADER}\n{ROW}", encoding="utf-8")
    files = ("clients.csv", "-p", "banqup-console-be")
    report = json.loads(checkout.run("validate", *files, "--format", "json", exit_code=1))
    assert checkout.run("validate", *files, "--format", "count", exit_code=1) == (
        f"{len(report['files'][0]['findings'])}\n"
    )
    checkout.run("validate", *files, "--report", "count=count.txt", exit_code=1)
    assert (checkout.folder.parent / "count.txt").is_file()


def test_a_command_is_a_module_and_a_line(checkout: Checkout) -> None:
    checkout.write(
        f"{PACKAGE}/cli/commands/languages.py",
        '''
        """`languages`: the languages of headers and messages."""

        from __future__ import annotations

        import typer

        from clientimport.cli.command import command
        from clientimport.cli.console import Console
        from clientimport.cli.result import CommandResult

        app = typer.Typer()


        @command(app, "languages", "clientimport languages")
        def languages(*, console: Console) -> CommandResult:
            """List the languages."""
            from clientimport.schema.fields import LANGUAGES

            return CommandResult({"languages": LANGUAGES}, ", ".join(LANGUAGES))
        ''',
    )
    checkout.insert_after(
        f"{PACKAGE}/cli/command_table.py", "COMMANDS = {", '    "languages": CommandEntry("List the languages."),'
    )
    assert checkout.run("languages") == "nl, fr, en, de\n"
    assert json.loads(checkout.run("languages", "--json"))["languages"] == ["nl", "fr", "en", "de"]
    assert "List the languages." in checkout.run("languages", "--help")
