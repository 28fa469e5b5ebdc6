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


@dataclass(frozen=True, slots=True)
class IdentityKeys:
    """The keys of one platform account."""

    account: str
    """Platform and account id."""
    secret: bytes = field(repr=False)

    @classmethod
    def derived(cls, platform: str, account_id: str, secret: str) -> IdentityKeys:
        """Return the keys of this account, derived from the connection's secret."""
        return cls(f"{platform} {account_id}", hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256))

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
        return self._digest("content", json.dumps(dict(fields), sort_keys=True))

    def request(self, action: str, identity: str, attempt: int) -> str:
        """Return the idempotency key of a request. `attempt` grows only when the one before is settled."""
        return self._digest("request", action, identity, str(attempt))

    def _digest(self, *parts: str) -> str:
        # JSON keeps the parts apart whatever they contain.
        message = json.dumps([self.account, *parts], ensure_ascii=False).encode()
        return hmac.digest(self.secret, message, "sha256").hex()
