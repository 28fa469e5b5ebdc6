from __future__ import annotations

import stat
from pathlib import Path

import pytest
from openpyxl import Workbook

from clientimport.errors import FileUnreadable
from clientimport.files.writers.workbook_bytes import save_workbook


def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    path.write_text("mine")
    with pytest.raises(FileUnreadable, match=r"file\.exists"):
        save_workbook(Workbook(), path, force=False)
    assert path.read_text() == "mine"
    save_workbook(Workbook(), path, force=True)
    assert path.read_bytes().startswith(b"PK")


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"file\.is_directory"):
        save_workbook(Workbook(), tmp_path, force=True)


def test_a_link_is_replaced_and_what_it_led_to_is_kept(tmp_path: Path) -> None:
    elsewhere, link = tmp_path / "elsewhere.txt", tmp_path / "clients.xlsx"
    elsewhere.write_text("mine")
    link.symlink_to(elsewhere)
    save_workbook(Workbook(), link, force=True)
    assert elsewhere.read_text() == "mine"
    assert not link.is_symlink()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"file\.no_folder") as caught:
        save_workbook(Workbook(), tmp_path / "none" / "clients.xlsx", force=False)
    assert caught.value.facts["folder"] == str(tmp_path / "none")


def test_a_file_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable, match=r"file\.not_written"):
        save_workbook(Workbook(), tmp_path / f"{'x' * 300}.xlsx", force=False)
    assert not list(tmp_path.iterdir())


def test_nothing_is_left_beside_the_file(tmp_path: Path) -> None:
    save_workbook(Workbook(), tmp_path / "clients.xlsx", force=False)
    assert [file.name for file in tmp_path.iterdir()] == ["clients.xlsx"]


@pytest.mark.parametrize("private", [True, False])
def test_a_private_file_is_readable_by_the_user_alone(tmp_path: Path, private: bool) -> None:
    path = tmp_path / "clients.xlsx"
    path.write_text("open to all")
    path.chmod(0o666)
    save_workbook(Workbook(), path, force=True, private=private)
    others = stat.S_IMODE(path.stat().st_mode) & 0o044
    assert bool(others) is not private


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    for path in (first, second):
        workbook = Workbook()
        workbook.properties.created = workbook.properties.created.replace(year=2000 + int(path.stem))
        save_workbook(workbook, path, force=False)
    assert first.read_bytes() == second.read_bytes()
    assert b"1980" not in first.read_bytes()
