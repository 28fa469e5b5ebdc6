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
from clientimport.model.finding import Problem
from clientimport.model.normalize import normalize_column
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records
from clientimport.schema.checks.legal_form import strip_legal_forms
from clientimport.schema.reference.email_domains import WELL_KNOWN

ALIKE = 90
"""Percent of letters (rapidfuzz's ratio) from which two names may be one with a slip."""
_CUT = 20
"""Letters from which a name that begins another may be cut off: exports cut at 30 or 40."""
_MOST = 50
"""Rows without a common number that share an address or a domain, beyond which it is a business centre or an office's
own, where names tell nothing; chosen, not measured."""
_ADDRESS = ("postal_code", "street", "house_number", "address")
_NUMBERS = ("company_number", "vat_number", "rcs_number", "national_register_number")
_KINDS = range(1 << len(_NUMBERS))
"""Which of them a row has, a bit for each."""
_PHONES = ("contact_phone", "contact_mobile")


@dataclass(frozen=True, slots=True)
class _Row:
    position: int
    name: str
    written: str
    """The name folded, with its legal form."""
    email: str | None
    identities: tuple[str | None, ...]
    """By the kinds of STRONG."""

    def may_be(self, other: _Row) -> bool:
        """Tell whether no number tells the two apart, and nothing has told yet that they are one."""
        both = [
            (kind, own, its)
            for kind, own, its in zip(STRONG_IDENTIFIERS, self.identities, other.identities, strict=True)
            if own and its
        ]
        numbered = any(kind in _NUMBERS for kind, _, _ in both)
        joined = any(own == its for _, own, its in both)
        looks_repeated = bool(self.email) and self.email == other.email and self.written == other.written
        return not (numbered or joined or looks_repeated)


def near_duplicates(records: Records) -> Iterator[Issue]:
    """Notice each row that may be the client of an earlier one, though one of the two lacks the other's number.

    Either the names are equal but for the legal form, or they are nearly equal and the two have an address, an e-mail
    address, a mail domain of their own or a phone number in common.
    """
    kinds, named = _kinds(records), _names(records)
    apart = np.zeros(len(_KINDS), np.bool_)
    apart[_apart(np.flatnonzero(np.bincount(kinds)).tolist())] = True
    open_ = np.flatnonzero(apart[kinds] & _filled(named))
    if not len(open_):
        return
    names = strip_legal_forms(named.take(open_))
    field = "legal_name" if "legal_name" in records.fields else "contact_last_name"
    in_common = ((column, False) for column in _in_common(records, open_))
    noticed: dict[int, int] = {}
    # two people may share a name and nothing else, two firms hardly
    for shared, equal in (*([(names, True)] if field == "legal_name" else []), *in_common):
        for position, other in _twins(records, open_, names, kinds[open_], shared, equal=equal):
            noticed.setdefault(position, other)
    for position, other in sorted(noticed.items()):
        yield Issue(position, field, Problem("client.near_duplicate", {"other_row": str(records.rows[other])}))


def _twins(
    records: Records, open_: Positions, names: pa.StringArray, kinds: Positions, shared: pa.StringArray, *, equal: bool
) -> Iterator[tuple[int, int]]:
    """Yield the position of each row with that of the earlier one it may be, where they have `shared` in common."""
    among = _with_others(shared, kinds)
    earlier: dict[str | None, list[_Row]] = {}
    keys = shared.take(among).to_pylist()
    for key, row in zip(keys, _rows(records, open_[among], names.take(among)), strict=True):
        here = earlier.setdefault(key, [])
        if len(here) < _MOST:
            twin = next(
                (other for other in here if (equal or _alike(row.name, other.name)) and row.may_be(other)), None
            )
            if twin is not None:
                yield row.position, twin.position
            here.append(row)


def _rows(records: Records, positions: Positions, names: pa.StringArray) -> Iterator[_Row]:
    written = normalize_column(_names(records).take(positions)).to_pylist()
    emails = pc.utf8_lower(records.column("contact_email").take(positions)).to_pylist()
    known = zip(*(records.column(kind).take(positions).to_pylist() for kind in STRONG_IDENTIFIERS), strict=True)
    rows = zip(positions.tolist(), names.to_pylist(), written, emails, known, strict=True)
    return (_Row(position, name or "", text or "", email, own) for position, name, text, email, own in rows)


def _in_common(records: Records, open_: Positions) -> Iterator[pa.StringArray]:
    """Yield what two rows of one client may have in common beside the name."""
    yield _addresses(records, open_)
    emails = pc.utf8_lower(records.column("contact_email").take(open_))
    yield emails
    domains: Any = pc.replace_substring_regex(emails, "^.*@", "")
    everybodys = pc.is_in(domains, value_set=pa.array(WELL_KNOWN))
    yield cast("pa.StringArray", pc.if_else(everybodys, pa.scalar(None, pa.string()), domains))
    for field in _PHONES:
        yield records.column(field).take(open_)


def _names(records: Records) -> pa.StringArray:
    """Return what each client is called: a person, where the platform's clients are people."""
    if "legal_name" in records.fields:
        return records.column("legal_name")
    parts: Any = (records.column("contact_first_name"), records.column("contact_last_name"))
    return cast("pa.StringArray", pc.binary_join_element_wise(*parts, cast("Any", pa.scalar(" "))))


def _filled(column: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    filled: np.ndarray[tuple[int], np.dtype[np.bool_]] = column.is_valid().to_numpy(zero_copy_only=False)
    return filled


def _kinds(records: Records) -> Positions:
    """Return which numbers each row has, a bit for each."""
    kinds = np.zeros(len(records.rows), np.int64)
    for at, field in enumerate(_NUMBERS):
        kinds |= _filled(records.column(field)).astype(np.int64) << at
    return kinds


def _apart(there: Sequence[int]) -> list[int]:
    """Return the sets of numbers that have none in common with one of those that are there.

    Only such rows may be one client. In most files these are few, for nearly all have their company number.

    >>> _apart([3, 7]), _apart([1, 2, 3]), _apart([0, 3]), _apart([0])
    ([], [1, 2], [0, 3], [0])
    """
    return [own for own in there if any(not own & other for other in there)]


def _with_others(shared: pa.StringArray, kinds: Positions) -> Positions:
    """Return the positions of values that rows without a common number share."""
    among = repeated_positions(shared)
    codes = shared.take(among).dictionary_encode().indices.to_numpy()
    met = np.zeros(codes.max(initial=0) + 1, np.int64)
    np.bitwise_or.at(met, codes, 1 << kinds[among])
    some = [sets for sets in np.unique(met).tolist() if _apart([kind for kind in _KINDS if sets >> kind & 1])]
    return among[np.isin(met[codes], some)]


def _addresses(records: Records, open_: Positions) -> pa.StringArray:
    """Return the folded address of each client with a postal code and a number in its address, else null."""
    code, *rest = (records.column(field).take(open_) for field in _ADDRESS)
    between: Any = pa.scalar("|")
    parts: list[Any] = [pc.fill_null(normalize_column(part), pa.scalar("")) for part in rest]
    place: Any = pc.binary_join_element_wise(*parts, between)
    whole: Any = pc.binary_join_element_wise(code, place, between)
    numbered: Any = pc.match_substring_regex(place, "[0-9]")
    return cast("pa.StringArray", pc.if_else(numbered, whole, pa.scalar(None, pa.string())))


def _alike(name: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio

    shorter, longer = sorted((name, other), key=len)
    return ratio(name, other) >= ALIKE or (len(shorter) >= _CUT and longer.startswith(shorter))
