"""Likeness: clients of two lists that no number joins, and that may be one all the same; a person decides.

Names are compared only where two clients have a place, a telephone number or an e-mail domain of their own in common:
20,000 names by 20,000 take 13 seconds otherwise, and towns share names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from clientimport.merging.client_list import ListedClient
from clientimport.merging.official_numbers import ALWAYS
from clientimport.schema.reference.email_domains import WELL_KNOWN

ALIKE = 90
"""Percent of letters (rapidfuzz's ratio of the sorted words) from which two names may be one with a slip."""
IN_COMMON = ("postal_code", "contact_email", "email_domain", "contact_phone", "contact_mobile", "iban")
"""What may stand beside a name that is alike."""
_MAX_SHARING_VALUE = 20
"""Clients of one list with the same value, from which on it tells nothing; a postal code always tells. Chosen."""
_LONGER = 200 / ALIKE - 1
"""How many times as long as another a name may be at most: all letters of the shorter one are in both."""
_THREADING_THRESHOLD = 100_000
"""Pairs of names for which a second thread is worth its while."""
_BATCH_SIZE = 250
"""Names of one list that are compared with all of the other at once: 100 MB where all of 20,000 others are alike."""
_FEW = _MAX_SHARING_VALUE * _MAX_SHARING_VALUE
"""Pairs up to which two groups are no matrix: they are compared with those of all other small groups at once."""
_PAIRS_AT_ONCE = 1_000_000
"""Pairs that are compared in one call, which bounds its memory; chosen, not measured."""
MOST_PROPOSED = 5
"""Pairs that are proposed for one client by likeness alone, the likest first; chosen, not measured."""
Numbers = np.ndarray[tuple[int, int], np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Alike:
    """Two clients whose names are alike, by position, the earlier first."""

    first: int
    second: int
    score: int
    """Percent."""


class Likeness:
    """The names of clients, and what they have in common beside them."""

    def __init__(self, clients: Sequence[ListedClient]) -> None:
        self.clients = clients

    @cached_property
    def names(self) -> list[str]:
        """The words of each name."""
        return [client.name_words for client in self.clients]

    @cached_property
    def numbers(self) -> Numbers:
        """Each number of each client as a code, a column for each kind; -1 where there is none."""
        import pandas as pd

        kinds = ([client.fields.get(kind) for client in self.clients] for kind in ALWAYS)
        return np.column_stack([pd.factorize(pd.Series(kind, dtype=object))[0] for kind in kinds])

    def pairs(self, open_: Iterable[int]) -> Iterator[Alike]:
        """Yield the pairs among these clients; some come more than once."""
        positions = self._clients_with_name(open_)
        few: set[tuple[int, int]] = set()
        for field in IN_COMMON:
            for left, right in self._blocks(positions, field):
                if len(left) * len(right) > _FEW:
                    yield from self._alike(left, right)
                else:
                    few.update(product(left, right))
        yield from self._alike_pairs(sorted(few))
        yield from self._equal(positions)

    def _clients_with_name(self, open_: Iterable[int]) -> list[int]:
        """Return the clients with a name that not many of one list have: `unknown` names no client."""
        named = [position for position in open_ if self.names[position]]
        count = Counter((self.names[position], self.clients[position].source) for position in named)
        return [at for at in named if count[self.names[at], self.clients[at].source] <= _MAX_SHARING_VALUE]

    def _blocks(self, positions: Sequence[int], field: str) -> Iterator[tuple[list[int], list[int]]]:
        """Yield the clients of two lists that have the same value."""
        blocks: dict[str, dict[str, list[int]]] = {}
        for position in positions:
            value = common(self.clients[position], field)
            if value:
                blocks.setdefault(value, {}).setdefault(self.clients[position].source, []).append(position)
        for by_source in blocks.values():
            if field == "postal_code" or max(map(len, by_source.values())) <= _MAX_SHARING_VALUE:
                yield from list_pairs(list(by_source.values()))

    def _alike(self, left: Sequence[int], right: Sequence[int]) -> Iterator[Alike]:
        """Yield the pairs whose names are alike; only those are compared that are nearly as long as each other."""
        from rapidfuzz.fuzz import ratio
        from rapidfuzz.process import cdist

        (ones, lengths), (others, other_lengths) = self._by_length(left), self._by_length(right)
        for start in range(0, len(ones), _BATCH_SIZE):
            rows, length = ones[start : start + _BATCH_SIZE], lengths[start : start + _BATCH_SIZE]
            bounds = int(length[0] / _LONGER), int(length[-1] * _LONGER) + 2  # one more on each side than can be alike
            window = slice(*np.searchsorted(other_lengths, bounds).tolist())
            columns = others[window]
            names, other_names = ([self.names[position] for position in side.tolist()] for side in (rows, columns))
            workers = 2 if len(names) * len(other_names) > _THREADING_THRESHOLD else 1
            scores: Any = cdist(names, other_names, scorer=ratio, score_cutoff=ALIKE, dtype=np.uint8, workers=workers)
            row, column = np.divmod(np.flatnonzero(scores), max(1, len(columns)))
            yield from self._likest(rows[row], columns[column], scores[row, column])

    def _by_length(self, positions: Sequence[int]) -> tuple[Any, Any]:
        """Return positions by the length of their names, and these lengths."""
        ordered, lengths = np.array(positions), np.array([len(self.names[position]) for position in positions])
        order = np.argsort(lengths, kind="stable")
        return ordered[order], lengths[order]

    def _alike_pairs(self, pairs: Sequence[tuple[int, int]]) -> Iterator[Alike]:
        """Yield those of these pairs whose names are alike; most have an address and an account in common, too."""
        from rapidfuzz.fuzz import ratio
        from rapidfuzz.process import cpdist

        for start in range(0, len(pairs), _PAIRS_AT_ONCE):
            left, right = np.array(pairs[start : start + _PAIRS_AT_ONCE]).T
            names = ([self.names[position] for position in side.tolist()] for side in (left, right))
            scores: Any = cpdist(*names, scorer=ratio, score_cutoff=ALIKE, dtype=np.uint8)
            alike = np.flatnonzero(scores)
            yield from self._likest(left[alike], right[alike], scores[alike])

    def _likest(self, ones: Any, others: Any, scores: Any) -> Iterator[Alike]:
        """Yield those of these pairs that no number tells apart, for each of `ones` the likest few."""
        left, right = self.numbers[ones], self.numbers[others]
        open_ = np.flatnonzero(~((left >= 0) & (right >= 0) & (left != right)).any(axis=1))
        ordered = open_[np.lexsort((others[open_], -scores[open_].astype(np.int16), ones[open_]))]
        _, firsts, counts = np.unique(ones[ordered], return_index=True, return_counts=True)
        rank = np.arange(len(ordered)) - np.repeat(firsts, counts)
        kept = ordered[rank < MOST_PROPOSED]
        for first, second, score in zip(*(side[kept].tolist() for side in (ones, others, scores)), strict=True):
            yield Alike(first, second, score)

    def _equal(self, positions: Sequence[int]) -> Iterator[Alike]:
        """Yield the clients of the same name of which one has no postal code: nothing says that they are two."""
        import pandas as pd

        known = [(at, self.names[at], self.clients[at].source) for at in positions]
        frame = pd.DataFrame(known, columns=["position", "name", "source"])
        joined = frame.merge(frame, on="name", suffixes=("", "_other"))
        joined = joined[(joined["position"] < joined["position_other"]) & (joined["source"] != joined["source_other"])]
        for first, second in zip(joined["position"].tolist(), joined["position_other"].tolist(), strict=True):
            if not (self.clients[first].fields.get("postal_code") and self.clients[second].fields.get("postal_code")):
                yield Alike(first, second, 100)


def list_pairs(lists: Sequence[list[int]]) -> Iterator[tuple[list[int], list[int]]]:
    """Yield each two of these."""
    for at, left in enumerate(lists):
        for right in lists[at + 1 :]:
            yield left, right


def common(client: ListedClient, field: str) -> str | None:
    """Return what a client may have in common with another: a field, or the domain of its e-mail address.

    A domain where everybody may have an address tells nothing.
    """
    if field == "email_domain":
        domain = client.fields.get("contact_email", "").rpartition("@")[2].casefold()
        return domain if domain and domain not in WELL_KNOWN else None
    value = client.fields.get(field)
    return value.casefold() if value else None
