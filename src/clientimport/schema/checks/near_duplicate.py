"""Near duplicates: rows that may be one client under two spellings, while no number says that they are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.client import STRONG_IDENTIFIERS
from clientimport.model.columns import Positions, repeated_positions
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize_column
from clientimport.model.records import Records
from clientimport.schema.checks.legal_form import strip_legal_forms
from clientimport.schema.reference.email_domains import WELL_KNOWN

ALIKE = 90
"""Percent of letters (rapidfuzz's ratio) from which on two names may be one with a typo; chosen, not measured."""
_CUT_OFF = 20
"""Letters from which on a name that begins another may be cut off: exports cut at 30 or 40; chosen, not measured."""
_MAX_ROWS = 50
"""Rows without a common number that share an address or a domain, beyond which it is a business centre or an office's
own, where names prove nothing; chosen, not measured."""
_ADDRESS = ("postal_code", "street", "house_number", "address")
_NUMBERS = ("company_number", "vat_number", "rcs_number", "national_register_number")
_NUMBER_COMBINATIONS = range(1 << len(_NUMBERS))
"""Each combination of these numbers that a row may have, as a bit mask."""
_PHONES = ("contact_phone", "contact_mobile")


@dataclass(frozen=True, slots=True)
class _Row:
    position: int
    name: str
    written: str
    """The name normalised, with its legal form."""
    email: str | None
    identities: tuple[str | None, ...]
    """In the order of STRONG_IDENTIFIERS."""

    def may_be(self, other: _Row) -> bool:
        """Return whether no number distinguishes the two, and no other finding joins them."""
        both = [
            (kind, mine, theirs)
            for kind, mine, theirs in zip(STRONG_IDENTIFIERS, self.identities, other.identities, strict=True)
            if mine and theirs
        ]
        numbered = any(kind in _NUMBERS for kind, _, _ in both)
        joined = any(mine == theirs for _, mine, theirs in both)
        looks_repeated = bool(self.email) and self.email == other.email and self.written == other.written
        return not (numbered or joined or looks_repeated)


def near_duplicates(records: Records) -> Iterator[Issue]:
    """Notice each row that may be the client of an earlier one, though one of the two lacks the other's number.

    Either the names are equal but for the legal form, or they are nearly equal and the two have an address, an e-mail
    address, a mail domain of their own or a phone number in common.
    """
    kinds, named = _number_bits(records), _names(records)
    apart = np.zeros(len(_NUMBER_COMBINATIONS), np.bool_)
    apart[_disjoint_sets(np.flatnonzero(np.bincount(kinds)).tolist())] = True
    candidates = np.flatnonzero(apart[kinds] & _is_filled(named))
    if not len(candidates):
        return
    names = strip_legal_forms(named.take(candidates))
    field = "legal_name" if "legal_name" in records.fields else "contact_last_name"
    in_common = ((column, False) for column in _columns_in_common(records, candidates))
    noticed: dict[int, int] = {}
    # two people may share a name and nothing else, two firms hardly
    for shared, equal in (*([(names, True)] if field == "legal_name" else []), *in_common):
        for position, other in _twins(records, candidates, names, kinds[candidates], shared, equal=equal):
            noticed.setdefault(position, other)
    for position, other in sorted(noticed.items()):
        yield Issue("client.near_duplicate", {"other_row": str(records.rows[other])}).at(position, field)


def _twins(
    records: Records,
    candidates: Positions,
    names: pa.StringArray,
    kinds: Positions,
    shared: pa.StringArray,
    *,
    equal: bool,
) -> Iterator[tuple[int, int]]:
    """Yield the position of each row with that of the earlier one it may be, where they have `shared` in common."""
    among = _shared_without_number(shared, kinds)
    earlier: dict[str | None, list[_Row]] = {}
    keys = shared.take(among).to_pylist()
    for key, row in zip(keys, _rows(records, candidates[among], names.take(among)), strict=True):
        here = earlier.setdefault(key, [])
        if len(here) < _MAX_ROWS:
            twin = next(
                (other for other in here if (equal or _are_alike(row.name, other.name)) and row.may_be(other)), None
            )
            if twin is not None:
                yield row.position, twin.position
            here.append(row)


def _rows(records: Records, positions: Positions, names: pa.StringArray) -> Iterator[_Row]:
    written = normalize_column(_names(records).take(positions)).to_pylist()
    emails = pc.utf8_lower(records.column("contact_email").take(positions)).to_pylist()
    identities = zip(*(records.column(kind).take(positions).to_pylist() for kind in STRONG_IDENTIFIERS), strict=True)
    rows = zip(positions.tolist(), names.to_pylist(), written, emails, identities, strict=True)
    return (_Row(position, name or "", text or "", email, numbers) for position, name, text, email, numbers in rows)


def _columns_in_common(records: Records, candidates: Positions) -> Iterator[pa.StringArray]:
    """Yield what two rows of one client may have in common beside the name."""
    yield _addresses(records, candidates)
    emails = pc.utf8_lower(records.column("contact_email").take(candidates))
    yield emails
    domains: Any = pc.replace_substring_regex(emails, "^.*@", "")
    everybodys = pc.is_in(domains, value_set=pa.array(WELL_KNOWN))
    yield cast("pa.StringArray", pc.if_else(everybodys, pa.scalar(None, pa.string()), domains))
    for field in _PHONES:
        yield records.column(field).take(candidates)


def _names(records: Records) -> pa.StringArray:
    """Return what each client is called: a person, where the platform's clients are people."""
    if "legal_name" in records.fields:
        return records.column("legal_name")
    parts: Any = (records.column("contact_first_name"), records.column("contact_last_name"))
    return cast("pa.StringArray", pc.binary_join_element_wise(*parts, cast("Any", pa.scalar(" "))))


def _is_filled(column: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    filled: np.ndarray[tuple[int], np.dtype[np.bool_]] = column.is_valid().to_numpy(zero_copy_only=False)
    return filled


def _number_bits(records: Records) -> Positions:
    """Return which numbers each row has, a bit for each."""
    kinds = np.zeros(len(records.rows), np.int64)
    for bit, field in enumerate(_NUMBERS):
        kinds |= _is_filled(records.column(field)).astype(np.int64) << bit
    return kinds


def _disjoint_sets(sets: Sequence[int]) -> list[int]:
    """Return the sets of numbers that have none in common with one of those that are there.

    Only such rows may be one client. In most files these are few, for nearly all have their company number.

    >>> _disjoint_sets([3, 7]), _disjoint_sets([1, 2, 3]), _disjoint_sets([0, 3]), _disjoint_sets([0])
    ([], [1, 2], [0, 3], [0])
    """
    return [numbers for numbers in sets if any(not numbers & other for other in sets)]


def _shared_without_number(shared: pa.StringArray, kinds: Positions) -> Positions:
    """Return the positions of values that rows without a common number share."""
    among = repeated_positions(shared)
    codes = shared.take(among).dictionary_encode().indices.to_numpy()
    met = np.zeros(codes.max(initial=0) + 1, np.int64)
    np.bitwise_or.at(met, codes, 1 << kinds[among])
    disjoint = [
        sets
        for sets in np.unique(met).tolist()
        if _disjoint_sets([kind for kind in _NUMBER_COMBINATIONS if sets >> kind & 1])
    ]
    return among[np.isin(met[codes], disjoint)]


def _addresses(records: Records, candidates: Positions) -> pa.StringArray:
    """Return the normalised address of each client with a postal code and a number in its address, else null."""
    code, *columns = (records.column(field).take(candidates) for field in _ADDRESS)
    between: Any = pa.scalar("|")
    parts: list[Any] = [pc.fill_null(normalize_column(part), pa.scalar("")) for part in columns]
    place: Any = pc.binary_join_element_wise(*parts, between)
    whole: Any = pc.binary_join_element_wise(code, place, between)
    numbered: Any = pc.match_substring_regex(place, "[0-9]")
    return cast("pa.StringArray", pc.if_else(numbered, whole, pa.scalar(None, pa.string())))


def _are_alike(name: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio

    shorter, longer = sorted((name, other), key=len)
    return ratio(name, other) >= ALIKE or (len(shorter) >= _CUT_OFF and longer.startswith(shorter))
