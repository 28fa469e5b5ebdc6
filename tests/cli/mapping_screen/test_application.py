"""The mapping screen on a real terminal: keys go in, the screen is read, the result comes out on stdout."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest

from command_line import clientimport

PROGRAM = (sys.executable, "-m", "clientimport")
PARTNER = ("-p", "banqup-partner", "--language", "en")
ROWS = "Naam klant;KBO;Mail;Beheerder\nPeeters BV;0403.019.261;an@p.be;Ann\nClaes NV;0202.239.951;jan@c.be;Bob\n"
DOWN, ENTER, CTRL_C = "\x1b[B", "\r", "\x03"
SIZE = (80, 24)


class Person:
    """Somebody at a terminal; `seen` is what stands on it."""

    def __init__(self, terminal: int, process: subprocess.Popen[bytes]) -> None:
        self._terminal = terminal
        self._process = process
        self._screen = pyte.Screen(*SIZE)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def seen(self) -> str:
        return "\n".join(self._screen.display)

    def waits_for(self, text: str) -> None:
        """Read until `text` stands on the screen."""
        while text not in self.seen:
            self._stream.feed(os.read(self._terminal, 4096))

    def types(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def leaves(self) -> tuple[int, str]:
        """Return the exit code and what came on the way out."""
        found = b""
        try:
            while more := os.read(self._terminal, 4096):
                found += more
        except OSError:  # the other end is closed
            pass
        return self._process.wait(30), found.decode()


@contextmanager
def at_a_terminal(*arguments: str) -> Iterator[Person]:
    person, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | {"TERM": "xterm"}
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        env=environment,
        start_new_session=True,
    ) as process:
        os.close(terminal)
        try:
            yield Person(person, process)
        finally:
            process.kill()
            os.close(person)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(ROWS)
    return tmp_path / "list.csv"


def test_a_column_is_changed_and_the_mapping_saved_by_keyboard(file: Path) -> None:
    with at_a_terminal("map", str(file), *PARTNER) as person:
        person.waits_for("Still missing")
        person.types(DOWN * 3)
        person.waits_for("Beheerder:")
        person.types(ENTER)
        person.waits_for("What is Beheerder?")
        person.types("external")
        person.waits_for("external▏")
        person.types(ENTER)
        person.waits_for("External reference")
        person.types("s")
        person.waits_for("Save as profile:")
        person.types("office")
        person.waits_for("office▏")
        person.types(ENTER)
        person.waits_for("profile office")
        person.types("q")
        exit_code, out = person.leaves()
    assert exit_code == 1
    (line,) = (line for line in out.splitlines() if line.startswith("D  Beheerder "))
    assert "External reference" in line
    saved = clientimport("profiles", "show", "office", "--json").json["profiles"][0]["columns"]
    assert {"header": "Beheerder", "field": "external_reference", "letter": None} in saved


def test_a_field_that_another_column_gave_is_said_and_the_decision_undone(file: Path) -> None:
    with at_a_terminal("map", str(file), *PARTNER) as person:
        person.waits_for("Still missing")
        person.types(DOWN * 3 + ENTER)
        person.waits_for("What is Beheerder?")
        person.types("company_number")
        person.waits_for("now from B KBO")
        person.types(ENTER)
        person.waits_for("Company number now comes from D (Beheerder); B (KBO) no longer gives it.")
        person.types("u")
        person.waits_for("Undone.")
        person.types("u")
        person.waits_for("Nothing to undo.")
        person.types("q")
        _, out = person.leaves()
    assert "B  KBO " in out


def test_leaving_with_unsaved_decisions_asks_and_hands_them_to_the_next_command(file: Path) -> None:
    with at_a_terminal("map", str(file), *PARTNER) as person:
        person.waits_for("Still missing")
        person.types(DOWN * 3)
        person.waits_for("Beheerder:")
        person.types("i")
        person.types("q")
        person.waits_for("leave without saving")
        person.types("\x1b")
        person.waits_for("u undo")
        person.types("q")
        person.waits_for("leave without saving")
        person.types("s")
        person.waits_for("Save as profile:")
        person.types("\x1b")
        person.waits_for("u undo")
        person.types("q")
        person.waits_for("leave without saving")
        person.types("q")
        exit_code, out = person.leaves()
    assert exit_code == 1
    assert f"clientimport map {file} -p banqup-partner --language en --set Beheerder=ignore" in out.replace(
        "\r\n", "\n"
    )


def test_what_was_saved_is_not_asked_about_again(file: Path) -> None:
    with at_a_terminal("map", str(file), *PARTNER) as person:
        person.waits_for("Still missing")
        person.types("i" + "s" + "ours" + ENTER)
        person.waits_for("profile ours")
        person.types("q")
        _, out = person.leaves()
    assert "clientimport map" not in out


def test_ctrl_c_leaves_at_once_and_keeps_nothing(file: Path) -> None:
    with at_a_terminal("map", str(file), *PARTNER, "--save", "office") as person:
        person.waits_for("Still missing")
        person.types(CTRL_C)
        assert person.leaves()[0] == 130
    assert clientimport("profiles", "list", "--json").json["profiles"] == []


def test_nobody_is_asked_where_the_result_goes_elsewhere(file: Path) -> None:
    assert clientimport("map", str(file), *PARTNER, "--json").exit_code == 1
    with at_a_terminal("map", str(file), *PARTNER, "--no-input") as person:
        assert person.leaves()[0] == 1


def test_a_push_asks_about_the_doubtful_columns_alone(tmp_path: Path) -> None:
    header = "Naam klant;KBO;Land;E-mail contact;Voornaam contact;Naam contact;Taal;Sjabloon;Mandaat\n"
    row = "Peeters BV;0403.019.261;BE;an@p.be;An;Peeters;nl;Standard;ja\n"
    (tmp_path / "clients.csv").write_text(header + row)
    with at_a_terminal("push", str(tmp_path / "clients.csv"), "-c", "sandbox", *PARTNER) as person:
        person.waits_for("/N]")
        person.types("c\n")
        person.waits_for("Sjabloon:")
        assert "Naam klant" not in person.seen
        person.types(" " + DOWN + " ")
        person.waits_for("No column is left")
        person.types("q")
        person.waits_for("create 1 client")
        person.types("y\n")
        assert person.leaves()[0] == 0
    clients = clientimport("clients", "list", "-c", "sandbox", *PARTNER, "--json").json["clients"]
    assert clients[0]["fields"]["configuration_template"] == "Standard"
