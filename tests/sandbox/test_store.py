from __future__ import annotations

from contextlib import closing

import pytest

from clientimport.sandbox.store import Store, StoredClient

CLIENT = StoredClient("1", "accounton/demo", "NOT_SENT", 0, {})
KEYS = [("identity", "x")]


def broken_off(store: Store) -> None:
    with store.transaction():
        store.add(CLIENT, KEYS)
        raise ZeroDivisionError


def test_a_transaction_keeps_all_or_nothing() -> None:
    with closing(Store(None)) as store:
        with pytest.raises(ZeroDivisionError):
            broken_off(store)
        assert list(store.all_clients()) == []
        with store.transaction():
            store.add(CLIENT, KEYS)
        assert list(store.find("accounton/demo", "identity", "x")) == [CLIENT]
