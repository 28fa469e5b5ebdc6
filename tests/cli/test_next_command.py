"""Again: the command that comes next has the options that were given, and can be pasted."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from clientimport.schema.fields import LANGUAGES
from command_line import clientimport

ON = {
    "map": ("-p", "banqup-partner"),
    "validate": ("-p", "banqup-partner"),
    "plan": ("-c", "sandbox", "-p", "banqup-partner"),
}
NEXT = {"map": "validate", "validate": "fix", "plan": "push"}
GIVEN = ("--where", "Status!=gone, or so", "--set", "C=ignore", "--default", "country=BE")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "our clients.csv"
    path.write_text(
        "Naam;Status;Nota;E-mail;Voornaam;Achternaam;Taal\n"
        "Bakkerij Een BV;here;x;an@bakkerijeen.be;An;Claes;nl\n"
        "Bakkerij Twee BV;gone;y;els@bakkerijtwee.be;Els;Maes;nl\n"
    )
    return path


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ON)
def test_the_command_that_comes_next_reads_the_same_rows_in_the_same_way(
    command: str, language: str, file: Path
) -> None:
    text = clientimport(command, file, *ON[command], *GIVEN, "--language", language).out
    line = " ".join(text.split()).rpartition(f"clientimport {NEXT[command]} ")[2]
    typed = shlex.split(line)
    assert typed[: 1 + len(ON[command])] == [str(file), *ON[command]]
    assert " ".join(GIVEN) in " ".join(typed)


def test_that_no_row_names_the_columns_is_said_again_in_the_next_command(file: Path) -> None:
    sheet = "An;Claes;an@bakkerijeen.be\nEls;Maes;els@bakkerijtwee.be\n"
    file.write_text(sheet)
    names = ("--set", "A=contact_first_name", "--set", "B=contact_last_name", "--default", "language=nl")
    text = clientimport("map", file, "-p", "accounton", "--header-row", "0", *names, "--language", "en").out
    typed = shlex.split(" ".join(text.split()).rpartition("clientimport validate ")[2])
    assert typed[:5] == [str(file), "-p", "accounton", "--header-row", "0"]
    report = clientimport("validate", *typed, "--json").json["files"][0]
    assert (report["rows"], report["header_row"]) == (2, 0)


def test_a_kept_plan_is_pushed_as_it_is(file: Path, tmp_path: Path) -> None:
    text = clientimport("plan", file, *ON["plan"], *GIVEN, "-o", tmp_path / "plan.json").out
    assert "--where" not in text
