from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from clientimport.cli.console import Console
from clientimport.cli.mapping_screen.state import ScreenMode, ScreenState, initial_state
from clientimport.cli.mapping_screen.view import NOT_USED, text, view
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
    for at, (width, height) in ((0, (80, 24)), (30, (80, 24)), (61, (80, 24)), (30, (120, 40))):
        for now in (many(tmp_path).move_cursor(at), many(tmp_path).move_cursor(at).choose_field(screen.messages)):
            lines = view(now, screen, width, height)
            assert len(lines) <= height
            assert max(len(line) for _, line in lines) <= width
            assert any(line.startswith("↑↓") for _, line in lines[-2:])
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
    marks = {line.split()[1 if line.startswith(">") else 0]: line.split()[-1] for line in shown[4:7]}
    assert marks["B"] == "✓"
    assert "?" in marks["C"]
    assert any(line.startswith("Still missing: ") for line in shown)


def test_what_is_typed_to_search_is_shown_and_nothing_found_is_said(tmp_path: Path) -> None:
    now = state(tmp_path, "Naam klant;KBO\nPeeters BV;0403.019.261\n").choose_field(SCREEN.messages)
    for letter in "zzz":
        now = now.type_text(letter)
    shown = text(view(now, SCREEN, 80, 24))
    assert "zzz▏" in shown
    assert "No field has that name." in shown


def test_the_sheet_and_the_row_of_headers_are_named(tmp_path: Path) -> None:
    shown = text(
        view(
            state(tmp_path, "Klantenlijst;;\n;;\nNaam klant;KBO;Mail\nPeeters BV;0403.019.261;an@p.be\n"),
            SCREEN,
            80,
            24,
        )
    )
    assert "headers in row 3" in shown


@pytest.mark.parametrize("width", [80, 120])
def test_the_whole_width_is_used(tmp_path: Path, width: int) -> None:
    rows = "Naam klant;KBO;Mail\n" + "\n".join(f"Firma van de {'lange ' * 9}{n};0403.019.261;an@p.be" for n in range(3))
    (line,) = (line for _, line in view(state(tmp_path, rows), SCREEN, width, 24) if line.startswith("> A"))
    assert width - 6 < len(line) <= width


def test_what_is_above_and_below_the_window_is_counted(tmp_path: Path) -> None:
    top, middle, end = (text(view(many(tmp_path).move_cursor(at), SCREEN, 80, 24)) for at in (0, 30, 61))
    assert "above" not in top
    assert "↓ 49 more below" in top
    assert "↑ 24 more above" in middle
    assert "↓ 25 more below" in middle
    assert "↑ 49 more above" in end
    assert "below" not in end


def test_the_list_of_fields_says_which_are_missing_and_which_come_from_another_column(tmp_path: Path) -> None:
    now = (
        state(tmp_path, "Naam klant;KBO;Nota\nPeeters BV;0403.019.261;x\n").move_cursor(2).choose_field(SCREEN.messages)
    )
    shown = text(view(now, SCREEN, 80, 60))
    assert "Country (country) · required, still missing" in shown
    assert "Company number (company_number) · now from B KBO" in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", ScreenMode)
def test_every_key_is_named_at_80(tmp_path: Path, language: str, mode: ScreenMode) -> None:
    words = message_catalog(language)
    shown = text(view(replace(many(tmp_path), mode=mode), Console(words), 80, 24))
    assert all(key in shown for key in words.phrase(f"screen.keys.{mode.name.lower()}").split(" · "))


def test_our_own_column_of_a_marked_workbook_is_not_listed(tmp_path: Path) -> None:
    now = state(tmp_path, "Naam klant;KBO;clientimport: wat te doen\nPeeters BV;0403.019.261;Vul in\n")
    assert [match.column.letter for match in now.matches] == ["A", "B"]


def test_a_column_that_the_platform_does_not_take_has_no_tick(tmp_path: Path) -> None:
    shown = text(view(state(tmp_path, "Naam klant;Gsm\nPeeters BV;0475 12 34 56\n"), SCREEN, 80, 24)).splitlines()
    (line,) = [line for line in shown if " Gsm " in line and line.startswith("  B")]
    assert line.rstrip().endswith(NOT_USED)
