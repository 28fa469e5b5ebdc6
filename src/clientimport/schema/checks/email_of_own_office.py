"""The office's own address as a client's contact: the mail to the client would come back to the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.finding import Problem
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records
from clientimport.schema.checks.positions import true_positions
from clientimport.schema.reference.email_domains import WELL_KNOWN

_COLLEAGUES = ("responsible_email", "assignee_emails")
_MOST = 0.8
"""The share of colleagues' addresses with one domain from which it is the office's."""


def office_addresses(records: Records) -> Iterator[Issue]:
    """Notice each contact with the address of a colleague, or at the domain that nearly all colleagues have."""
    colleagues = {
        one.strip().lower()
        for field in _COLLEAGUES
        for value in pc.drop_null(pc.unique(records.column(field))).to_pylist()
        for one in str(value).split(",")
    }
    if not colleagues:
        return
    domain, count = Counter(one.rpartition("@")[2] for one in colleagues).most_common(1)[0]
    office = domain if count >= _MOST * len(colleagues) and domain not in WELL_KNOWN else None
    addresses: Any = pc.utf8_lower(records.column("contact_email"))
    ours = pc.is_in(addresses, pa.array(sorted(colleagues)))
    there = pc.ends_with(addresses, f"@{office}") if office else ours
    for position in true_positions(cast("pa.BooleanArray", pc.or_(ours, there))):
        yield Issue(position, "contact_email", Problem("contact_email.of_the_office"))
