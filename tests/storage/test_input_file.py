"""A file that cannot be read says why at once, and which one was probably meant."""

from __future__ import annotations

import os
import socket
import unicodedata
from pathlib import Path

import pytest

from clientimport.errors import FileUnreadable
from clientimport.storage.input_file import file_bytes
from command_line import clientimport
from spreadsheets import CLIENT, HEADER, csv, xlsx

LOCK = bytes([5]) + b"An P." + bytes(159)
"""Excel's: 165 bytes with a name."""


def refused(path: Path) -> FileUnreadable:
    with pytest.raises(FileUnreadable) as caught:
        file_bytes(path)
    return caught.value


@pytest.mark.parametrize("name", ["~$klanten.xlsx", ".~lock.klanten.xlsx#"])
def test_a_lock_file_names_the_file_that_is_meant(tmp_path: Path, name: str) -> None:
    (tmp_path / "klanten.xlsx").write_bytes(xlsx([HEADER, CLIENT]))
    (tmp_path / name).write_bytes(LOCK)
    error = refused(tmp_path / name)
    assert (error.code, error.facts["meant"]) == ("file.lock_file", str(tmp_path / "klanten.xlsx"))


def test_a_workbook_that_is_called_like_a_lock_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "~$klanten.xlsx"
    file.write_bytes(xlsx([HEADER, CLIENT]))
    assert file_bytes(file) == file.read_bytes()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "klanten.csv")
    assert refused(tmp_path / "klanten.csv").code == "file.pipe"


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="not on this system")
def test_what_a_shell_hands_over_is_read() -> None:
    """`clientimport validate <(command)`: a pipe that somebody writes into."""
    out, into = os.pipe()
    os.write(into, b"Naam;Land")
    os.close(into)
    try:
        assert file_bytes(Path(f"/dev/fd/{out}")) == b"Naam;Land"
    finally:
        os.close(out)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="not on this system")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_no_file(device: str) -> None:
    assert refused(Path(device)).code == "file.device"


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="not on this system")
def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # its path may not be long
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s")
        assert refused(Path("s")).code == "file.device"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert refused(tmp_path).code == "file.is_directory"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("klanten2026.xlsx", "klanten 2026.xlsx"),
        ("klanten 2026.csv", "klanten 2026.xlsx"),
        ("KLANTEN 2026.XLSX", "klanten 2026.xlsx"),
        ("k.csv", "k.xlsx"),
        (unicodedata.normalize("NFD", "café.csv"), "café.csv"),
        ("leveranciers.xlsx", ""),
        ("no/klanten 2026.xlsx", ""),
        ("café.csv/x.csv", ""),
    ],
)
def test_a_name_that_does_not_exist_names_the_nearest(tmp_path: Path, typed: str, meant: str) -> None:
    for name in ("klanten 2026.xlsx", "café.csv", "k.xlsx", "~$klanten 2026.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    if (tmp_path / typed).exists():
        pytest.skip("names differ in nothing for this system")
    error = refused(tmp_path / typed)
    assert (error.code, error.facts["meant"]) == ("file.not_found", str(tmp_path / meant) if meant else "")


@pytest.mark.parametrize("name", ["a\x00b.csv", "x" * 5000])
def test_a_name_that_cannot_be_is_refused_in_words(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path / name).code == "file.io"


@pytest.mark.parametrize(
    "command",
    [
        ("map", "{}", "-p", "banqup-partner"),
        ("validate", "{}", "-p", "banqup-partner"),
        ("fix", "{}", "-p", "banqup-partner", "-o", "out.xlsx"),
        ("plan", "{}", "-c", "sandbox", "-p", "banqup-partner"),
        ("push", "{}", "-c", "sandbox", "-p", "banqup-partner", "--dry-run"),
        ("push", "{}.json", "-c", "sandbox", "-p", "banqup-partner", "--dry-run"),
        ("profiles", "import", "{}"),
    ],
)
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has none")
def test_every_command_that_reads_a_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.csv").write_text(csv([HEADER, CLIENT]), encoding="utf-8")
    for name in ("pipe", "pipe.json"):
        os.mkfifo(tmp_path / name)
    for name, code in (("pipe", "file.pipe"), ("lisst", "file.not_found")):
        told = clientimport(*(part.format(name) for part in command), "--json")
        assert (told.exit_code, told.json["error"]["code"]) == (2, code)
        if code == "file.not_found" and "{}.json" not in command:
            assert "list.csv" in told.json["error"]["message"]
