from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.cli.console import Console
from clientimport.cli.mapping_screen.state import ScreenState, initial_state
from clientimport.cli.mapping_screen.view import text, view
from clientimport.files.read import ReadRequest
from clientimport.matching.profiles import ProfileStore
from clientimport.messages.catalog import message_catalog
from clientimport.schema.fields import LANGUAGES
from clientimport.schema.loader import load_schema
from clientimport.validation.import_file import UserDecisions, open_import_file

SCREEN = Console(message_catalog("en"))


def state(tmp_path: Path, content: str, platform: str = "banqup-partner") -> ScreenState:
    (tmp_path / "list.csv").write_text(content)
    schema, profiles = load_schema(platform), ProfileStore(tmp_path / "profiles")
    return initial_state(
        open_import_file(str(tmp_path / "list.csv"), schema, ReadRequest(), UserDecisions({}, {}), profiles)
    )


def many(tmp_path: Path) -> ScreenState:
    columns = range(60)
    rows = [";".join(f"{name}{at}" for at in columns) for name in ("Kolom", "x", "y")]
    return state(tmp_path, "\n".join(("Naam klant;KBO;" + rows[0], "Peeters BV;0403.019.261;" + rows[1])))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_longer_than_the_terminal_and_the_last_lines_are_always_there(tmp_path: Path, language: str) -> None:
    screen = Console(message_catalog(language))
    for at in (0, 30, 61):
        for now in (many(tmp_path).move_cursor(at), many(tmp_path).move_cursor(at).choose_field()):
            lines = view(now, screen, 80, 24)
            assert len(lines) <= 24
            assert max(len(line) for _, line in lines) <= 80
            assert lines[-1][1].startswith("↑↓")
            assert sum(line.startswith(">") for _, line in lines) == 1


def test_cells_cannot_change_the_screen_and_numbers_of_people_are_masked(tmp_path: Path) -> None:
    rows = "Nom;Registre national\n\x1b[2JPeeters;85.07.30-033.28\nClaes\x07;72.02.02-900.81\n"
    shown = text(view(state(tmp_path, rows, "accounton"), SCREEN, 200, 24))
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert "033" not in shown
    assert "**.**.**-***.28" in shown


def test_what_is_sure_and_what_is_asked_are_told_apart_without_colour(tmp_path: Path) -> None:
    now = state(tmp_path, "Naam klant;KBO;Sjabloon\nPeeters BV;0403.019.261;Standard\n")
    shown = text(view(now, SCREEN, 100, 24)).splitlines()
    marks = {line.split()[1 if line.startswith(">") else 0]: line.split()[-1] for line in shown[2:5]}
    assert marks["B"] == "✓"
    assert "?" in marks["C"]
    assert any(line.startswith("Still missing: ") for line in shown)


def test_what_is_typed_to_search_is_shown_and_nothing_found_is_said(tmp_path: Path) -> None:
    now = state(tmp_path, "Naam klant;KBO\nPeeters BV;0403.019.261\n").choose_field()
    for letter in "zzz":
        now = now.type_text(letter)
    shown = text(view(now, SCREEN, 80, 24))
    assert "zzz▏" in shown
    assert "No field has that name." in shown
