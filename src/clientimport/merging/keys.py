"""Keys: what joins the clients of several lists by itself, the strongest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from clientimport.errors import UsageError
from clientimport.merging.client_list import ListedClient
from clientimport.merging.official_numbers import ALWAYS
from clientimport.model.did_you_mean import did_you_mean

DECLARED = ("external_reference", "client_code")
"""What an office gives out itself. It joins lists only where a person says that they share it."""
ALSO_READ = frozenset({*ALWAYS, "iban", "contact_email", "contact_phone", "contact_mobile", "postal_code"})
"""What every list is read for, also where the platform has no place for it: by it clients are joined or proposed."""
SHARED_BY = 20
"""Clients of one list with the same value, from which on it tells nothing: an office's own number copied down a
column. Chosen, not measured."""


def keys(given: str | None) -> tuple[str, ...]:
    """Return the fields that join lists, the strongest first; `given` declares what else these lists share.

    Raises UsageError for a field that joins no clients.

    >>> keys(None) == ALWAYS, keys("client_code")[-1]
    (True, 'client_code')
    """
    named = [name.strip() for name in (given or "").split(",") if name.strip()]
    known = (*ALWAYS, *DECLARED)
    for name in named:
        if name not in known:
            raise UsageError("merge.unknown_key", name=name, meant=did_you_mean(name, known), known=", ".join(known))
    return (*ALWAYS, *(name for name in DECLARED if name in named))


@dataclass(frozen=True, slots=True)
class SharedValue:
    """A value that too many clients of one list have, so that nothing was joined by it."""

    field: str
    value: str
    clients: int


def same_value(clients: Sequence[ListedClient], field: str) -> Iterator[tuple[int, ...]]:
    """Yield the positions of clients with the same value, for each value that stands in several lists."""
    import pandas as pd

    frame = pd.DataFrame(
        {"value": [client.fields.get(field) for client in clients], "source": [client.source for client in clients]}
    ).dropna()
    sources = frame.groupby("value")["source"].nunique()
    joined = frame[frame["value"].isin(sources.index[sources > 1])]
    for positions in joined.groupby("value", sort=False).indices.values():
        yield tuple(joined.index[positions].tolist())


def is_shared(clients: Sequence[ListedClient], group: Sequence[int]) -> bool:
    """Tell whether too many clients of one list have the value that this group has."""
    return max(Counter(clients[position].source for position in group).values()) >= SHARED_BY
