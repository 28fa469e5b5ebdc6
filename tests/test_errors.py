"""What the system and the libraries say in English is said in the user's language."""

from __future__ import annotations

import errno
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import tomli

from clientimport import errors
from clientimport.errors import SettingsUnusable, reason_facts
from clientimport.messages.catalog import message_catalog
from clientimport.schema.fields import LANGUAGES
from command_line import clientimport


def test_every_reason_has_its_words_in_every_language() -> None:
    codes = {*errors._SYSTEM.values(), *errors._DATABASE.values(), *errors._ARCHIVE.values()}
    for language in LANGUAGES:
        assert codes <= message_catalog(language).reasons.keys()
        assert message_catalog(language).reasons.keys() == message_catalog("en").reasons.keys()


def not_a_database(folder: Path) -> None:
    (folder / "x.db").write_bytes(b"no database at all" * 99)
    sqlite3.connect(folder / "x.db").execute("SELECT 1 FROM x")


def not_a_zip(folder: Path) -> None:
    (folder / "x.zip").write_bytes(b"PK")
    zipfile.ZipFile(folder / "x.zip")


@pytest.mark.parametrize(
    ("fail", "code"),
    [
        (lambda folder: (folder / "none").read_text(), "system.not_found"),
        (lambda folder: folder.read_text(), "system.is_folder"),
        (lambda folder: folder.mkdir(), "system.exists"),
        (lambda folder: (folder / ("x" * 999)).read_text(), "system.name_too_long"),
        (lambda _: tomli.loads("a = "), "text.not_as_expected"),
        (lambda _: json.loads("{"), "text.not_as_expected"),
        (lambda _: b"\xff".decode(), "text.not_utf8"),
        (not_a_database, "database.is_none"),
        (not_a_zip, "zip.damaged"),
        (lambda _: int("x"), "other"),
    ],
)
def test_an_exception_has_a_code(fail: Callable[[Path], object], code: str, tmp_path: Path) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011 -- each its own
        fail(tmp_path)
    assert reason_facts(raised.value)["reason"] == code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_of_a_broken_setting_is_named(language: str) -> None:
    with pytest.raises(tomli.TOMLDecodeError) as raised:
        tomli.loads("[connections]\nx = = 1")
    error = SettingsUnusable("settings.damaged", file="config.toml", reason=raised.value)
    sentence = message_catalog(language).error_message(error.code, error.facts)
    assert "2" in sentence
    assert "Invalid" not in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_system_says_is_said_in_the_language(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, spoken = tmp_path / "file", ("--language", language)
    file.touch()
    (tmp_path / "clients.csv").write_text("Naam;KBO\nPeeters BV;0403.019.261\n")
    answers = [clientimport("template", "-p", "billit", "-o", file / "x.xlsx", *spoken)]
    monkeypatch.setenv("CLIENTIMPORT_HOME", str(file / "home"))
    answers += [clientimport("profiles", "list", *spoken), clientimport("runs", "list", *spoken)]
    english = {os.strerror(number) for number, name in errno.errorcode.items() if name in errors._SYSTEM}
    for answer in answers:
        assert answer.exit_code == 2
        assert not any(text in answer.out + answer.err for text in english)
