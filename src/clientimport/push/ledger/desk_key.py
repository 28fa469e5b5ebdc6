"""Desk keys: with which a desk opens what was wrapped for it in a shared ledger. No desk sees another's secret."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.errors import FileUnreadable, SettingsUnusable
from clientimport.storage import system_keyring
from clientimport.storage.atomic_write import write_atomically

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hpke import Suite

LENGTH = 32
"""Bytes of an X25519 key: https://www.rfc-editor.org/rfc/rfc7748#section-5."""
_SCRYPT = {"n": 2**14, "r": 8, "p": 1}
"""Slows down whoever tries secrets against the public key; the least that OWASP's cheat sheet on storage names.

https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
"""
_IN_KEYRING = "ledger:desk"
_FORM = re.compile(rf"clientimport-desk-key-1 ([0-9a-f]{{{2 * LENGTH}}})")


@dataclass(frozen=True, slots=True)
class DeskKey:
    """A key pair; what is wrapped with its public half is opened with its private one."""

    private: X25519PrivateKey

    @classmethod
    def from_bytes(cls, content: bytes) -> DeskKey:
        """Return the pair that 32 bytes make."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return cls(X25519PrivateKey.from_private_bytes(content))

    @classmethod
    @lru_cache(maxsize=8)  # a command asks for it more than once
    def from_secret(cls, secret: str, account: str) -> DeskKey:
        """Return the pair of whoever knows a connection's secret, for one account."""
        content = hashlib.scrypt(
            secret.encode(), salt=f"clientimport desk key 1 {account}".encode(), dklen=LENGTH, **_SCRYPT
        )
        return cls.from_bytes(content)

    @property
    def public(self) -> str:
        """The public half, as the ledger keeps it."""
        return self.private.public_key().public_bytes_raw().hex()

    def unwrap(self, wrapped: str, account: str) -> bytes | None:
        """Return what was wrapped for this desk and account; None for anything else."""
        from cryptography.exceptions import InvalidTag

        try:
            return _suite().decrypt(bytes.fromhex(wrapped), self.private, info=_info(account))
        except (InvalidTag, ValueError):
            return None


def wrap(key: bytes, public: str, account: str) -> str:
    """Return a key wrapped for the desk with this public half. Raises ValueError for what is none."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return _suite().encrypt(key, X25519PublicKey.from_public_bytes(bytes.fromhex(public)), info=_info(account)).hex()


def code(public: str) -> str:
    """Return what a person compares of a public half: 64 bits, which nobody finds a second key for."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def home_desk_key(file: Path) -> DeskKey | None:
    """Return the key of this home, from the keyring or from its file; None where there is none yet.

    Raises SettingsUnusable when something else stands in the file.
    """
    try:
        text = file.read_text(encoding="ascii")
    except FileNotFoundError:
        in_keyring = system_keyring.get(_IN_KEYRING) or ""
        return DeskKey.from_bytes(bytes.fromhex(in_keyring)) if _is_key(in_keyring) else None
    except (OSError, ValueError) as error:
        raise SettingsUnusable("ledger.desk_key_damaged", file=file) from error
    key = _FORM.fullmatch(text.strip())
    if key is None:
        raise SettingsUnusable("ledger.desk_key_damaged", file=file)
    return DeskKey.from_bytes(bytes.fromhex(key[1]))


def make_home_desk_key(file: Path) -> DeskKey:
    """Make the key of this home, in the keyring or else in its file. Raises FileUnreadable."""
    content = secrets.token_bytes(LENGTH)
    if not system_keyring.store(_IN_KEYRING, content.hex()):
        try:
            write_atomically(f"clientimport-desk-key-1 {content.hex()}\n".encode(), file)
        except OSError as error:
            raise FileUnreadable("file.not_written", file=file, reason=error) from error
    return DeskKey.from_bytes(content)


def _is_key(text: str) -> bool:
    return re.fullmatch(rf"[0-9a-f]{{{2 * LENGTH}}}", text) is not None


def _suite() -> Suite:
    """Return the HPKE suite: https://www.rfc-editor.org/rfc/rfc9180."""
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _info(account: str) -> bytes:
    return f"clientimport account key 1 {account}".encode()
