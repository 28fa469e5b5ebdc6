from __future__ import annotations

from pathlib import Path

import pytest

from clientimport.cli.mapping_screen.state import AUTOMATIC, ScreenMode, ScreenState, beginning
from clientimport.files.read import ReadRequest
from clientimport.matching.profiles import ProfileStore
from clientimport.messages.catalog import words
from clientimport.schema.loader import load_schema
from clientimport.validation.import_file import UserDecisions, portfolio

EN = words("en")
ROWS = "Naam klant;KBO;Mail;Beheerder\nPeeters BV;0403.019.261;an@p.be;Ann\nClaes NV;0202.239.951;jan@c.be;Bob\n"


@pytest.fixture
def state(tmp_path: Path) -> ScreenState:
    (tmp_path / "list.csv").write_text(ROWS)
    found = portfolio(
        str(tmp_path / "list.csv"),
        load_schema("banqup-partner"),
        ReadRequest(),
        UserDecisions({}, {}),
        ProfileStore(tmp_path / "profiles"),
    )
    return beginning(found)


def fields(state: ScreenState) -> list[str | None]:
    return [one.field for one in state.portfolio.mapping.matches]


def test_the_eye_stops_at_both_ends(state: ScreenState) -> None:
    assert state.moved(-1).at == 0
    assert state.moved(100).at == 3


def test_a_decision_stands_and_can_be_taken_back(state: ScreenState) -> None:
    there = state.moved(3)
    said = there.decided("external_reference")
    assert fields(said)[3] == "external_reference"
    assert said.portfolio.mapping.matches[3].certain
    assert fields(said.decided(AUTOMATIC)) == fields(state)
    assert said.portfolio.table is state.portfolio.table


def test_a_field_that_moves_to_another_column_leaves_the_first_free(state: ScreenState) -> None:
    first = state.moved(2).decided("contact_email")
    moved = first.moved(1).decided("contact_email")
    assert fields(moved)[3] == "contact_email"
    assert fields(moved)[2] != "contact_email"
    assert moved.portfolio.decided == {3: "contact_email"}


def test_what_is_missing_follows_every_decision(state: ScreenState) -> None:
    assert "contact_last_name" in state.portfolio.missing
    assert "contact_last_name" not in state.moved(3).decided("contact_last_name").portfolio.missing
    assert "legal_name" in state.decided("ignore").portfolio.missing


def test_candidates_come_first_and_typing_narrows(state: ScreenState) -> None:
    choosing = state.moved(1).choosing()
    assert choosing.mode is ScreenMode.FIELDS
    assert choosing.fields(EN)[:3] == ("company_number", "ignore", "")
    typed = choosing
    for letter in "vat":
        typed = typed.typing(letter)
    assert typed.fields(EN) == ("vat_number",)
    assert typed.typing("\b").typed == "va"
    assert typed.typing("z").fields(EN) == ()


def test_a_proposal_is_taken_with_one_key(state: ScreenState) -> None:
    asked = state.decided("ignore").decided(AUTOMATIC)
    assert asked.accepted().portfolio.decided == {0: "legal_name"}


def test_only_some_columns_may_be_listed(state: ScreenState) -> None:
    few = beginning(state.portfolio, [2, 3])
    assert [one.column.header for one in few.matches] == ["Mail", "Beheerder"]
    assert few.moved(5).match.column.header == "Beheerder"
