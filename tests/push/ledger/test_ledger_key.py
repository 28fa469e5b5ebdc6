"""The key of the ledger is made once and never silently a second time, whatever became of file and keyring."""

from __future__ import annotations

import os
import stat
import sys
import threading
import types
from pathlib import Path

import pytest

from clientimport.errors import ClientImportError, SettingsUnusable, UsageError
from clientimport.push.ledger.key_records import FILE, KEYRING
from clientimport.push.ledger.ledger import Ledger
from clientimport.push.ledger.ledger_key import ledger_key, move_key, replace_lost_key
from clientimport.storage import system_keyring

pytestmark = pytest.mark.only_sqlite("the key of a home is for its own ledger; a shared one has a key for each account")


class Keyring(types.SimpleNamespace):
    """A keyring that keeps what it is given, while it is unlocked."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def _opened(self) -> dict[tuple[str, str], str]:
        if self.locked:
            raise OSError("locked")
        return self.kept

    def get_password(self, service: str, name: str) -> str | None:
        return self._opened().get((service, name))

    def set_password(self, service: str, name: str, value: str) -> None:
        self._opened()[service, name] = value

    def delete_password(self, service: str, name: str) -> None:
        del self._opened()[service, name]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    made = Keyring()
    monkeypatch.setitem(sys.modules, "keyring", made)
    return made


def key(home: Path) -> bytes:
    with Ledger(home / "state.db") as ledger:
        return ledger_key(ledger, home / "ledger.key")


def refusal(home: Path) -> str:
    with pytest.raises(SettingsUnusable) as refused:
        key(home)
    return refused.value.code


def test_without_a_keyring_it_stands_in_a_file_for_its_owner_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = key(tmp_path)
    finally:
        os.umask(before)
    file = tmp_path / "ledger.key"
    assert (len(made), made.hex() in file.read_text()) == (32, True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert key(tmp_path) == made


def test_in_a_keyring_no_file_holds_it(tmp_path: Path, keyring: Keyring) -> None:
    made = key(tmp_path)
    assert list(keyring.kept.values()) == [made.hex()]
    assert key(tmp_path) == made
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert made not in kept
    assert made.hex().encode() not in kept


def test_a_keyring_that_is_locked_tonight_makes_no_second_key(tmp_path: Path, keyring: Keyring) -> None:
    made = key(tmp_path)
    keyring.locked = True
    assert refusal(tmp_path) == "ledger.key_locked"
    keyring.locked = False
    assert key(tmp_path) == made


def test_a_key_made_while_the_keyring_was_locked_stays_in_its_file(tmp_path: Path, keyring: Keyring) -> None:
    keyring.locked = True
    made = key(tmp_path)
    keyring.locked = False
    assert key(tmp_path) == made
    assert keyring.kept == {}


def test_a_keyring_that_waits_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    waiting = types.SimpleNamespace(set_password=lambda *_: released.wait(30), get_password=lambda *_: None)
    monkeypatch.setitem(sys.modules, "keyring", waiting)
    monkeypatch.setattr(system_keyring, "SECONDS", 0.05)
    assert len(key(tmp_path)) == 32
    assert (tmp_path / "ledger.key").exists()
    released.set()


def test_of_many_at_once_one_makes_it(tmp_path: Path) -> None:
    Ledger(tmp_path / "state.db").close()
    begin, made = threading.Barrier(8), []

    def make() -> None:
        begin.wait()
        made.append(key(tmp_path))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(made))) == (8, 1)


def test_a_lost_key_is_told_and_comes_back_from_a_backup(tmp_path: Path) -> None:
    made, file = key(tmp_path), tmp_path / "ledger.key"
    backup = file.read_bytes()
    file.unlink()
    assert refusal(tmp_path) == "ledger.key_missing"
    assert not file.exists()
    file.write_bytes(backup)
    assert key(tmp_path) == made


@pytest.mark.parametrize("content", [b"", b"clientimport-ledger-key-1 12", b"\xff\xfe", b"x" * 64])
def test_a_damaged_key_is_told_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    key(tmp_path)
    (tmp_path / "ledger.key").write_bytes(content)
    assert refusal(tmp_path) == "ledger.key_damaged"
    assert (tmp_path / "ledger.key").read_bytes() == content


def test_a_damaged_file_begins_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "ledger.key").write_bytes(b"something of somebody")
    assert refusal(tmp_path) == "ledger.key_damaged"
    assert (tmp_path / "ledger.key").read_bytes() == b"something of somebody"


def test_the_key_of_another_ledger_is_told(tmp_path: Path) -> None:
    for home in ("one", "two"):
        key(tmp_path / home)
    (tmp_path / "two" / "ledger.key").replace(tmp_path / "one" / "ledger.key")
    assert refusal(tmp_path / "one") == "ledger.key_other"


def test_a_key_that_was_copied_to_a_new_home_is_taken(tmp_path: Path) -> None:
    made = key(tmp_path / "one")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "ledger.key").write_bytes((tmp_path / "one" / "ledger.key").read_bytes() + b"\r\n")
    assert key(tmp_path / "two") == made


def test_it_is_moved_out_of_the_keyring_and_back(tmp_path: Path, keyring: Keyring) -> None:
    made, file = key(tmp_path), tmp_path / "ledger.key"
    with Ledger(tmp_path / "state.db") as ledger:
        assert move_key(ledger, file, FILE).place == FILE
        assert (keyring.kept, file.exists()) == ({}, True)
        keyring.locked = True
        assert ledger_key(ledger, file) == made
        with pytest.raises(SettingsUnusable, match="no_keyring"):
            move_key(ledger, file, KEYRING)
        assert ledger_key(ledger, file) == made
        keyring.locked = False
        move_key(ledger, file, KEYRING)
        assert not file.exists()
        assert ledger_key(ledger, file) == made


def test_a_new_one_is_made_only_when_the_old_one_is_gone(tmp_path: Path) -> None:
    made, file = key(tmp_path), tmp_path / "ledger.key"
    with Ledger(tmp_path / "state.db") as ledger:
        with pytest.raises(UsageError, match="key_there"):
            replace_lost_key(ledger, file)
        file.write_bytes(b"half")
        replace_lost_key(ledger, file)
        assert ledger_key(ledger, file) != made
    assert (tmp_path / "ledger.key.unused").read_bytes() == b"half"


def test_a_key_that_cannot_be_written_sends_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path / "state.db") as ledger:
        with pytest.raises(ClientImportError):
            ledger_key(ledger, tmp_path / "no-such-folder" / "ledger.key")
        assert ledger.key_records.current() is None
