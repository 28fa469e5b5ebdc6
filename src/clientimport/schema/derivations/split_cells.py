"""Cells that hold more than their own ("9000 Gent", "12 bus 3", "Thill, Marc") are split before they are parsed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import keep_matching, map_distinct
from clientimport.model.finding import Finding, Issue
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
from clientimport.schema.finding_catalog import to_finding


@dataclass(frozen=True, slots=True)
class CombinedCell:
    """A field whose cell may hold others too."""

    field: str
    parts: tuple[str, ...]
    """The fields that `split` returns, `field` itself among them."""
    split: Callable[..., Derived | None]
    """Takes the cell, and what its row says in the field `beside`."""
    code: str
    sign: str = ""
    """An expression of Arrow's for some part of every cell that `split` splits, to skip the others."""
    beside: str = ""
    unless: str = ""
    """A field: where its own cell is filled, the combined cell is left as it is."""
    agreeing: bool = False
    """Only where no other part has a cell of its own that says something else: then both stay as typed."""
    sent: bool = False
    """Only where the platform takes the field itself; as a source for others it is read as typed."""
    under: Callable[[str], bool] | None = None
    """Only under a header of which this holds."""
    contradicted: Callable[[str, str], Issue | None] | None = None
    """What is wrong when the second part stands in its own column too: takes what is there, and the part."""


_RARE = r"|[^\x{0}-\x{24f}]"
"""Letters beyond Latin, among which are the digits of other scripts."""
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

    What stands in a cell of its own is never overwritten, and where it differs that is reported; a cell is only
    split where all its parts are needed. `sent` are the fields that the platform takes itself.
    """
    result, findings = dict(columns), list[Finding]()
    for combined in COMBINED_CELLS:
        if _applies(combined, columns, wanted, sent):
            split = _split(combined, result)
            records = Records(table.rows, {}, {combined.field: columns[combined.field]})
            conflicts = list(_conflicts(combined, split, result, table))
            if combined.agreeing:
                contradicted = {finding.row for finding in conflicts}
                split = {
                    position: derived
                    for position, derived in split.items()
                    if int(table.rows[position]) not in contradicted
                }
                conflicts = []
            findings += [
                to_finding(records, problem.at(position, combined.field))
                for position, problem in _repairs(combined, split)
            ]
            findings += conflicts
            result = {**result, **_fill_parts(result, combined, split)} if split else result
    return result, findings


def _applies(combined: CombinedCell, columns: Mapping[str, Column], wanted: set[str], sent: Collection[str]) -> bool:
    others = set(combined.parts) - {combined.field}
    taken = combined.field in (sent if combined.sent else columns)
    fits = combined.field in columns and taken and others <= wanted
    return fits and _is_under(combined, columns[combined.field])


def _is_under(combined: CombinedCell, column: Column) -> bool:
    return combined.under is None or combined.under(column.header)


def fields_in_combined_cells(columns: Mapping[str, Column]) -> frozenset[str]:
    """Return the fields that cells of other columns hold, such as the postal code of "9000 Gent"."""
    present = [
        combined
        for combined in COMBINED_CELLS
        if combined.field in columns and _is_under(combined, columns[combined.field])
    ]
    holding = [combined for combined in present if _split(combined, columns)]
    return frozenset(part for combined in holding for part in combined.parts)


def _split(combined: CombinedCell, columns: Mapping[str, Column]) -> dict[int, Derived]:
    """Return the parts by position, for the cells that hold more than their own."""
    cells = keep_matching(columns[combined.field].values, combined.sign)
    if combined.unless in columns:
        cells = cast(
            "pa.StringArray", pc.if_else(columns[combined.unless].values.is_null(), cells, pa.scalar(None, pa.string()))
        )
    beside = [columns[combined.beside].values] if combined.beside in columns else []
    return map_distinct([cells, *beside], combined.split)


def _repairs(combined: CombinedCell, split: Mapping[int, Derived]) -> Iterator[tuple[int, Issue]]:
    for position, derived in split.items():
        yield position, Issue(derived.code or combined.code, {"apart": format_parts(derived)})
        if derived.doubt:
            yield position, derived.doubt


def _conflicts(
    combined: CombinedCell, split: Mapping[int, Derived], columns: Mapping[str, Column], table: Table
) -> Iterator[Finding]:
    """Yield where another part has a cell of its own that says something else: that one is used."""
    has_column = [name != combined.field and name in columns for name in combined.parts]
    if not split or not any(has_column) or combined.under:  # of numbers the checks say more
        return
    cells = [
        columns[name].values.to_pylist() if present else None
        for name, present in zip(combined.parts, has_column, strict=True)
    ]
    place = combined.parts[-1] if combined.contradicted and has_column[-1] else combined.field
    records = Records(table.rows, {}, {place: columns[place]})
    for position, derived in split.items():
        row = [column[position] if column else None for column in cells]
        if problem := _conflict(combined, row, derived):
            yield to_finding(records, problem.at(position, place))


def _conflict(combined: CombinedCell, row: list[str | None], derived: Derived) -> Issue | None:
    if combined.contradicted is None:
        return first_conflict(combined.parts, row, derived.values)
    typed, part = row[-1], derived.values[-1]
    return combined.contradicted(typed, part) if typed and part else None


def _fill_parts(
    columns: Mapping[str, Column], combined: CombinedCell, split: Mapping[int, Derived]
) -> dict[str, Column]:
    """Return the parts' columns: the combined cell replaced by its own part, the others filled where they are empty."""
    source, filled = columns[combined.field], {}
    for part, name in enumerate(combined.parts):
        column = columns.get(name)
        cells: list[str | None] = column.values.to_pylist() if column else [None] * len(source.values)
        for position, derived in split.items():
            if name == combined.field or is_empty(cells[position]):
                cells[position] = derived.values[part]
        filled[name] = replace(column or source, values=pa.array(cells, pa.string()))
    return filled
