"""What identity numbers must have in common with each other, with the country and with the kind of client."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.client import display_name
from clientimport.model.columns import true_positions
from clientimport.model.finding import Issue
from clientimport.model.normalize import normalize
from clientimport.model.records import Records


def vat_matches_company_number(records: Records) -> Iterator[Issue]:
    """Notice every Belgian client whose VAT number is not BE and its company number.

    https://vat-consult.be/blog/btw-nummer
    """
    vat_numbers, company_numbers = records.column("vat_number"), records.column("company_number")
    belgian = pc.equal(records.column("country"), pa.scalar("BE"))
    same = pc.and_(
        pc.starts_with(vat_numbers, "BE"), pc.equal(pc.utf8_slice_codeunits(vat_numbers, 2), company_numbers)
    )
    for position in true_positions(pc.and_(belgian, pc.invert(same))):
        number = str(company_numbers[position])
        problem = Issue("vat_number.not_company_number", {"company_number": number}, f"BE{number}")
        yield problem.at(position, "vat_number")


def begins_with(
    records: Records, *, field: str, beginning: str, code: str, country: str | None = None
) -> Iterator[Issue]:
    """Notice every value that begins otherwise, among the clients of `country` only when it is given."""
    differs = pc.invert(pc.starts_with(records.column(field), beginning))
    if country:
        differs = pc.and_(differs, pc.equal(records.column("country"), pa.scalar(country)))
    for position in true_positions(differs):
        yield Issue(code, {"beginning": beginning}).at(position, field)


def sole_trader_only(records: Records) -> Iterator[Issue]:
    """Notice every company number of somebody who is known not to be a sole trader."""
    kinds = records.column("client_type")
    other = pc.and_(pc.is_valid(records.column("company_number")), pc.not_equal(kinds, pa.scalar("sole_trader")))
    for position in true_positions(other):
        yield Issue("company_number.sole_trader_only").at(position, "company_number")


@dataclass(frozen=True, slots=True)
class _Holder:
    """Somebody with a company number: whose row, and what is known of who it is."""

    position: int
    field: str
    national_number: str | None
    name: str | None

    def differs(self, other: _Holder) -> bool:
        """Return whether the two are certainly different people."""
        if self.position == other.position:
            return True  # a person and the spouse
        if self.national_number and other.national_number:
            return self.national_number != other.national_number
        return bool(self.name and other.name) and self.name != other.name


def one_person_per_number(records: Records) -> Iterator[Issue]:
    """Notice a company number that two people have: then it is a company's, and no sole trader's."""
    first: dict[str, _Holder] = {}
    for number, holder in _holders(records):
        earlier = first.setdefault(number, holder)
        if earlier is not holder and holder.differs(earlier):
            row = str(records.rows[earlier.position])
            yield Issue("company_number.of_two_people", {"first_row": row}).at(holder.position, holder.field)


def _holders(records: Records) -> Iterator[tuple[str, _Holder]]:
    names = zip(records.values("contact_first_name"), records.values("contact_last_name"), strict=True)
    clients = zip(records.values("company_number"), records.values("national_register_number"), names, strict=True)
    spouse = zip(
        records.values("spouse_company_number"), records.values("spouse_national_register_number"), strict=True
    )
    for position, ((number, nn, (first_name, last_name)), (spouse_number, spouse_nn)) in enumerate(
        zip(clients, spouse, strict=True)
    ):
        if number:
            name = normalize(
                display_name({"contact_first_name": first_name or "", "contact_last_name": last_name or ""})
            )
            yield number, _Holder(position, "company_number", nn, name)
        if spouse_number:
            yield spouse_number, _Holder(position, "spouse_company_number", spouse_nn, None)
