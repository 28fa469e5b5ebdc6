"""Near duplicates: two rows with nearly the same name at the same address, which may be one client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.checks.legal_form import without_form
from clientimport.distinct import Positions, repeated
from clientimport.finding import Problem
from clientimport.folding import folded_column
from clientimport.record import Records
from clientimport.schema import Noticed

ALIKE = 90
"""Percent of letters (rapidfuzz's ratio) from which two names may be one with a slip."""
_CUT = 20
"""Letters from which a name that begins another may be cut off: exports cut at 30 or 40."""
_MOST = 50
"""Rows without a common number at one address beyond which it is a business centre, where names tell nothing."""
_ADDRESS = ("postal_code", "street", "house_number", "address")
_NUMBERS = ("company_number", "vat_number", "rcs_number")
_KINDS = range(1 << len(_NUMBERS))
"""Which of them a row has, a bit for each."""


@dataclass(frozen=True, slots=True)
class _Row:
    position: int
    name: str
    numbers: tuple[str | None, ...]

    def may_be(self, other: _Row) -> bool:
        """Tell whether the two may be one client: no number says otherwise, and the names are nearly the same."""
        both = [(own, its) for own, its in zip(self.numbers, other.numbers, strict=True) if own and its]
        return not both and self.name != other.name and _alike(self.name, other.name)


def near_duplicates(records: Records) -> Iterator[Noticed]:
    """Notice each row whose name is nearly, and not just, that of an earlier one at the same address."""
    earlier: dict[str, list[_Row]] = {}
    for address, row in _rows(records):
        here = earlier.setdefault(address, [])
        if len(here) < _MOST:
            twin = next((one for one in here if row.may_be(one)), None)
            if twin is not None:
                facts = {"other_row": str(records.rows[twin.position])}
                yield Noticed(row.position, "legal_name", Problem("client.near_duplicate", facts))
        here.append(row)


def _rows(records: Records) -> Iterator[tuple[str, _Row]]:
    """Yield the address and the row of each client that may be another one at its address; in the order of the file."""
    kinds = _kinds(records)
    apart = np.zeros(len(_KINDS), np.bool_)
    apart[_apart(np.flatnonzero(np.bincount(kinds)).tolist())] = True
    open_ = np.flatnonzero(apart[kinds])
    addresses = _addresses(records, open_)
    shared = _with_others(addresses, kinds[open_])
    columns = [addresses, *(records.column(field).take(open_) for field in ("legal_name", *_NUMBERS))]
    rows = zip(*(column.take(shared).to_pylist() for column in columns), strict=True)
    for position, (address, name, *own) in zip(open_[shared].tolist(), rows, strict=True):
        yield address, _Row(position, without_form(name), tuple(own))


def _kinds(records: Records) -> Positions:
    """Return which numbers each row has, a bit for each."""
    kinds = np.zeros(len(records.rows), np.int64)
    for at, field in enumerate(_NUMBERS):
        kinds |= records.column(field).is_valid().to_numpy(zero_copy_only=False).astype(np.int64) << at
    return kinds


def _apart(there: Sequence[int]) -> list[int]:
    """Return the sets of numbers that have none in common with one of those that are there.

    Only such rows may be one client. In most files these are few, for nearly all have their company number.

    >>> _apart([3, 7]), _apart([1, 2, 3]), _apart([0, 3]), _apart([0])
    ([], [1, 2], [0, 3], [0])
    """
    return [own for own in there if any(not own & other for other in there)]


def _with_others(addresses: pa.StringArray, kinds: Positions) -> Positions:
    """Return the positions at addresses where some rows have no number in common."""
    shared = repeated(addresses)
    codes = addresses.take(shared).dictionary_encode().indices.to_numpy()
    met = np.zeros(codes.max(initial=0) + 1, np.int64)
    np.bitwise_or.at(met, codes, 1 << kinds[shared])
    some = [sets for sets in np.unique(met).tolist() if _apart([kind for kind in _KINDS if sets >> kind & 1])]
    return shared[np.isin(met[codes], some)]


def _addresses(records: Records, open_: Positions) -> pa.StringArray:
    """Return the folded address of each client with a name, a postal code and a number in its address, else null."""
    code, *rest = (records.column(field).take(open_) for field in _ADDRESS)
    between: Any = pa.scalar("|")
    parts: list[Any] = [pc.fill_null(folded_column(part), pa.scalar("")) for part in rest]
    place: Any = pc.binary_join_element_wise(*parts, between)
    whole: Any = pc.binary_join_element_wise(code, place, between)
    named: Any = pc.and_(
        pc.is_valid(records.column("legal_name").take(open_)), pc.match_substring_regex(place, "[0-9]")
    )
    return cast("pa.StringArray", pc.if_else(named, whole, pa.scalar(None, pa.string())))


def _alike(one: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio

    shorter, longer = sorted((one, other), key=len)
    return ratio(one, other) >= ALIKE or (len(shorter) >= _CUT and longer.startswith(shorter))
