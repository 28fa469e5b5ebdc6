"""Identity keys: what the ledger and the platform see instead of a client's numbers, so that none can be read back.

An HMAC under the ledger's own key: eleven digits could be guessed from a plain hash in minutes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from clientimport.model.client import Identity, identities
from clientimport.model.remote import Account

_SECRET_PURPOSE = b"clientimport identity key 1"
_TOGETHER = json.JSONEncoder(ensure_ascii=False).encode
_IN_ORDER = json.JSONEncoder(sort_keys=True).encode


def account_key(platform: str, account: Account) -> str:
    """Return what the ledger calls an account: where it is, on which platform, and its id there."""
    return f"{account.address} {platform} {account.id}"


def account_address(account: str) -> str:
    """Return where an account of the ledger is; empty for one of before its address was written down.

    >>> account_address("api.example.com/v1 accounton 12"), account_address("accounton 12")
    ('api.example.com/v1', '')
    """
    parts = account.split(" ", 2)
    return parts[0] if len(parts) > 2 else ""  # noqa: PLR2004 -- address, platform, id


def legacy_account_key(platform: str, account: Account) -> str:
    """Return what the ledger called an account before layout 5, without its address."""
    return f"{platform} {account.id}"


def key_from_secret(secret: str) -> bytes:
    """Return the key that identities were written with before layout 5, derived from the connection's secret."""
    return hmac.digest(secret.encode(), _SECRET_PURPOSE, hashlib.sha256)


@dataclass(frozen=True, slots=True)
class IdentityHmac:
    """The keys of one platform account."""

    account: str
    """What the ledger calls it."""
    keyed_hmac: hmac.HMAC = field(repr=False)
    """Before any message."""

    @classmethod
    def for_account(cls, account: str, key: bytes) -> IdentityHmac:
        """Return the keys of this account under `key`."""
        return cls(account, hmac.new(key, digestmod=hashlib.sha256))

    def identity_hmacs(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return kind and key of each strong identity, the strongest first; of the contact where there is no other."""
        known_identities = tuple(identities(fields))
        strong = tuple(identity for identity in known_identities if not identity.weak)
        return {identity.kind: self.identity_hmac(identity) for identity in strong or known_identities}

    def identity_hmac(self, identity: Identity) -> str:
        """Return the key of one identity."""
        return self._digest("identity", identity.kind, identity.value)

    def content_hmac(self, sent: Mapping[str, object]) -> str:
        """Return the HMAC of a request's content, which shows whether any of it has changed since."""
        return self._digest("content", _IN_ORDER(dict(sent)))

    def idempotency_key(self, action: str, identity: str, attempt: int) -> str:
        """Return the idempotency key of a request. `attempt` grows only when the outcome of the one before is known."""
        return self._digest("request", action, identity, str(attempt))

    def _digest(self, *parts: str) -> str:
        # JSON keeps the parts apart, also where one contains a space.
        digest = self.keyed_hmac.copy()
        digest.update(_TOGETHER([self.account, *parts]).encode())
        return digest.hexdigest()
