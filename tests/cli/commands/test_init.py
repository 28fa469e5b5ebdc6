"""init: defaults are asked for once, or taken as options, and written with everything else left as it stands."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from clientimport.settings.config_file import load_settings
from command_line import clientimport

OFFICE = '[connections.office]  # ours\nplatform = "billit"\nbase_url = "https://x.be"\nclient_id = "x"\n'


@pytest.fixture
def config(home: Path) -> Path:
    home.mkdir()
    file = home / "config.toml"
    file.write_text(f"# mine\n{OFFICE}", encoding="utf-8")
    return file


def kept(config: Path) -> dict[str, str]:
    return {name.value: value for name, value in load_settings(config).defaults.items()}


def test_options_are_written_and_comments_stay(config: Path) -> None:
    answer = clientimport("init", "--platform", "billit", "--connection", "office", "--language", "fr", "--json")
    assert answer.json["defaults"] == {"platform": "billit", "connection": "office", "language": "fr"}
    assert config.read_text(encoding="utf-8").startswith(f"# mine\n{OFFICE}")
    assert kept(config) == answer.json["defaults"]
    clientimport("init", "--country", "LU", "--connection", "")
    assert kept(config) == {"platform": "billit", "language": "fr", "country": "LU"}


def test_the_language_of_older_settings_moves_to_the_defaults(config: Path) -> None:
    config.write_text('language = "nl"  # old\n', encoding="utf-8")
    assert clientimport("init", "--language", "de").exit_code == 0
    assert kept(config) == {"language": "de"}
    assert clientimport("settings").exit_code == 0


def test_without_anybody_to_ask_options_are_wanted(config: Path) -> None:
    before = config.read_text(encoding="utf-8")
    answer = clientimport("init", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "usage.init_flags")
    assert config.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--platform", "bilit"), "settings.platform"),
        (("--connection", "ofice"), "connection.unknown"),
        (("--profile", "none"), "profile.unknown"),
        (("--country", "Atlantis"), "settings.country"),
        (("--connection", "office", "--platform", "accounton"), "init.other_platform"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(given: tuple[str, ...], code: str, config: Path) -> None:
    answer = clientimport("init", *given, "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, code)
    assert kept(config) == {}


@pytest.mark.parametrize("word", ["inti", "int", "initt", "iniit", "innit", "invit", "inite", "inivte", "invte"])
def test_invite_is_never_what_a_mistyped_word_is_taken_for(word: str) -> None:
    answer = clientimport(word)
    assert answer.exit_code == 2
    assert "'invite'" not in answer.err
    assert ("'init'" in answer.err) is ("v" not in word)


def test_other_commands_are_still_named_for_a_mistyped_word() -> None:
    assert "Did you mean 'validate'?" in clientimport("validat").err


def test_a_person_is_asked_once_and_asked_again_after_what_cannot_be(config: Path) -> None:
    person, terminal = pty.openpty()
    answers = ["bilit", "billit", "ofice", "office", "nl", "be"]
    environment = {**os.environ, "CI": "", "CLIENTIMPORT_NO_INPUT": "", "LC_ALL": "C.UTF-8"}
    words = [sys.executable, "-m", "clientimport", "init"]
    with subprocess.Popen(words, stdin=terminal, stdout=terminal, stderr=terminal, env=environment) as asking:
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # the other end is closed
            while more := os.read(person, 4096):
                shown += more
                if shown.rstrip().endswith(b":") and answers:
                    os.write(person, f"{answers.pop(0)}\n".encode())
                    shown = b""
        exit_code = asking.wait(30)
    os.close(person)
    assert exit_code == 0
    assert kept(config) == {"platform": "billit", "connection": "office", "language": "nl", "country": "BE"}
