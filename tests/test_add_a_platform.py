"""What CONTRIBUTING says about adding a platform, done with a platform of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

import clientimport
from clientimport.errors import SchemaUnusable
from clientimport.files.writers.template import write_template
from clientimport.schema.data_files import data_folder
from clientimport.schema.loader import read_schema
from clientimport.validation.validate import validate
from tables import mapped, table

PLATFORM = """
schema_version = 1
name = "Example Portal"
country = "BE"
reviewed = 2026-11-22

[sources]
help = "https://portal.example/help"

[[columns]]
field = "legal_name"
headers = { nl = "Bedrijf", en = "Company" }
required = true
example = "Bakkerij Peeters"
source = "help"

[[columns]]
field = "company_number"
headers = { nl = "KBO", en = "Register number" }
example = "0419618535"
source = "help"

[[checks]]
name = "required"
field = "company_number"
source = "help"
"""


@pytest.fixture
def example(tmp_path: Path) -> Path:
    file = tmp_path / "example-portal.toml"
    file.write_text(PLATFORM, encoding="utf-8")
    return file


def test_the_commands_know_it_as_soon_as_its_file_is_there(example: Path, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    package = Path(clientimport.__file__).parent
    shutil.copytree(data_folder("schemas"), checkout / "schemas")
    shutil.copy(example, checkout / "schemas")
    (checkout / "src").mkdir()
    (checkout / "src" / "clientimport").symlink_to(package, target_is_directory=True)

    def run(*arguments: str, exit_code: int = 0) -> str:
        environment = {"PYTHONPATH": str(checkout / "src"), "CLIENTIMPORT_HOME": str(tmp_path / "home")}
        command = [sys.executable, "-m", "clientimport", *arguments, "--language", "nl"]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False, text=True)
        assert done.returncode == exit_code, done.stderr
        return done.stdout

    assert "Example Portal" in run("platforms", "example-portal")
    run("template", "-p", "example-portal", "-o", "filled.xlsx")
    book = load_workbook(tmp_path / "filled.xlsx")
    book.worksheets[0].append(["Bakkerij Peeters", "0419618535"])
    book.save(tmp_path / "filled.xlsx")
    run("map", "filled.xlsx", "-p", "example-portal")
    run("validate", "filled.xlsx", "-p", "example-portal", "--strict")
    run("fix", "filled.xlsx", "-p", "example-portal", "-o", "upload.xlsx")
    assert [cell.value for cell in load_workbook(tmp_path / "upload.xlsx").worksheets[0][2]] == [
        "Bakkerij Peeters",
        "0419618535",
    ]
    on = ("-c", "sandbox", "-p", "example-portal", "--json")
    assert '"sandbox.no_platform"' in run("plan", "filled.xlsx", *on, exit_code=2)


def test_one_file_is_enough_for_a_template_and_for_validation(example: Path, tmp_path: Path) -> None:
    schema = read_schema(example)
    write_template(schema, "nl", tmp_path / "template.xlsx", force=False)
    assert [cell.value for cell in load_workbook(tmp_path / "template.xlsx").worksheets[0][1]] == ["Bedrijf", "KBO"]
    read = table({"legal_name": ["Peeters", "Dubois"], "company_number": ["0419.618.535", None]})
    validation = validate(read, mapped(read), schema)
    assert [client.fields["company_number"] for client in validation.clients] == ["0419618535"]
    assert validation.invalid_rows == (3,)


@pytest.mark.parametrize(
    ("right", "wrong", "meant"),
    [
        ('field = "company_number"\nheaders', 'field = "company_numbr"\nheaders', "company_number"),
        ('name = "required"', 'name = "requird"', "required"),
        ("required = true", "requird = true", "required"),
        ('source = "help"\n\n[[checks]]', 'source = "hlep"\n\n[[checks]]', "help"),
    ],
)
def test_a_mistake_in_it_is_refused_with_the_name_that_was_meant(
    example: Path, right: str, wrong: str, meant: str
) -> None:
    assert right in PLATFORM
    example.write_text(PLATFORM.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(SchemaUnusable) as refused:
        read_schema(example)
    assert refused.value.facts["meant"] == meant
