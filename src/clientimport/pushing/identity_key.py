"""Identity keys: what the ledger and the platform see instead of a client's numbers, so that none can be read back.

An HMAC under a key derived from the connection's secret: eleven digits could be guessed from a plain hash in minutes,
and every home with the same secret makes the same keys.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from clientimport.client import Identity, identities

_PURPOSE = b"clientimport identity key 1"
_TOGETHER = json.JSONEncoder(ensure_ascii=False).encode
_IN_ORDER = json.JSONEncoder(sort_keys=True).encode


@dataclass(frozen=True, slots=True)
class IdentityKeys:
    """The keys of one platform account."""

    account: str
    """Platform and account id."""
    keyed: hmac.HMAC = field(repr=False)
    """Under a key derived from the connection's secret, before any message."""

    @classmethod
    def derived(cls, platform: str, account_id: str, secret: str) -> IdentityKeys:
        """Return the keys of this account, derived from the connection's secret."""
        key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
        return cls(f"{platform} {account_id}", hmac.new(key, digestmod=hashlib.sha256))

    def identities(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Return kind and key of each strong identity, the strongest first; of the contact where there is no other."""
        found = tuple(identities(fields))
        strong = tuple(identity for identity in found if not identity.weak)
        return {identity.kind: self.identity(identity) for identity in strong or found}

    def identity(self, identity: Identity) -> str:
        """Return the key of one identity."""
        return self._digest("identity", identity.kind, identity.value)

    def content(self, fields: Mapping[str, str]) -> str:
        """Return a key of what a request says, to see whether a row has changed since."""
        return self._digest("content", _IN_ORDER(dict(fields)))

    def request(self, action: str, identity: str, attempt: int) -> str:
        """Return the idempotency key of a request. `attempt` grows only when the one before is settled."""
        return self._digest("request", action, identity, str(attempt))

    def _digest(self, *parts: str) -> str:
        # JSON keeps the parts apart whatever they contain.
        digest = self.keyed.copy()
        digest.update(_TOGETHER([self.account, *parts]).encode())
        return digest.hexdigest()
