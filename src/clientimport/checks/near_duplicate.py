"""Near duplicates: two rows with nearly the same name at the same address, which may be one client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.checks.legal_form import without_form
from clientimport.finding import Problem
from clientimport.folding import folded_column
from clientimport.record import Records
from clientimport.schema import Noticed

ALIKE = 90
"""Percent of letters (rapidfuzz's ratio) from which two names may be one with a slip."""
_CUT = 20
"""Letters from which a name that begins another may be cut off: exports cut at 30 or 40."""
_MOST = 50
"""Rows at one address beyond which it is a business centre, where names tell nothing."""
_ADDRESS = ("postal_code", "street", "house_number", "address")
_NUMBERS = ("company_number", "vat_number", "rcs_number")


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
    earlier: dict[int, list[_Row]] = {}
    for address, row in _rows(records):
        here = earlier.setdefault(address, [])
        if len(here) < _MOST:
            twin = next((one for one in here if row.may_be(one)), None)
            if twin is not None:
                facts = {"other_row": str(records.rows[twin.position])}
                yield Noticed(row.position, "legal_name", Problem("client.near_duplicate", facts))
        here.append(row)


def _rows(records: Records) -> Iterator[tuple[int, _Row]]:
    """Yield a number for the address, and the row, of each client that shares its address; in the order of the file."""
    shared = _addresses(records).dictionary_encode()
    known = shared.indices.drop_null().to_numpy()
    counts = np.bincount(known, minlength=len(shared.dictionary))
    codes = shared.indices.to_pylist()
    names = records.column("legal_name")
    numbers = [records.column(field) for field in _NUMBERS]
    for position, code in enumerate(codes):
        if code is not None and counts[code] > 1:
            own = tuple(column[position].as_py() for column in numbers)
            yield code, _Row(position, without_form(names[position].as_py()), own)


def _addresses(records: Records) -> pa.StringArray:
    """Return the folded address of each client with a name, a postal code and a number in its address, else null."""
    code, *rest = (records.column(field) for field in _ADDRESS)
    between: Any = pa.scalar("|")
    parts: list[Any] = [pc.fill_null(folded_column(part), pa.scalar("")) for part in rest]
    place: Any = pc.binary_join_element_wise(*parts, between)
    whole: Any = pc.binary_join_element_wise(code, place, between)
    named: Any = pc.and_(pc.is_valid(records.column("legal_name")), pc.match_substring_regex(place, "[0-9]"))
    return cast("pa.StringArray", pc.if_else(named, whole, pa.scalar(None, pa.string())))


def _alike(one: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio

    shorter, longer = sorted((one, other), key=len)
    return ratio(one, other) >= ALIKE or (len(shorter) >= _CUT and longer.startswith(shorter))
