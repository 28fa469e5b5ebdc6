"""The ledger's own key: what clients are known by in it, made once, in the keyring or else in a file beside it.

It opens no account, so a secret that is renewed changes nothing here. The ledger holds its fingerprint and where it was
put: a keyring that does not answer tonight never makes a second one.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.errors import FileUnreadable, SettingsUnusable, UsageError
from clientimport.push.ledger.key_records import FILE, KEYRING, KeyRecord, fingerprint
from clientimport.storage import system_keyring
from clientimport.storage.atomic_write import write_atomically

if TYPE_CHECKING:
    from clientimport.push.ledger.ledger import Ledger

LENGTH = 32
"""Bytes: as long as what HMAC-SHA-256 returns, https://www.rfc-editor.org/rfc/rfc2104#section-3."""

_FORM = re.compile(rf"clientimport-ledger-key-1 ([0-9a-f]{{{2 * LENGTH}}})")


def ledger_key(ledger: Ledger, file: Path) -> bytes:
    """Return the key of this ledger, made when it has none yet; `file` is where it stands without a keyring.

    Raises SettingsUnusable when it is gone, damaged or locked: with another key no client would be recognised.
    """
    return _read(ledger.key_records.get_or_create(lambda: _create(file)), file)


def move_key(ledger: Ledger, file: Path, place: str) -> KeyRecord:
    """Put the key into the keyring or into `file`, take it away where it was, and return its record.

    Raises SettingsUnusable when it is gone, or cannot be kept there.
    """
    key = ledger_key(ledger, file)
    record = KeyRecord(fingerprint(key), place)
    _store(key, record, file)
    ledger.key_records.move(record)
    if place == KEYRING:
        file.unlink(missing_ok=True)
    else:
        system_keyring.delete(_keyring_name(record.fingerprint))
    return record


def replace_lost_key(ledger: Ledger, file: Path) -> KeyRecord:
    """Begin with a new key where the one in use is lost. Raises UsageError when it is not."""
    record = ledger.key_records.current()
    if record is not None:
        try:
            _read(record, file)
        except SettingsUnusable:
            _set_aside(file)
        else:
            raise UsageError("ledger.key_there")
    return ledger.key_records.replace(lambda: _create(file))


def _set_aside(file: Path) -> None:
    """Make room for a new key; what stands there is no key of this ledger, and may be one of another."""
    if file.exists():
        file.replace(file.with_name(f"{file.name}.unused"))


def _create(file: Path) -> KeyRecord:
    """Return the record of the key that stands in `file` already, copied there from another home, or of a new one."""
    existing = _read_file(file)
    if existing is not None:
        return KeyRecord(fingerprint(existing), FILE)
    key = secrets.token_bytes(LENGTH)
    mark = fingerprint(key)
    if system_keyring.store(_keyring_name(mark), key.hex()):
        return KeyRecord(mark, KEYRING)
    record = KeyRecord(mark, FILE)
    _store(key, record, file)
    return record


def _read(record: KeyRecord, file: Path) -> bytes:
    """Return the key of this record, wherever it stands. Raises SettingsUnusable."""
    unusable_file = None
    try:
        in_file = _read_file(file)
    except SettingsUnusable as unusable:
        in_file, unusable_file = None, unusable
    if in_file is not None and fingerprint(in_file) == record.fingerprint:
        return in_file
    in_keyring = _read_keyring(record.fingerprint)
    if in_keyring is not None:
        return in_keyring
    code = "ledger.key_locked" if record.place == KEYRING else "ledger.key_missing"
    raise unusable_file or SettingsUnusable(code if in_file is None else "ledger.key_other", file=file)


def _read_file(file: Path) -> bytes | None:
    """Return the key in `file`, None without the file. Raises SettingsUnusable when there is something else in it."""
    try:
        text = file.read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise SettingsUnusable("ledger.key_damaged", file=file) from error
    key = _FORM.fullmatch(text.strip())
    if key is None:
        raise SettingsUnusable("ledger.key_damaged", file=file)
    return bytes.fromhex(key[1])


def _read_keyring(mark: str) -> bytes | None:
    text = system_keyring.get(_keyring_name(mark)) or ""
    key = bytes.fromhex(text) if re.fullmatch(rf"[0-9a-f]{{{2 * LENGTH}}}", text) else b""
    return key if fingerprint(key) == mark else None


def _store(key: bytes, record: KeyRecord, file: Path) -> None:
    if record.place == FILE:
        try:
            write_atomically(f"clientimport-ledger-key-1 {key.hex()}\n".encode(), file)
        except OSError as error:
            raise FileUnreadable("file.not_written", file=file, reason=error) from error
    elif not system_keyring.store(_keyring_name(record.fingerprint), key.hex()):
        raise SettingsUnusable("ledger.no_keyring")


def _keyring_name(mark: str) -> str:
    """Return the name in the keyring; no connection's name has a colon."""
    return f"ledger:{mark}"
