"""Asking a person, and what is said when there is none."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from clientimport.cli.console import Console, QuestionDeclined
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


@pytest.mark.parametrize(
    ("language", "change"), [("nl", "w = wijzigen"), ("fr", "m = modifier"), ("de", "b = bearbeiten")]
)
def test_a_question_with_a_third_answer_says_what_its_letters_mean(
    language: str, change: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, f"{change[0]}\n")
    person = Console(message_catalog(language), is_interactive=True)
    assert not person.ask_yes_or_change("?")
    assert change in capsys.readouterr().err
