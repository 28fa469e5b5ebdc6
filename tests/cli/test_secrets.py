"""A secret comes from the environment, the keyring or a prompt: never from the command line, never for ever."""

from __future__ import annotations

import os
import stat
import threading
import types
from pathlib import Path

import click
import pytest
import typer

from clientimport.cli.command_table import program
from clientimport.errors import CredentialsRefused
from clientimport.schema.data_files import data_folder
from clientimport.settings.secrets import connection_secret
from clientimport.storage import system_keyring
from command_line import clientimport


def every_command(group: click.Command) -> list[click.Command]:
    if isinstance(group, click.Group):
        return [found for command in group.commands.values() for found in every_command(command)]
    return [group]


def test_no_command_takes_a_secret_on_its_command_line() -> None:
    commands = every_command(typer.main.get_command(program(["every"])))
    named = {
        option
        for command in commands
        for parameter in command.params
        for option in parameter.opts
        if any(word in option for word in ("secret", "password", "token", "key", "insecure"))
    }
    assert len(commands) > 20
    # the name of a variable, seconds of the sandbox, and the fields that join the clients of two lists
    assert named == {"--password-env", "--token-lifetime", "--key"}


def test_a_keyring_that_waits_for_its_dialog_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, released, given_up = threading.Event(), threading.Event(), threading.Event()

    def wait(*_: str) -> None:
        asked.set()
        if not released.wait(30):
            given_up.set()

    monkeypatch.setitem(__import__("sys").modules, "keyring", types.SimpleNamespace(get_password=wait))
    monkeypatch.setattr(system_keyring, "SECONDS", 0.05)
    with pytest.raises(CredentialsRefused, match=r"credentials\.missing"):
        connection_secret("office", None)
    assert asked.is_set()
    assert not given_up.is_set()
    released.set()


def test_what_is_kept_is_the_owners_alone_whatever_the_umask(home: Path) -> None:
    before = os.umask(0)
    try:
        clean = data_folder("samples") / "banqup-partner" / "clean.xlsx"
        on = ("-c", "sandbox", "-p", "banqup-partner")
        assert clientimport("push", clean, *on, "--yes", "--accept-proposals", "--invite").exit_code == 0
        assert clientimport("map", clean, *on[2:], "--save", "office").exit_code == 0
        added = ("--base-url", "https://api.example.com", "--client-id", "me")
        assert clientimport("connections", "add", "office", *on[2:], *added).exit_code == 0
    finally:
        os.umask(before)
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert len(kept) > 3
    assert [path for path in kept if stat.S_IMODE(path.stat().st_mode) & 0o077] == []
