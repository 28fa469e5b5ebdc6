"""The page on exit codes agrees with the commands that there are and with what they end with."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from clientimport import errors
from clientimport.cli.command import OPTIONS
from clientimport.cli.command_table import COMMANDS, load_command
from command_line import clientimport
from house import TREES

PAGE = (Path(__file__).parents[1] / "docs" / "exit-codes.md").read_text(encoding="utf-8")
ROWS = [
    (re.findall("`([^`]+)`", row[1]), row[2]) for row in re.finditer(r"^\| (`.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
]
"""The commands of each row of the second table, and what 1 means there."""
NEVER = {name for names, meaning in ROWS for name in names if meaning == "never"}
HEADER = "Naam;Land;E-mail;Voornaam;Familienaam;Taal;Ondernemingsnummer\n"
RIGHT = "Peeters BV;BE;an@peeters.be;An;Peeters;nl-BE;0403019261\n"
WRONG = "Claes BV;BE;jo@claes.be;Jo;Claes;nl-BE;0419618536\n"
PARTNER = ("-p", "banqup-partner")
SANDBOX = ("-c", "sandbox", *PARTNER)
ENDING_WITH_1 = {
    "map": ("short.csv", *PARTNER),
    "validate": ("clients.csv", *PARTNER),
    "fix": ("clients.csv", *PARTNER, "-o", "upload.xlsx"),
    "plan": ("clients.csv", *SANDBOX),
    "push": ("clients.csv", *SANDBOX, "--yes", "--accept-proposals"),
    "invite": ("clients.csv", *SANDBOX, "--yes", "--accept-proposals"),
    "merge": ("clients.csv", "other.csv", *PARTNER, "-o", "merged.xlsx"),
    "clients add": (*SANDBOX, "--field", "legal_name=Claes BV", "--yes"),
}


def all_commands() -> set[str]:
    """Return the names of all commands, loaded."""
    for name, entry in COMMANDS.items():
        load_command(name)
        for word in entry.words:
            import_module(f"clientimport.cli.commands.{name}_{word}")
    return set(OPTIONS)


def codes_of(*exceptions: str) -> Iterator[str]:
    """Yield the codes with which these exceptions are raised or made."""
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in exceptions:
                yield from (str(word.value) for word in node.args[:1] if isinstance(word, ast.Constant))


def test_every_command_is_in_one_row() -> None:
    listed = [name for names, _ in ROWS for name in names]
    assert sorted(listed) == sorted(all_commands())


@pytest.mark.parametrize(
    ("exceptions", "exit_code"), [(("PlatformUnreachable", "AnswerLost"), 3), (("CredentialsRefused",), 4)]
)
def test_the_codes_behind_3_and_4_are_those_of_the_program(exceptions: tuple[str, ...], exit_code: int) -> None:
    codes = set(codes_of(*exceptions))
    assert len(codes) > 3
    (listed,) = re.findall(rf"^ +[├└]── {exceptions[0]} +{exit_code} +(.+)$", errors.__doc__ or "", re.MULTILINE)
    family = listed.partition(".")[0]
    assert codes == {f"{family}{code}" if code.startswith(".") else code for code in listed.split(", ")}
    paragraph = PAGE[PAGE.index("With 3 the code") : PAGE.index("## What 1 means")]
    assert codes <= set(re.findall("`([^`]+)`", paragraph))


@pytest.mark.parametrize("command", ENDING_WITH_1)
def test_a_command_ends_with_1_as_the_page_says(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for name, rows in (("clients", RIGHT + WRONG), ("other", RIGHT.replace("An;", "Bo;")), ("short", "")):
        text = HEADER + rows if rows else "Naam\nPeeters BV\n"
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    assert clientimport(*command.split(), *ENDING_WITH_1[command]).exit_code == 1
    assert command not in NEVER
