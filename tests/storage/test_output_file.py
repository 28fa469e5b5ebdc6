"""Output files: what is guarded, and outputs that are no files on a disk."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from clientimport.errors import FileUnreadable, UsageError
from clientimport.settings.folders import Folders, own_files
from clientimport.storage.atomic_write import make_private_folder, write_atomically
from clientimport.storage.output_file import file_descriptor, is_stream, require_new, write_output
from clientimport.storage.protected_files import ProgramFiles, file_protection, protect, require_distinct

ROWS = "Naam;Land;E-mail;Voornaam;Familienaam;Taal\nA BV;BE;a@acme;An;Peeters;nl-BE\n"


def refused(path: Path) -> str:
    with pytest.raises((UsageError, FileUnreadable)) as caught:
        write_output(b"new", path)
    return caught.value.code


def test_what_was_read_is_not_written_over_under_any_name(tmp_path: Path) -> None:
    source, hard, link = (tmp_path / name for name in ("source.csv", "hard.csv", "link.csv"))
    source.write_bytes(b"old")
    os.link(source, hard)
    link.symlink_to(source)
    with file_protection(ProgramFiles()):
        protect(source)
        assert [refused(path) for path in (source, hard, link)] == ["usage.same_file"] * 3
        write_output(b"new", tmp_path / "source2.csv")
    assert source.read_bytes() == b"old"
    write_output(b"new", source)  # the next command is another one


def test_what_is_led_in_on_stdin_is_an_input(tmp_path: Path) -> None:
    source = tmp_path / "source.csv"
    source.write_bytes(b"old")
    with source.open("rb") as stdin, file_protection(ProgramFiles()):
        protect(stdin.fileno())
        assert refused(source) == "usage.same_file"


def test_what_this_command_has_written_is_not_written_over_by_it(tmp_path: Path) -> None:
    with file_protection(ProgramFiles()):
        write_output(b"first", tmp_path / "a.txt")
        assert refused(tmp_path / "a.txt") == "usage.same_file"
    assert (tmp_path / "a.txt").read_bytes() == b"first"


def test_names_that_are_one_file_are_known_before_it_is_there(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "other").symlink_to("folder")
    require_distinct([tmp_path / "folder" / "a", tmp_path / "folder" / "b"])
    with pytest.raises(UsageError, match=r"usage\.same_file"):
        require_distinct([tmp_path / "folder" / "a", tmp_path / "other" / "a"])


def test_all_places_of_ours_are_guarded(tmp_path: Path) -> None:
    places = Folders(tmp_path / "settings", tmp_path / "state")
    named = [getattr(places, name) for name, value in vars(Folders).items() if isinstance(value, property)]
    ours = own_files(places)
    assert len(named) >= 5
    assert [path for path in named if not ours.contains(path)] == []
    assert not ours.contains(tmp_path / "settings" / "clients.xlsx")
    assert not ours.contains(tmp_path / "elsewhere" / "config.toml")


def test_a_home_that_is_reached_by_a_link_is_guarded(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "home").symlink_to("real")
    ours = own_files(Folders(tmp_path / "home", tmp_path / "home"))
    assert ours.contains(tmp_path / "real" / "state.db-wal")


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refused(pipe) == "file.nobody_reads"
    got: list[bytes] = []
    opened = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # so that somebody reads from the beginning
    os.set_blocking(opened, True)

    def read() -> None:
        while sum(map(len, got)) < len(content):  # before somebody writes, a pipe is at its end
            got.append(os.read(opened, len(content)))
        os.close(opened)

    content = b"x" * 200_000  # more than a pipe holds
    reader = threading.Thread(target=read)
    reader.start()
    require_new(pipe, force=False)
    write_output(content, pipe)
    reader.join(30)
    assert b"".join(got) == content
    assert is_stream(pipe)


def test_a_device_is_written_into_and_never_replaced() -> None:
    before = Path(os.devnull).stat()
    write_output(b"new", Path(os.devnull))
    assert Path(os.devnull).stat().st_rdev == before.st_rdev


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="no /dev/stdout")
def test_the_names_of_standard_output_are_known() -> None:
    assert file_descriptor(Path("/dev/fd/7")) == 7
    assert file_descriptor(Path("/proc/self/fd/1")) == 1
    assert file_descriptor(Path("/dev/null")) is None
    assert file_descriptor(Path("report.json")) is None


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_a_report_to_standard_output_goes_where_it_leads(name: str, tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text(ROWS, encoding="utf-8")
    asked = ["validate", "clients.csv", "-p", "banqup-partner", "--report", f"jsonl={name}"]
    with (tmp_path / "out.txt").open("wb") as out:
        subprocess.run(
            [sys.executable, "-m", "clientimport", *asked],
            cwd=tmp_path,
            env={**os.environ, "CLIENTIMPORT_HOME": str(tmp_path / "home")},
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (tmp_path / "out.txt").read_bytes().startswith(b'{"type": "file"')
    assert Path("/dev/stdout").is_symlink()


def test_a_link_that_leads_nowhere_is_not_replaced_without_force(tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to("gone.xlsx")
    with pytest.raises(FileUnreadable, match=r"file\.exists"):
        require_new(link, force=False)


def test_a_name_that_just_fits_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 255)
    write_output(b"new", path)
    assert path.read_bytes() == b"new"


def test_a_process_that_is_killed_while_writing_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(b"old")
    code = (
        "import os, signal, sys; from pathlib import Path; from clientimport.storage.output_file import write_output;"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL); write_output(b'new', Path(sys.argv[1]))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == -9
    assert path.read_bytes() == b"old"


def test_folders_that_are_made_are_their_owners_alone_all_the_way(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        make_private_folder(tmp_path / "a" / "b")
        write_atomically(b"x", tmp_path / "a" / "b" / "file")
    finally:
        os.umask(before)
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path / "a", tmp_path / "a" / "b", tmp_path / "a/b/file")]
    assert modes == [0o700, 0o700, 0o600]
