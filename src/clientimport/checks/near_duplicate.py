"""Near duplicates: two rows with nearly the same name at the same address, which may be one client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clientimport.checks.legal_form import without_form
from clientimport.finding import Problem
from clientimport.folding import folded
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
    earlier: dict[tuple[str, ...], list[_Row]] = {}
    for address, row in _rows(records):
        here = earlier.setdefault(address, [])
        if len(here) < _MOST:
            twin = next((one for one in here if row.may_be(one)), None)
            if twin is not None:
                facts = {"other_row": str(records.rows[twin.position])}
                yield Noticed(row.position, "legal_name", Problem("client.near_duplicate", facts))
        here.append(row)


def _rows(records: Records) -> Iterator[tuple[tuple[str, ...], _Row]]:
    """Yield the folded address and the row of each client that has a name and an address with a number."""
    addresses = zip(*(records.values(field) for field in _ADDRESS), strict=True)
    numbers = zip(*(records.values(field) for field in _NUMBERS), strict=True)
    rows = zip(records.values("legal_name"), addresses, numbers, strict=True)
    for position, (name, (code, *rest), known) in enumerate(rows):
        place = tuple(folded(part or "") for part in rest)
        if name and code and any(character.isdigit() for part in place for character in part):
            yield (code, *place), _Row(position, without_form(name), known)


def _alike(one: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio

    shorter, longer = sorted((one, other), key=len)
    return ratio(one, other) >= ALIKE or (len(shorter) >= _CUT and longer.startswith(shorter))
