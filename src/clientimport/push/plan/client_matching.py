"""Recognition: which clients of the platform are the one in our file, by their strongest common identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clientimport.connectors.protocol import RemoteClient
from clientimport.model.client import STRONG, Identity, identities


@dataclass(frozen=True, slots=True)
class ClientMatch:
    """The clients that share an identity with ours, and whether only the weak one."""

    clients: tuple[RemoteClient, ...] = ()
    weakly: bool = False


class ClientIndex:
    """The platform's clients by everything that identifies them."""

    def __init__(self, clients: Iterable[RemoteClient]) -> None:
        self._by_identity: dict[Identity, list[RemoteClient]] = {}
        for client in clients:
            for identity in identities(client.fields):
                self._by_identity.setdefault(identity, []).append(client)

    def of(self, fields: Mapping[str, str]) -> ClientMatch:
        """Return the clients recognised by the strongest identity that any of them shares."""
        for identity in identities(fields):
            candidates = self._by_identity.get(identity, [])
            same = tuple(client for client in candidates if not contradicts(fields, client.fields, identity.kind))
            if same:
                return ClientMatch(same, weakly=identity.weak)
        return ClientMatch()


def someone_else(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Tell whether the strongest number that stands at both differs.

    >>> someone_else({"company_number": "1", "client_code": "A"}, {"company_number": "1", "client_code": "B"})
    False
    """
    kind = next((kind for kind in STRONG if ours.get(kind) and theirs.get(kind)), None)
    return kind is not None and ours[kind] != theirs[kind]


def contradicts(ours: Mapping[str, str], theirs: Mapping[str, str], kind: str) -> bool:
    """Tell whether a number stronger than `kind` stands at both and differs: two companies with one contact person.

    >>> contradicts({"company_number": "0403019261"}, {"company_number": "0403170701"}, "contact")
    True
    """
    stronger = STRONG[: STRONG.index(kind)] if kind in STRONG else STRONG
    return any(ours.get(k) and theirs.get(k) and ours[k] != theirs[k] for k in stronger)
