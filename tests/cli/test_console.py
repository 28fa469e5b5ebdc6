"""Asking a person, and what is said when there is none."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from clientimport.cli.console import Console, ProgressLine, QuestionDeclined
from clientimport.errors import UsageError
from clientimport.messages.catalog import message_catalog

PERSON = Console(message_catalog("nl"), is_interactive=True)


def typing(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize("answer", ["ja", "J", "y", "yes"])
def test_a_yes_goes_on(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    typing(monkeypatch, f"{answer}\n")
    PERSON.confirm("Doen?", "--yes")


@pytest.mark.parametrize("answer", ["\n", "nee\n", "", "jawohl\n"])
def test_anything_else_is_a_no(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    typing(monkeypatch, answer)
    with pytest.raises(QuestionDeclined):
        PERSON.confirm("Doen?", "--yes")


def test_mails_want_their_number_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, "117\n117\n")
    PERSON.confirm_number("Typ 117:", 117, "--yes")
    with pytest.raises(QuestionDeclined):
        PERSON.confirm_number("Typ 118:", 118, "--yes")


def test_where_nobody_can_be_asked_the_flag_is_named() -> None:
    with pytest.raises(UsageError) as refused:
        replace(PERSON, is_interactive=False).confirm("Doen?", "--yes")
    assert refused.value.facts["flag"] == "--yes"


def test_quiet_hides_notes_and_not_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    quiet = replace(PERSON, quiet=True)
    quiet.info("declined")
    assert capsys.readouterr().err == ""
    quiet.warn("push.unverified", platform="X", source="Y")
    assert "X" in capsys.readouterr().err


def test_a_question_shows_control_characters_and_obeys_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, "ja\n")
    PERSON.confirm("\x1b[2JPeeters?", "--yes")
    assert "\x1b" not in capsys.readouterr().err


def test_a_name_from_a_platform_cannot_change_the_screen() -> None:
    assert PERSON.messages.phrase("clients.deleted", name="\x1b[2JPeeters\r") == "␛[2JPeeters␍ is verwijderd."


def test_far_from_a_terminal_every_tenth_is_told_with_pace_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = iter([0.0, 2.0, *(3.0 + at for at in range(20))])
    line = ProgressLine(PERSON, "Verzonden", 20, lambda: next(seconds))
    for done in range(1, 21):
        line.show(done)
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 10
    assert told[0] == "Verzonden 2/20 · 1.0/s · 0:18"
    assert told[-1].startswith("Verzonden 20/20")


def test_what_takes_less_than_a_second_is_told_without_a_guess(capsys: pytest.CaptureFixture[str]) -> None:
    line = ProgressLine(PERSON, "Verzonden", 10, lambda: 0.0)
    line.show(1)
    assert capsys.readouterr().err == "Verzonden 1/10\n"
