"""The office's own address as a client's contact: the mail to the client would come back to the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import true_positions
from clientimport.model.finding import Issue
from clientimport.model.records import Records
from clientimport.schema.reference.email_domains import WELL_KNOWN

_COLLEAGUES = ("responsible_email", "assignee_emails")
_NEARLY_ALL = 0.8
"""The share of colleagues' addresses from which on their domain is the office's; chosen, not measured."""


def office_addresses(records: Records) -> Iterator[Issue]:
    """Notice each contact with the address of a colleague, or at the domain that nearly all colleagues have."""
    colleagues = {
        address.strip().lower()
        for field in _COLLEAGUES
        for value in pc.drop_null(pc.unique(records.column(field))).to_pylist()
        for address in str(value).split(",")
    }
    if not colleagues:
        return
    domain, count = Counter(address.rpartition("@")[2] for address in colleagues).most_common(1)[0]
    office = domain if count >= _NEARLY_ALL * len(colleagues) and domain not in WELL_KNOWN else None
    addresses: Any = pc.utf8_lower(records.column("contact_email"))
    ours = pc.is_in(addresses, pa.array(sorted(colleagues)))
    at_office = pc.ends_with(addresses, f"@{office}") if office else ours
    for position in true_positions(cast("pa.BooleanArray", pc.or_(ours, at_office))):
        yield Issue("contact_email.of_the_office").at(position, "contact_email")
