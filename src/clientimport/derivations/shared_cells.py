"""Cells that hold more than their own ("9000 Gent", "12 bus 3", "Thill, Marc") are taken apart before they are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from clientimport.derivations import account, address, numbers, person_name, place
from clientimport.derivations.interface import Derived, shown_apart
from clientimport.distinct import looked_up, matching
from clientimport.finding import Finding, Problem
from clientimport.locating import located
from clientimport.mapping.combined_header import names_vat_and_company_number
from clientimport.record import Records
from clientimport.schema import Noticed
from clientimport.table import Column, Table


@dataclass(frozen=True, slots=True)
class Shared:
    """A field whose cell may hold others too."""

    field: str
    parts: tuple[str, ...]
    """The fields that `taken_apart` returns, `field` itself among them."""
    taken_apart: Callable[[str | None], Derived | None]
    code: str
    sign: str = ""
    """An expression of Arrow's for some part of every cell that `taken_apart` takes apart, to pass over the others."""
    alone: bool = False
    """Only where the other parts have no column of their own."""
    sent: bool = False
    """Only where the platform takes the field itself; as a source for others it is read as typed."""
    under: Callable[[str], bool] | None = None
    """Only under a header of which this holds."""
    contradicted: Callable[[str, str], Problem | None] | None = None
    """What is wrong when the second part stands in its own column too: takes what is there, and the part."""


_RARE = r"|[^\x{0}-\x{24f}]"
"""Beyond the Latin letters there are digits of other scripts, too; all but these are 0 to 9."""
_CODE_AMONG_OTHERS = rf"(?s)[0-9]{{4}}.*[^0-9\s]|[^0-9\s].*[0-9]{{4}}{_RARE}"
_LETTERS = rf"[A-Za-z].*[0-9]|[0-9].*[A-Za-z]{_RARE}"
_DIGIT = rf"[0-9]{_RARE}"
_DIGIT_BEFORE_OTHERS = rf"(?s)[0-9].*[^0-9\s]{_RARE}"
_NUMBERS = ("company_number", "vat_number")
_BOTH = names_vat_and_company_number

SHARED = (
    Shared("city", ("postal_code", "city"), place.taken_apart, "derived.place", _CODE_AMONG_OTHERS),
    Shared("postal_code", ("postal_code", "city"), place.taken_apart, "derived.place", _CODE_AMONG_OTHERS),
    Shared("address", ("address", "postal_code", "city"), place.behind_address, "derived.place", _CODE_AMONG_OTHERS),
    Shared("street", ("street", "postal_code", "city"), place.behind_address, "derived.place", _CODE_AMONG_OTHERS),
    Shared("street", ("street", "house_number", "box"), address.with_number, "derived.street", _DIGIT, alone=True),
    Shared("contact_name", ("contact_name",), person_name.turned, "contact_name.turned", sent=True),
    Shared("iban", ("iban", "bic"), account.taken_apart, "derived.bic", _LETTERS, contradicted=account.other_bic),
    Shared("company_number", _NUMBERS, numbers.vat_number_in, "derived.both_numbers", _LETTERS, under=_BOTH),
    Shared("vat_number", _NUMBERS, numbers.only_company_number, "derived.both_numbers", _DIGIT, under=_BOTH),
    Shared("house_number", ("house_number", "box"), address.number_and_box, "derived.box", _DIGIT_BEFORE_OTHERS),
)


def shared_cells_apart(
    columns: Mapping[str, Column], table: Table, wanted: set[str], sent: Collection[str]
) -> tuple[dict[str, Column], list[Finding]]:
    """Return the columns with such cells taken apart, and a repair for each.

    What stands in a cell of its own is never overwritten, and nothing is taken apart for a field nobody wants. `sent`
    are the fields that the platform takes itself.
    """
    result, findings = dict(columns), list[Finding]()
    for shared in SHARED:
        if _applies(shared, columns, wanted, sent):
            found = _found(shared, result[shared.field])
            records = Records(table.rows, {}, {shared.field: columns[shared.field]})
            findings += [
                located(records, Noticed(at, shared.field, Problem(shared.code, {"apart": shown_apart(one)})))
                for at, one in found.items()
            ]
            findings += _contradictions(shared, columns, table, found)
            result = {**result, **_filled(result, shared, found)} if found else result
    return result, findings


def _applies(shared: Shared, columns: Mapping[str, Column], wanted: set[str], sent: Collection[str]) -> bool:
    others = set(shared.parts) - {shared.field}
    taken = shared.field in (sent if shared.sent else columns)
    fits = shared.field in columns and taken and others <= wanted and not (shared.alone and others & columns.keys())
    return fits and _is_under(shared, columns[shared.field])


def _is_under(shared: Shared, column: Column) -> bool:
    return shared.under is None or shared.under(column.header)


def _contradictions(
    shared: Shared, columns: Mapping[str, Column], table: Table, found: Mapping[int, Derived]
) -> Iterator[Finding]:
    """Yield what is wrong where the second part stands in a cell of its own, too, and says something else."""
    second = shared.parts[-1]
    if shared.contradicted is None or second not in columns:
        return
    records = Records(table.rows, {}, {second: columns[second]})
    for at, derived in found.items():
        typed, part = columns[second].values[at].as_py(), derived.values[-1]
        if typed and part and (problem := shared.contradicted(typed, part)):
            yield located(records, Noticed(at, second, problem))


def held(columns: Mapping[str, Column]) -> frozenset[str]:
    """Return the fields that cells of other columns hold, such as the postal code of "9000 Gent"."""
    there = [shared for shared in SHARED if shared.field in columns and _is_under(shared, columns[shared.field])]
    held_by = {shared: columns[shared.field] for shared in there}
    return frozenset(part for shared, column in held_by.items() if _found(shared, column) for part in shared.parts)


def _found(shared: Shared, column: Column) -> dict[int, Derived]:
    """Return the parts by position, for the cells that hold more than their own."""
    return looked_up([matching(column.values, shared.sign)], shared.taken_apart)


def _filled(columns: Mapping[str, Column], shared: Shared, found: Mapping[int, Derived]) -> dict[str, Column]:
    """Return the parts' columns: the shared cell replaced by its own part, the others filled where they are empty."""
    own, filled = columns[shared.field], {}
    for part, name in enumerate(shared.parts):
        column = columns.get(name)
        cells: list[str | None] = column.values.to_pylist() if column else [None] * len(own.values)
        for at, derived in found.items():
            cells[at] = derived.values[part] if name == shared.field else cells[at] or derived.values[part]
        filled[name] = replace(column or own, values=pa.array(cells, pa.string()))
    return filled
