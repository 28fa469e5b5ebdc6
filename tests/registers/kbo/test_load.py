from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from kbo import Invented, company_number, invented, write_full, write_update

from clientimport.errors import ClientImportError, FileUnreadable, SettingsUnusable, UsageError
from clientimport.messages.catalog import message_catalog
from clientimport.registers.kbo.enterprise import Enterprise
from clientimport.registers.kbo.extract import Extract
from clientimport.registers.kbo.index import KboIndex
from clientimport.registers.kbo.load import load_extracts

DAY = date(2026, 11, 6)
ONE, TWO, THREE, NEW = (company_number(base) for base in (4_000_000, 4_000_008, 10_000_001, 4_100_000))
KNOWN = (
    Invented(ONE, "Bakkerij Peeters", names=(("003", "De Gouden Korst"),), contacts={"TEL": "09/123.45.67"}),
    Invented(TWO, "Garage Maes", situation="050", form="014", box="3"),
    Invented(THREE, "An Willems", kind="1"),
)


def loaded(index: Path, *zips: Path) -> tuple[Extract, ...]:
    return load_extracts(zips, index, lambda *_: None)


def full(folder: Path, number: int = 190, known: tuple[Invented, ...] = KNOWN) -> Path:
    file = folder / f"KboOpenData_{number:04}_2026_11_06_Full.zip"
    write_full(file, known, number, DAY)
    return file


def update(folder: Path, number: int, *changed: Invented, gone: tuple[str, ...] = ()) -> Path:
    file = folder / f"KboOpenData_{number:04}_2026_11_07_Update.zip"
    write_update(file, gone, changed, number, DAY)
    return file


def enterprises(index: Path, *numbers: str) -> Mapping[str, Enterprise]:
    with closing(KboIndex(index)) as opened:
        return opened.enterprises(numbers)


def held(index: Path) -> int:
    with closing(KboIndex(index)) as opened:
        return opened.extract.number


def test_an_enterprise_is_found_with_all_that_a_list_is_held_against(tmp_path: Path) -> None:
    index = tmp_path / "kbo.db"
    loaded(index, full(tmp_path))
    one = enterprises(index, ONE)[ONE]
    assert (one.situation, one.form, one.natural_person, one.since) == ("000", "610", False, "2003-02-01")
    assert one.name_texts() == ("Bakkerij Peeters", "De Gouden Korst")
    assert one.seat is not None
    assert one.seat.line("fr") == "Rue du Moulin 1, 9000 Gand"
    assert one.contacts == {"TEL": "09/123.45.67"}


def test_a_natural_person_has_no_seat_and_numbers_may_begin_with_one(tmp_path: Path) -> None:
    loaded(tmp_path / "kbo.db", full(tmp_path))
    person = enterprises(tmp_path / "kbo.db", THREE)[THREE]
    assert (person.natural_person, person.seat) == (True, None)
    assert THREE.startswith("1")


def test_a_number_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    loaded(tmp_path / "kbo.db", full(tmp_path))
    assert set(enterprises(tmp_path / "kbo.db", ONE, NEW)) == {ONE}


def test_the_texts_of_codes_are_those_of_the_extract(tmp_path: Path) -> None:
    loaded(tmp_path / "kbo.db", full(tmp_path))
    with closing(KboIndex(tmp_path / "kbo.db")) as index:
        texts = [index.code_text("JuridicalSituation", "050", language) for language in ("nl", "fr", "de", "en")]
        assert texts == ["Opening faillissement", "Ouverture de faillite", "Konkurseröffnung", "Opening faillissement"]
        assert index.code_text("JuridicalForm", "999", "nl") == "999"


def test_an_update_takes_away_changes_and_adds(tmp_path: Path) -> None:
    index = tmp_path / "kbo.db"
    changed = (Invented(TWO, "Garage Maes", situation="000", house_number="7"), Invented(NEW, "Nieuw"))
    loaded(index, full(tmp_path), update(tmp_path, 191, *changed, gone=(ONE,)))
    known = enterprises(index, ONE, TWO, THREE, NEW)
    assert set(known) == {TWO, THREE, NEW}
    changed_seat = known[TWO].seat
    assert (known[TWO].situation, known[TWO].name_texts()) == ("000", ("Garage Maes",))
    assert changed_seat is not None
    assert changed_seat.house_number == "7"
    assert held(index) == 191


def test_extracts_are_loaded_in_their_order_whatever_order_they_are_named_in(tmp_path: Path) -> None:
    index, second = tmp_path / "kbo.db", update(tmp_path, 192, Invented(NEW, "Tweede"))
    loaded(index, second, update(tmp_path, 191, Invented(NEW, "Eerste")), full(tmp_path))
    assert enterprises(index, NEW)[NEW].name_texts() == ("Tweede",)


def test_of_several_full_extracts_the_last_one_counts(tmp_path: Path) -> None:
    index = tmp_path / "kbo.db"
    zips = (full(tmp_path), update(tmp_path, 193, gone=(ONE,)), full(tmp_path, 200), update(tmp_path, 201, gone=(TWO,)))
    assert [extract.number for extract in loaded(index, *zips)] == [200, 201]
    assert set(enterprises(index, ONE, TWO)) == {ONE}


def test_a_gap_is_refused_before_anything_is_changed(tmp_path: Path) -> None:
    index = tmp_path / "kbo.db"
    loaded(index, full(tmp_path))
    with pytest.raises(UsageError) as refused:
        loaded(index, update(tmp_path, 191, gone=(ONE,)), update(tmp_path, 193))
    assert (refused.value.code, refused.value.facts["next"]) == ("kbo.gap", "192")
    assert (held(index), set(enterprises(index, ONE))) == (190, {ONE})


def test_an_update_that_is_held_already_changes_nothing(tmp_path: Path) -> None:
    index = tmp_path / "kbo.db"
    loaded(index, full(tmp_path, 191))
    assert loaded(index, update(tmp_path, 191, gone=(ONE,))) == ()
    assert set(enterprises(index, ONE)) == {ONE}


def test_an_update_without_an_index_and_an_older_full_extract_are_refused(tmp_path: Path) -> None:
    index = tmp_path / "kbo.db"
    with pytest.raises(UsageError, match=r"kbo\.update_alone"):
        loaded(index, update(tmp_path, 191))
    loaded(index, full(tmp_path, 195))
    with pytest.raises(UsageError, match=r"kbo\.older"):
        loaded(index, full(tmp_path, 190))


def repacked(file: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Return a copy of a zip with other contents; what is None is left out."""
    copy = file.with_name(f"changed_{file.name}")
    with ZipFile(file) as before, ZipFile(copy, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = change(name, before.read(name))
            if content is not None:
                after.writestr(name, content)
    return copy


def in_table(table: str, change: Callable[[bytes], bytes | None]) -> Callable[[Path], Path]:
    return lambda file: repacked(file, lambda name, content: change(content) if name == table else content)


def cut(file: Path, at: float) -> Path:
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * at)])
    return file


def packed_unlike(file: Path, at: int, value: int) -> Path:
    """Return the zip with two bytes of each of its entries' headers changed, where both kinds of header have them."""
    content = bytearray(file.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.find(mark)
        while position >= 0:
            content[position + offset + at : position + offset + at + 2] = value.to_bytes(2, "little")
            position = content.find(mark, position + 4)
    file.write_bytes(content)
    return file


def half(content: bytes) -> bytes:
    return content[: len(content) // 2]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda file: cut(file, 0.5), "kbo.not_whole"),
        (lambda file: cut(file, 0), "kbo.not_whole"),
        (lambda file: packed_unlike(file, 0, 1), "kbo.repacked"),  # with a password
        (lambda file: packed_unlike(file, 2, 9), "kbo.repacked"),  # Deflate64
        (in_table("address.csv", half), "kbo."),
        (in_table("denomination.csv", lambda content: content[:-6]), "kbo.not_whole"),
        (in_table("enterprise.csv", lambda content: content[:-3]), "kbo.not_whole"),
        (in_table("contact.csv", lambda _: None), "kbo.table_missing"),
        (in_table("contact.csv", lambda _: b""), "kbo.damaged"),
        (in_table("meta.csv", lambda _: None), "kbo.not_an_extract"),
        (in_table("meta.csv", lambda _: b'"Variable","Value"\n"ExtractNumber","x"\n'), "kbo.damaged"),
        (in_table("enterprise.csv", lambda content: content.replace(b'"Status"', b'"State"')), "kbo.damaged"),
        (in_table("denomination.csv", lambda content: content.replace(b"Maes", b"Ma\xe9s")), "kbo.damaged"),
        (in_table("enterprise.csv", lambda content: content.replace(b'"0400', b'"0x00')), "kbo.damaged"),
    ],
)
def test_a_damaged_file_leaves_the_index_as_it_was(tmp_path: Path, damage: Callable[[Path], Path], code: str) -> None:
    index = tmp_path / "kbo.db"
    loaded(index, full(tmp_path, 190))
    before = index.read_bytes()
    with pytest.raises(FileUnreadable) as refused:
        loaded(index, damage(full(tmp_path, 191)))
    assert refused.value.code.startswith(code)
    assert index.read_bytes() == before
    assert not (tmp_path / "kbo.db.new").exists()


@pytest.mark.parametrize(("at", "value"), [(0, 1), (2, 9)])  # a password; Deflate64
def test_a_zip_that_cannot_be_unpacked_says_why_in_the_language(tmp_path: Path, at: int, value: int) -> None:
    with pytest.raises(FileUnreadable) as refused:
        loaded(tmp_path / "kbo.db", packed_unlike(full(tmp_path), at, value))
    sentence = message_catalog("nl").error_message(refused.value.code, refused.value.facts)
    assert "wachtwoord of is op een onbekende manier ingepakt" in sentence


def test_a_damaged_update_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    index = tmp_path / "kbo.db"
    loaded(index, full(tmp_path, 190))
    broken = in_table("address_insert.csv", half)(update(tmp_path, 191, *KNOWN, gone=(ONE,)))
    with pytest.raises(FileUnreadable):
        loaded(index, broken)
    assert (held(index), set(enterprises(index, ONE, TWO))) == (190, {ONE, TWO})


def test_what_other_writers_do_is_read_all_the_same(tmp_path: Path) -> None:
    """A byte order mark, carriage returns, no last line end, folders and capitals in names, quoted empty values."""
    changed = repacked(full(tmp_path), lambda _, content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n").rstrip())
    other = tmp_path / "renamed by its user (1).zip"
    with ZipFile(changed) as before, ZipFile(other, "w") as after:
        for name in before.namelist():
            after.writestr(f"KboOpenData/{name.upper()}", before.read(name).replace(b",,", b',"",'))
    loaded(tmp_path / "kbo.db", other)
    assert enterprises(tmp_path / "kbo.db", TWO)[TWO].name_texts() == ("Garage Maes",)


def test_what_is_not_active_or_struck_off_is_not_kept(tmp_path: Path) -> None:
    gone = Invented(NEW, "Weg", struck_off="13-11-2023")
    file = full(tmp_path, known=(*KNOWN, gone))
    stopped = in_table("enterprise.csv", lambda content: content.replace(b'"AC","050"', b'"ST","050"'))(file)
    loaded(tmp_path / "kbo.db", stopped)
    known = enterprises(tmp_path / "kbo.db", TWO, NEW)
    assert (set(known), known[NEW].seat) == ({NEW}, None)


def test_an_index_that_is_none_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"kbo\.no_index"):
        KboIndex(tmp_path / "none.db")
    (tmp_path / "kbo.db").write_text("no database at all, but long enough for its header to be looked at" * 9)
    with pytest.raises(SettingsUnusable, match=r"kbo\.index_damaged"):
        KboIndex(tmp_path / "kbo.db")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE extract (number)")
    with pytest.raises(SettingsUnusable, match=r"kbo\.index_layout"):
        KboIndex(tmp_path / "other.db")


def test_five_hundred_numbers_and_more_are_looked_up_at_once(tmp_path: Path) -> None:
    known = tuple(invented(1200))
    loaded(tmp_path / "kbo.db", full(tmp_path, known=known))
    assert len(enterprises(tmp_path / "kbo.db", *(one.number for one in known))) == 1200


KILLED = """
import os, signal, sys
from pathlib import Path
from clientimport.registers.kbo.load import load_extracts
def stop(_file, table):
    if table == "contact":
        os.kill(os.getpid(), signal.SIGKILL)
load_extracts([Path(sys.argv[1])], Path(sys.argv[2]), stop)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL on Windows")
@pytest.mark.parametrize("kind", ["full", "update"])
def test_a_load_that_is_killed_leaves_the_old_index(tmp_path: Path, kind: str) -> None:
    index = tmp_path / "kbo.db"
    loaded(index, full(tmp_path, 190))
    next_one = full(tmp_path, 191, ()) if kind == "full" else update(tmp_path, 191, gone=(ONE, TWO))
    killed = subprocess.run([sys.executable, "-c", KILLED, next_one, index], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (held(index), set(enterprises(index, ONE, TWO))) == (190, {ONE, TWO})
    loaded(index, next_one)  # and it can be done again
    assert held(index) == 191


def test_every_refusal_ends_with_code_two() -> None:
    assert {one.exit_code for one in (FileUnreadable, UsageError, SettingsUnusable)} == {ClientImportError.exit_code}
