"""Cells that hold more than their own ("9000 Gent", "12 bus 3", "Thill, Marc") are taken apart before they are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import keep_matching, map_distinct
from clientimport.model.finding import Finding, Problem
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records
from clientimport.model.table import Column, Table
from clientimport.schema.derivations import (
    split_address,
    split_iban_bic,
    split_numbers,
    split_person_name,
    split_postal_code_city,
)
from clientimport.schema.derivations.combined_header import names_vat_and_company_number
from clientimport.schema.derivations.conflicting_parts import first_conflict, is_empty
from clientimport.schema.derivations.derivation import Derived, format_parts
from clientimport.schema.locate import to_finding


@dataclass(frozen=True, slots=True)
class CombinedCell:
    """A field whose cell may hold others too."""

    field: str
    parts: tuple[str, ...]
    """The fields that `taken_apart` returns, `field` itself among them."""
    split: Callable[..., Derived | None]
    """Takes the cell, and what its row says in the field `beside`."""
    code: str
    sign: str = ""
    """An expression of Arrow's for some part of every cell that `taken_apart` takes apart, to pass over the others."""
    beside: str = ""
    unless: str = ""
    """A field: where its own cell is filled, the shared one is left as it is."""
    agreeing: bool = False
    """Only where no other part has a cell of its own that says something else: then both stay as typed."""
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
_BIC_BESIDE_DIGITS = r"(?is)[a-z]{6}.*[0-9]|[0-9].*[a-z]{6}|[^\x{0}-\x{7f}]"
"""A BIC begins with six letters, bank and country (ISO 9362); an IBAN has no more than four in a row after its own two
digits."""
_DIGIT = rf"[0-9]{_RARE}"
_DIGIT_BEFORE_OTHERS = rf"(?s)[0-9].*[^0-9\s]{_RARE}"
_NUMBERS = ("company_number", "vat_number")
_BOTH = names_vat_and_company_number

_PLACE = ("postal_code", "city")

COMBINED_CELLS = (
    CombinedCell(
        "city",
        _PLACE,
        split_postal_code_city.split_postal_code_city,
        "derived.place",
        _CODE_AMONG_OTHERS,
        beside="country",
    ),
    CombinedCell("city", _PLACE, split_postal_code_city.move_postal_code, "derived.code_in_city", _DIGIT),
    CombinedCell(
        "postal_code",
        _PLACE,
        split_postal_code_city.split_postal_code_city,
        "derived.place",
        _CODE_AMONG_OTHERS,
        beside="country",
    ),
    CombinedCell(
        "address",
        ("address", *_PLACE),
        split_postal_code_city.split_address_and_city,
        "derived.place",
        _CODE_AMONG_OTHERS,
        "country",
    ),
    CombinedCell(
        "street",
        ("street", *_PLACE),
        split_postal_code_city.split_address_and_city,
        "derived.place",
        _CODE_AMONG_OTHERS,
        "country",
    ),
    CombinedCell(
        "street",
        ("street", "house_number", "box"),
        split_address.split_street_and_number,
        "derived.street",
        _DIGIT,
        "",
        "house_number",
    ),
    CombinedCell(
        "contact_name", ("contact_name",), split_person_name.first_name_first, "contact_name.turned", sent=True
    ),
    CombinedCell(
        "iban",
        ("iban", "bic"),
        split_iban_bic.split_iban_bic,
        "derived.bic",
        _BIC_BESIDE_DIGITS,
        contradicted=split_iban_bic.other_bic,
    ),
    CombinedCell(
        "company_number", _NUMBERS, split_numbers.split_vat_number, "derived.both_numbers", _LETTERS, under=_BOTH
    ),
    CombinedCell(
        "vat_number", _NUMBERS, split_numbers.only_company_number, "derived.both_numbers", _DIGIT, under=_BOTH
    ),
    CombinedCell(
        "house_number",
        ("house_number", "box"),
        split_address.split_number_and_box,
        "derived.box",
        _DIGIT_BEFORE_OTHERS,
        agreeing=True,
    ),
)


def split_combined_cells(
    columns: Mapping[str, Column], table: Table, wanted: set[str], sent: Collection[str]
) -> tuple[dict[str, Column], list[Finding]]:
    """Return the columns with such cells taken apart, and a repair for each.

    What stands in a cell of its own is never overwritten, and where it differs that is told; nothing is taken apart for
    a field nobody wants. `sent` are the fields that the platform takes itself.
    """
    result, findings = dict(columns), list[Finding]()
    for shared in COMBINED_CELLS:
        if _applies(shared, columns, wanted, sent):
            found = _found(shared, result)
            records = Records(table.rows, {}, {shared.field: columns[shared.field]})
            told = list(_contradictions(shared, found, result, table))
            if shared.agreeing:
                contradicted = {one.row for one in told}
                found = {at: one for at, one in found.items() if int(table.rows[at]) not in contradicted}
                told = []
            findings += [to_finding(records, Issue(at, shared.field, one)) for at, one in _repairs(shared, found)]
            findings += told
            result = {**result, **_filled(result, shared, found)} if found else result
    return result, findings


def _applies(shared: CombinedCell, columns: Mapping[str, Column], wanted: set[str], sent: Collection[str]) -> bool:
    others = set(shared.parts) - {shared.field}
    taken = shared.field in (sent if shared.sent else columns)
    fits = shared.field in columns and taken and others <= wanted
    return fits and _is_under(shared, columns[shared.field])


def _is_under(shared: CombinedCell, column: Column) -> bool:
    return shared.under is None or shared.under(column.header)


def fields_in_combined_cells(columns: Mapping[str, Column]) -> frozenset[str]:
    """Return the fields that cells of other columns hold, such as the postal code of "9000 Gent"."""
    there = [
        shared for shared in COMBINED_CELLS if shared.field in columns and _is_under(shared, columns[shared.field])
    ]
    holding = [shared for shared in there if _found(shared, columns)]
    return frozenset(part for shared in holding for part in shared.parts)


def _found(shared: CombinedCell, columns: Mapping[str, Column]) -> dict[int, Derived]:
    """Return the parts by position, for the cells that hold more than their own."""
    cells = keep_matching(columns[shared.field].values, shared.sign)
    if shared.unless in columns:
        cells = cast(
            "pa.StringArray", pc.if_else(columns[shared.unless].values.is_null(), cells, pa.scalar(None, pa.string()))
        )
    beside = [columns[shared.beside].values] if shared.beside in columns else []
    return map_distinct([cells, *beside], shared.split)


def _repairs(shared: CombinedCell, found: Mapping[int, Derived]) -> Iterator[tuple[int, Problem]]:
    for at, one in found.items():
        yield at, Problem(shared.code, {"apart": format_parts(one)})
        if one.doubt:
            yield at, one.doubt


def _contradictions(
    shared: CombinedCell, found: Mapping[int, Derived], columns: Mapping[str, Column], table: Table
) -> Iterator[Finding]:
    """Yield where another part has a cell of its own that says something else: that one is used."""
    there = [name != shared.field and name in columns for name in shared.parts]
    if not found or not any(there) or shared.under:  # of numbers the checks say more
        return
    cells = [columns[name].values.to_pylist() if own else None for name, own in zip(shared.parts, there, strict=True)]
    place = shared.parts[-1] if shared.contradicted and there[-1] else shared.field
    records = Records(table.rows, {}, {place: columns[place]})
    for at, derived in found.items():
        own = [column[at] if column else None for column in cells]
        if problem := _contradiction(shared, own, derived):
            yield to_finding(records, Issue(at, place, problem))


def _contradiction(shared: CombinedCell, own: list[str | None], derived: Derived) -> Problem | None:
    if shared.contradicted is None:
        return first_conflict(shared.parts, own, derived.values)
    typed, part = own[-1], derived.values[-1]
    return shared.contradicted(typed, part) if typed and part else None


def _filled(columns: Mapping[str, Column], shared: CombinedCell, found: Mapping[int, Derived]) -> dict[str, Column]:
    """Return the parts' columns: the shared cell replaced by its own part, the others filled where they are empty."""
    own, filled = columns[shared.field], {}
    for part, name in enumerate(shared.parts):
        column = columns.get(name)
        cells: list[str | None] = column.values.to_pylist() if column else [None] * len(own.values)
        for at, derived in found.items():
            if name == shared.field or is_empty(cells[at]):
                cells[at] = derived.values[part]
        filled[name] = replace(column or own, values=pa.array(cells, pa.string()))
    return filled
