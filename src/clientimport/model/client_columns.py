"""Clients: many at once, kept as the columns of their file until one of them is asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import overload

import numpy as np
import pyarrow as pa

from clientimport.model.client import NAME_FIELDS, Client, display_name
from clientimport.model.columns import Positions

AT_ONCE = 1 << 12
"""How many clients are made together; chosen, not measured."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ClientColumns(Sequence[Client]):
    """A sequence of clients, each of which is made when it is asked for.

    >>> cities = pa.array(["Gent", None, "Luik"])
    >>> clients = ClientColumns(np.array([2, 3, 5]), {"city": cities}, np.array([0, 2]))
    >>> len(clients), clients[1].row, [dict(client.fields) for client in clients]
    (2, 5, [{'city': 'Gent'}, {'city': 'Luik'}])
    """

    rows: Positions
    """The spreadsheet's row numbers, by position in the file."""
    fields: Mapping[str, pa.StringArray]
    """The values by field and position; null where there is none."""
    positions: Positions
    """Where the clients stand; of several rows, the first one."""
    joined: Mapping[int, Client] = dataclasses.field(default_factory=dict)
    """By position, the clients that are more than one row: of several rows, or with further contacts."""

    def __len__(self) -> int:
        """Return how many they are."""
        return len(self.positions)

    def __iter__(self) -> Iterator[Client]:
        """Make the clients, some at a time."""
        return chain.from_iterable(part.made() for part in self.parts())

    @overload
    def __getitem__(self, index: int) -> Client: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Client, ...]: ...
    def __getitem__(self, index: int | slice) -> Client | tuple[Client, ...]:
        """Return one of them, or several."""
        chosen = self.positions[index] if isinstance(index, slice) else self.positions[[index]]
        made = tuple(self.at(chosen))
        return made if isinstance(index, slice) else made[0]

    def at(self, positions: Positions) -> ClientColumns:
        """Return the clients that stand at these positions of the file."""
        return dataclasses.replace(self, positions=positions)

    def parts(self) -> Iterator[ClientColumns]:
        """Yield some thousand clients at a time."""
        for start in range(0, len(self), AT_ONCE):
            yield self.at(self.positions[start : start + AT_ONCE])

    def column(self, field: str) -> pa.StringArray:
        """Return the values of a field of these clients, as each has it on its own row."""
        count = len(self.positions)
        first = int(self.positions[0]) if count else 0
        if np.array_equal(self.positions, np.arange(first, first + count)):
            return self.fields[field].slice(first, count)  # nothing is copied
        return self.fields[field].take(pa.array(self.positions, pa.int64()))

    def texts(self, field: str) -> list[str | None]:
        """Return the same as Python has them."""
        texts: list[str | None] = self.column(field).to_pylist()
        return texts

    def numbers(self) -> list[int]:
        """Return the row of each client."""
        numbers: list[int] = self.rows[self.positions].tolist()
        return numbers

    def names(self) -> list[str]:
        """Return what a person would call each client, by its own row."""
        columns = {field: self.texts(field) for field in NAME_FIELDS if field in self.fields}
        rows = zip(*columns.values(), strict=True) if columns else [()] * len(self)
        return [display_name({f: text or "" for f, text in zip(columns, row, strict=True)}) for row in rows]

    def made(self) -> list[Client]:
        """Make all of them."""
        rows = zip(*map(self.texts, self.fields), strict=True) if self.fields else [()] * len(self)
        return [
            self.joined.get(position)
            or Client(number, (number,), {f: v for f, v in zip(self.fields, row, strict=True) if v is not None})
            for position, number, row in zip(self.positions.tolist(), self.numbers(), rows, strict=True)
        ]

    @property
    def further_rows(self) -> dict[int, int]:
        """The rows of clients that have a row already, with the first row of each."""
        if not self.joined:
            return {}
        several = filter(None, map(self.joined.get, self.positions.tolist()))
        return {row: client.row for client in several for row in client.rows[1:]}
