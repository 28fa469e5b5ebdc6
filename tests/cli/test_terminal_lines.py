"""Long sentences on a terminal."""

from __future__ import annotations

import io

import pytest

from clientimport.cli.terminal_lines import PIPED_WIDTH, fold_sentences, terminal_text, text_width

COMMAND = "clientimport validate 'my clients.xlsx' -p banqup-partner --report xlsx=checked.xlsx"


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_sentence_ends_its_lines_between_words_and_loses_none(width: int) -> None:
    sentence = "Nog te bevestigen: N (Mandaat getekend) → Mandaat (mandate); bekende kolomkop met een toevoeging."
    folded = fold_sentences(sentence, width)
    assert max(map(len, folded.splitlines())) <= width
    assert folded.replace("\n", " ") == sentence


def test_a_command_stays_in_one_piece_on_a_line_of_its_own() -> None:
    assert fold_sentences(f"Look at it:  {COMMAND}", 60) == f"Look at it:\n  {COMMAND}"


def test_a_command_that_fits_stays_beside_its_sentence() -> None:
    line = "Look at it:  clientimport runs list"
    assert fold_sentences(line, len(line)) == line


def test_tables_stay_as_they_are() -> None:
    row = "   →    " + "word " * 40
    assert fold_sentences(row, 80) == row


def test_nothing_is_folded_in_a_file() -> None:
    assert terminal_text(f"Look:  {COMMAND}", io.StringIO()) == f"Look:  {COMMAND}"


def test_a_file_is_as_wide_wherever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert text_width(io.StringIO()) == PIPED_WIDTH
