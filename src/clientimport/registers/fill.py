"""Filling empty cells from the KBO: the name, and the address where nothing in the row speaks against it.

A VAT number is never filled: not every enterprise is subject to VAT, and the extract does not say which are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import pyarrow as pa

from clientimport.model.finding import Finding, Issue
from clientimport.model.records import Records
from clientimport.registers.findings import difference_issues
from clientimport.registers.kbo.enterprise import Enterprise, Seat
from clientimport.registers.register_lookup import ClientFacts, KboFacts, LookupResult
from clientimport.schema.finding_catalog import to_finding

NAME = "legal_name"
ADDRESS = ("street", "house_number", "box", "address", "postal_code", "city")
FILLED = (NAME, *ADDRESS)
"""What can be filled."""


def fill_from_kbo(look_up: LookupResult, records: Records, wanted: Collection[str]) -> tuple[Records, list[Finding]]:
    """Return the records with empty cells of the fields `wanted` filled, and each as a repair.

    Where the name contradicts the number nothing is filled, and that is a finding.
    """
    date = look_up.extract.snapshot.isoformat() if look_up.extract else ""
    columns = {field: records.values(field) for field in FILLED if field in wanted}
    issues: list[Issue] = []
    for position, client in enumerate(look_up.clients):
        empty = [field for field, values in columns.items() if _is_empty(records, field, values, position)]
        if client.kbo is None or client.kbo.enterprise is None or not empty:
            continue
        if any(difference.field == NAME for difference in client.kbo.differences):
            issue = next(difference_issues(client.kbo, date))
            issues.append(issue.at(position, issue.field))
            continue
        if "street" not in empty and "box" in empty:
            empty.remove("box")  # an address that is there is whole without one
        for name, value in _values(client, client.kbo, client.kbo.enterprise, wanted):
            if name in empty and value:
                columns[name][position] = value
                issues.append(Issue("kbo.filled", {"register_date": date}, value, position, name))
    filled = {issue.field for issue in issues if issue.code == "kbo.filled"}
    for field, values in columns.items():
        if field in filled:
            records = records.with_field(field, pa.array(values, pa.string()))
    return records, [to_finding(records, issue) for issue in issues]


def _is_empty(records: Records, field: str, values: Sequence[str | None], position: int) -> bool:
    """Tell whether a cell is empty: what was typed and not understood is not."""
    return values[position] is None and not (records.typed_value(field, position) or "").strip()


def _values(
    client: ClientFacts, kbo: KboFacts, enterprise: Enterprise, wanted: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield what the KBO would fill in."""
    language = _language(client.subject.fields)
    yield NAME, enterprise.name_in(language)
    seat = enterprise.seat
    # A person's own address is no seat, and of an address of which a part differs the rest would be another's.
    differing = {difference.field for difference in kbo.differences}
    if NAME in wanted and seat is not None and not seat.foreign and differing.isdisjoint(ADDRESS):
        yield from _address(seat, language)


def _address(seat: Seat, language: str) -> Iterator[tuple[str, str]]:
    yield "street", seat.street_in(language)
    yield "house_number", seat.house_number
    yield "box", seat.box
    yield "address", seat.line(language).partition(",")[0]
    yield "postal_code", seat.postal_code
    yield "city", seat.city_in(language)


def _language(fields: Mapping[str, str]) -> str:
    """Return the language in which a client's address is written."""
    spoken = (fields.get(name, "")[:2] for name in ("language", "contact_language", "contact_locale"))
    return next((language for language in spoken if language), "nl")
