"""Client matching: which clients of the platform are the one in our file, by their strongest common identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from clientimport.model.client import STRONG_IDENTIFIERS, Identity, identities
from clientimport.model.client_columns import ClientColumns
from clientimport.model.columns import is_one_of
from clientimport.model.remote import RemoteClient


@dataclass(frozen=True, slots=True)
class ClientMatch:
    """The clients that share an identity with ours, and whether only the weak one."""

    clients: tuple[RemoteClient, ...] = ()
    weak: bool = False


class ClientIndex:
    """The platform's clients by everything that identifies them."""

    def __init__(self, clients: Iterable[RemoteClient]) -> None:
        self._by_identity: dict[Identity, list[RemoteClient]] = {}
        self._identifiers: dict[str, set[str]] = {}
        self._emails = set[str]()
        for client in clients:
            self._emails.add(client.fields.get("contact_email", "").casefold())
            for identity in identities(client.fields):
                self._by_identity.setdefault(identity, []).append(client)
                self._identifiers.setdefault(identity.kind, set()).add(identity.value)

    def may_match(self, clients: ClientColumns) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Return which clients have an identifier or a contact address that a client of the platform has.

        None of the others is recognised by `match`.
        """
        may = np.zeros(len(clients), np.bool_)
        for kind, values in self._identifiers.items():
            if kind in clients.fields:
                may |= is_one_of(clients.column(kind), values).fill_null(False).to_numpy(zero_copy_only=False)
        if self._identifiers and "contact_email" in clients.fields:
            addresses = (text or "" for text in clients.texts("contact_email"))
            may |= np.array([bool(text) and text.casefold() in self._emails for text in addresses], np.bool_)
        return may

    def match(self, fields: Mapping[str, str]) -> ClientMatch:
        """Return the clients recognised by the strongest identity that any of them shares."""
        for identity in identities(fields):
            candidates = self._by_identity.get(identity, [])
            same = tuple(
                client for client in candidates if not conflicting_identity(fields, client.fields, identity.kind)
            )
            if same:
                return ClientMatch(same, weak=identity.weak)
        return ClientMatch()


def is_different_client(ours: Mapping[str, str], theirs: Mapping[str, str]) -> bool:
    """Return whether the strongest number that stands at both differs.

    >>> is_different_client({"company_number": "1", "client_code": "A"}, {"company_number": "1", "client_code": "B"})
    False
    """
    kind = next((kind for kind in STRONG_IDENTIFIERS if ours.get(kind) and theirs.get(kind)), None)
    return kind is not None and ours[kind] != theirs[kind]


def conflicting_identity(ours: Mapping[str, str], theirs: Mapping[str, str], kind: str) -> bool:
    """Return whether a number stronger than `kind` stands at both and differs: two companies with one contact person.

    >>> conflicting_identity({"company_number": "0403019261"}, {"company_number": "0403170701"}, "contact")
    True
    """
    stronger = (
        STRONG_IDENTIFIERS[: STRONG_IDENTIFIERS.index(kind)] if kind in STRONG_IDENTIFIERS else STRONG_IDENTIFIERS
    )
    return any(ours.get(k) and theirs.get(k) and ours[k] != theirs[k] for k in stronger)
