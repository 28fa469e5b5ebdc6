"""Our own folders in a bad state: without rights, a file in their place, a profile that nobody can read."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import clientimport

PARTNER = ("-p", "banqup-partner")
ROWS = "Naam;Land;E-mail;Voornaam;Familienaam;Taal\nA BV;BE;a@acme.be;An;Peeters;nl-BE\n"
PUSH = ("push", "clients.csv", "-c", "sandbox", *PARTNER, "--yes", "--accept-proposals", "--json")
VALIDATE = ("validate", "clients.csv", *PARTNER, "--json")


@pytest.fixture(autouse=True)
def _usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def _there(home: Path, _usual_umask: None) -> None:
    Path("clients.csv").write_text(ROWS, encoding="utf-8")
    assert clientimport("map", "clients.csv", *PARTNER, "--save", "good").exit_code == 0
    assert (home / "profiles" / "good.toml").is_file()


def without_power() -> None:
    """Take from root, in the process that is about to start, what lets it read and write everything."""
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP


def as_anybody(*arguments: str) -> tuple[int, Any, str]:
    """Return exit code, JSON and stderr of a command that rights hold for."""
    command = [sys.executable, "-m", "clientimport", *arguments]
    done = subprocess.run(command, preexec_fn=without_power, capture_output=True, check=False, text=True)
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="rights that bind root too are made with Linux's capabilities")
@pytest.mark.parametrize(
    ("arguments", "mode", "code"),
    [
        (VALIDATE, 0o000, "settings.place"),
        (("profiles", "list", "--json"), 0o000, "settings.place"),
        (PUSH, 0o500, "settings.place"),
        (("runs", "list", "--json"), 0o500, "settings.place"),
        (("map", "clients.csv", *PARTNER, "--save", "new", "--json"), 0o500, "profile.unwritable"),
    ],
)
def test_a_home_without_rights_is_said_as_such(arguments: tuple[str, ...], mode: int, code: str, home: Path) -> None:
    for folder in (home / "profiles", home):
        folder.chmod(mode)
    try:
        exit_code, told, _ = as_anybody(*arguments)
    finally:
        for folder in (home, home / "profiles"):
            folder.chmod(0o700)
    assert (exit_code, told["error"]["code"]) == (2, code)
    assert "you have no permission for it" in told["error"]["message"]


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        (".", VALIDATE, "settings.place"),
        (".", PUSH, "settings.place"),
        ("locks", PUSH, "settings.place"),
        ("profiles", ("map", "clients.csv", *PARTNER, "--save", "new", "--json"), "profile.unwritable"),
        ("profiles", ("profiles", "show", "good", "--json"), "profile.folder"),
    ],
)
def test_a_file_where_a_folder_is_needed_is_said_as_such(
    name: str, arguments: tuple[str, ...], code: str, home: Path
) -> None:
    place = home if name == "." else home / name
    if place.exists():
        place.rename("elsewhere")
    place.write_text("a file", encoding="utf-8")
    answer = clientimport(*arguments)
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, code)
    assert "a part of the path is a file, not a folder" in answer.json["error"]["message"]


@pytest.mark.parametrize("name", ["config.toml", "state.db", "sandbox.db"])
def test_a_folder_where_a_file_is_needed_is_said_as_such(name: str, home: Path) -> None:
    (home / name).mkdir()
    answer = clientimport(*PUSH)
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "settings.place")
    assert name in answer.json["error"]["message"]


def broken(home: Path, how: str) -> None:
    profile = home / "profiles" / "bad.toml"
    if how == "no TOML":
        profile.write_text("= what", encoding="utf-8")
    elif how == "of a newer version":
        profile.write_text("version = 99\n", encoding="utf-8")
    elif how == "no text":
        profile.write_bytes(b"\xff\xfe\x00")
    elif how == "a folder":
        profile.mkdir()
    else:
        profile.symlink_to("gone.toml")


@pytest.mark.parametrize("how", ["no TOML", "of a newer version", "no text", "a folder", "a link to nowhere"])
def test_one_broken_profile_is_said_and_left_out(how: str, home: Path) -> None:
    broken(home, how)
    for arguments in (VALIDATE, PUSH, ("profiles", "list", "--json")):
        answer = clientimport(*arguments)
        assert answer.exit_code == 0
        assert "bad.toml" in answer.err
    assert [one["name"] for one in clientimport("profiles", "list", "--json").json["profiles"]] == ["good"]
    assert "profile good" in clientimport(*VALIDATE[:-1]).err  # the others are still found by their headers
    assert "bad.toml" not in clientimport(*VALIDATE, "--no-profile").err
    assert "bad.toml" not in clientimport(*VALIDATE, "--profile", "good").err
    for named in ((*VALIDATE, "--profile", "bad"), ("profiles", "show", "bad", "--json")):
        answer = clientimport(*named)
        assert (answer.exit_code, answer.json["error"]["code"].partition(".")[0]) == (2, "profile")


def test_profiles_are_their_owners_alone_in_the_plainest_case(home: Path) -> None:
    assert mode(home) == mode(home / "profiles") == 0o700
    assert mode(home / "profiles" / "good.toml") == 0o600


def test_a_folder_of_profiles_that_is_open_to_all_is_closed(home: Path) -> None:
    (home / "profiles").chmod(0o755)
    (home / "profiles" / "good.toml").chmod(0o644)
    assert clientimport("map", "clients.csv", *PARTNER, "--save", "good", "--force").exit_code == 0
    assert mode(home / "profiles") == 0o700
    assert mode(home / "profiles" / "good.toml") == 0o600


def test_a_disk_that_fills_up_leaves_the_profile_that_was_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (home / "profiles" / "good.toml").read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    answer = clientimport("map", "clients.csv", *PARTNER, "--save", "good", "--force", "--json")
    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "profile.unwritable")
    assert [(file.name, file.read_bytes()) for file in (home / "profiles").iterdir()] == [("good.toml", before)]


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777
