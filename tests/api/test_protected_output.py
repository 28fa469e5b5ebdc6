"""No result is written over what it was made of, or over a file of the program's own: force does not change that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import clientimport as ci

PARTNER = "banqup-partner"
Write = Callable[[Path, str], None]


def fix(path: Path, source: str) -> None:
    ci.read(source, platform=PARTNER).fix().to_excel(path, force=True)


def reject(path: Path, source: str) -> None:
    ci.read(source, platform=PARTNER).fix().rejects_to_excel(path, force=True)


def save(path: Path, source: str) -> None:
    with ci.sandbox(PARTNER) as office:
        ci.read(source, platform=PARTNER).map(accept_proposals=True).plan(office).save(path, force=True)


def merge(path: Path, source: str) -> None:
    ci.merge([(source, "a"), ("books.csv", "b")], platform=PARTNER).to_excel(path, force=True)


WRITERS = [fix, reject, save, merge]


@pytest.mark.parametrize("write", WRITERS)
def test_what_a_result_was_made_of_is_never_written_over(write: Write, folder: Path) -> None:
    before = (folder / "clients.xlsx").read_bytes()
    (folder / "second name.xlsx").hardlink_to(folder / "clients.xlsx")
    for path in (Path("clients.xlsx"), folder / "clients.xlsx", folder / "second name.xlsx"):
        with pytest.raises(ci.UsageError, match="made of") as refused:
            write(path, "clients.xlsx")
        assert refused.value.code == "usage.same_file"
    assert (folder / "clients.xlsx").read_bytes() == before


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("name", ["config.toml.xlsx", "profiles/office.xlsx", "state.db.xlsx"])
def test_the_programs_own_files_are_never_written_over(write: Write, name: str, folder: Path) -> None:
    (folder / "home" / "profiles").mkdir(parents=True, exist_ok=True)
    with pytest.raises(ci.UsageError, match="belongs to clientimport"):
        write(folder / "home" / name, "clients.xlsx")


@pytest.mark.parametrize("write", WRITERS)
def test_another_file_is_replaced_where_that_is_said(write: Write, folder: Path) -> None:
    (folder / "old.xlsx").write_bytes(b"old")
    write(folder / "old.xlsx", "clients.xlsx")
    assert (folder / "old.xlsx").read_bytes() != b"old"
    write(folder / "old.xlsx", "clients.xlsx")


def test_a_file_of_a_folder_that_was_read_is_kept(folder: Path) -> None:
    (folder / "all").mkdir()
    (folder / "all" / "a.xlsx").write_bytes((folder / "clients.xlsx").read_bytes())
    with pytest.raises(ci.UsageError, match="made of"):
        fix(folder / "all" / "a.xlsx", "all")


def test_the_answers_of_a_merge_are_kept(folder: Path) -> None:
    ci.merge(["crm.xlsx", "books.csv"], platform=PARTNER).to_excel("merged.xlsx")
    again = ci.merge(["crm.xlsx", "books.csv"], platform=PARTNER, decide="merged.xlsx")
    with pytest.raises(ci.UsageError, match="made of"):
        again.to_excel("merged.xlsx", force=True)
