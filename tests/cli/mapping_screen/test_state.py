from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.cli.mapping_screen.state import AUTOMATIC, ScreenMode, ScreenState, initial_state
from clientimport.files.read import ReadRequest
from clientimport.matching.profiles import ProfileStore
from clientimport.messages.catalog import message_catalog
from clientimport.schema.loader import load_schema
from clientimport.validation.import_file import UserDecisions, open_import_file

EN = message_catalog("en")
ROWS = "Naam klant;KBO;Mail;Beheerder\nPeeters BV;0403.019.261;an@p.be;Ann\nClaes NV;0202.239.951;jan@c.be;Bob\n"


@pytest.fixture
def state(tmp_path: Path) -> ScreenState:
    (tmp_path / "list.csv").write_text(ROWS)
    found = open_import_file(
        str(tmp_path / "list.csv"),
        load_schema("banqup-partner"),
        ReadRequest(),
        UserDecisions({}, {}),
        ProfileStore(tmp_path / "profiles"),
    )
    return initial_state(found)


def fields(state: ScreenState) -> list[str | None]:
    return [one.field for one in state.portfolio.mapping.matches]


def test_the_eye_stops_at_both_ends(state: ScreenState) -> None:
    assert state.move_cursor(-1).cursor == 0
    assert state.move_cursor(100).cursor == 3


def test_a_decision_stands_and_can_be_taken_back(state: ScreenState) -> None:
    there = state.move_cursor(3)
    said = there.set_field("external_reference")
    assert fields(said)[3] == "external_reference"
    assert said.portfolio.mapping.matches[3].certain
    assert fields(said.set_field(AUTOMATIC)) == fields(state)
    assert said.portfolio.table is state.portfolio.table


def test_a_field_that_moves_to_another_column_leaves_the_first_free(state: ScreenState) -> None:
    first = state.move_cursor(2).set_field("contact_email")
    moved = first.move_cursor(1).set_field("contact_email")
    assert fields(moved)[3] == "contact_email"
    assert fields(moved)[2] != "contact_email"
    assert moved.portfolio.overrides == {3: "contact_email"}


def test_what_is_missing_follows_every_decision(state: ScreenState) -> None:
    assert "contact_last_name" in state.portfolio.missing
    assert "contact_last_name" not in state.move_cursor(3).set_field("contact_last_name").portfolio.missing
    assert "legal_name" in state.set_field("ignore").portfolio.missing


def test_candidates_come_first_and_typing_narrows(state: ScreenState) -> None:
    choosing = state.move_cursor(1).choose_field(EN)
    assert choosing.mode is ScreenMode.FIELDS
    missing = len(state.missing)
    assert choosing.fields(EN)[missing : missing + 3] == ("company_number", "ignore", "")
    assert choosing.fields(EN)[choosing.choice] == "company_number"
    typed = choosing
    for letter in "vat":
        typed = typed.type_text(letter)
    assert typed.fields(EN) == ("vat_number",)
    assert typed.type_text("\b").typed == "va"
    assert typed.type_text("z").fields(EN) == ()


def test_missing_fields_come_first_of_all_and_are_chosen_first_for_a_column_without_one(state: ScreenState) -> None:
    choosing = state.move_cursor(3).choose_field(EN)
    assert state.missing
    assert set(choosing.fields(EN)[: len(state.missing)]) == set(state.missing)
    assert choosing.fields(EN)[choosing.choice] in state.missing
    done = state.move_cursor(3).set_field("contact_last_name")
    assert "contact_last_name" not in done.fields(EN)[: len(done.missing)]


def test_the_column_that_gives_a_field_already_is_known(state: ScreenState) -> None:
    at = state.move_cursor(3)
    giver = at.column_of("company_number")
    assert giver is not None
    assert giver.column.header == "KBO"
    assert state.move_cursor(1).column_of("company_number") is None


def test_every_decision_can_be_undone_one_by_one(state: ScreenState) -> None:
    first = state.move_cursor(3).set_field("external_reference")
    second = first.move_cursor(-2).set_field("ignore")
    assert second.previous is not None
    assert fields(second.previous) == fields(first)
    assert second.previous.cursor == 1
    assert second.previous.previous is not None
    assert fields(second.previous.previous) == fields(state)
    assert state.previous is None


def test_a_proposal_is_taken_with_one_key(state: ScreenState) -> None:
    asked = state.set_field("ignore").set_field(AUTOMATIC)
    assert asked.accept_proposal().portfolio.overrides == {0: "legal_name"}


def test_only_some_columns_may_be_listed(state: ScreenState) -> None:
    few = initial_state(state.portfolio, [2, 3])
    assert [one.column.header for one in few.matches] == ["Mail", "Beheerder"]
    assert few.move_cursor(5).match.column.header == "Beheerder"
