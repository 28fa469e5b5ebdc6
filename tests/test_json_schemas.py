"""What commands print with --json is what docs/schemas/ says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from clientimport.schema.data_files import data_folder
from command_line import clientimport

FOLDER = Path(__file__).parents[1] / "docs" / "schemas"
MESSY = data_folder("samples") / "banqup-partner" / "messy.xlsx"
PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", *PARTNER)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))


def schema(name: str) -> Draft202012Validator:
    document = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("map", ("map", MESSY, *PARTNER)),
        ("validate", ("validate", MESSY, *PARTNER)),
        ("validate", ("validate", MESSY, MESSY, *PARTNER, "--strict")),
        ("plan", ("plan", MESSY, *SANDBOX)),
        ("plan", ("push", MESSY, *SANDBOX, "--accept-proposals", "--dry-run")),
        ("run", ("push", MESSY, *SANDBOX, "--accept-proposals", "--yes", "--invite")),
        ("answer", ("platforms",)),
        ("answer", ("runs", "list")),
        ("answer", ("profiles", "list")),
        ("answer", ("explain", "required.empty")),
        ("answer", ("validate", "nowhere.xlsx", *PARTNER)),
        ("answer", ("push", MESSY, "-c", "nobody", "--yes")),
    ],
)
def test_an_answer_is_what_its_schema_says(name: str, arguments: tuple[object, ...]) -> None:
    schema(name).validate(clientimport(*arguments, "--json").json)


def test_the_schemas_bite() -> None:
    answer: dict[str, Any] = clientimport("validate", MESSY, *PARTNER, "--json").json
    answer["files"][0]["findings"][0]["severity"] = "fatal"
    with pytest.raises(ValidationError):
        schema("validate").validate(answer)
