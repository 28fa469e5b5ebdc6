"""Undeliverable addresses: those that cannot exist, and placeholders typed because the field wants an address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import map_distinct
from clientimport.model.finding import Issue
from clientimport.model.records import Records
from clientimport.schema.reference.email_domains import meant_domain
from clientimport.schema.reference.top_level_domains import is_top_level_domain
from clientimport.schema.reference.undeliverable_addresses import (
    EVERYDAY_ENDING,
    LIKE_A_PLACEHOLDER,
    is_reserved,
    undeliverable,
)

FIELD = "contact_email"


def undeliverable_addresses(records: Records) -> Iterator[Issue]:
    """Notice each contact address that cannot be delivered to."""
    for position, problem in map_distinct([_doubtful(records.column(FIELD))], _problem).items():
        yield problem.at(position, FIELD)


def _doubtful(addresses: pa.StringArray) -> pa.StringArray:
    """Return the addresses to look at one by one, null for the others."""
    strange: Any = pa.array(_has_unusual_ending(addresses))
    wanted: Any = pc.or_(strange, pc.match_substring_regex(addresses, LIKE_A_PLACEHOLDER))
    return cast("pa.StringArray", pc.if_else(wanted, addresses, pa.scalar(None, pa.string())))


def _has_unusual_ending(addresses: pa.StringArray) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return where an address ends in a reserved or unknown top-level domain; each is looked up once."""
    everyday: Any = pc.match_substring_regex(addresses, EVERYDAY_ENDING)
    others: Any = pc.if_else(everyday, pa.scalar(None, pa.string()), addresses)
    endings: Any = pc.replace_substring_regex(others, r"(?s)^.*\.", "")
    strange = np.zeros(len(addresses), np.bool_)
    strange[list(map_distinct([endings], _is_unusual_ending))] = True
    return strange


def _is_unusual_ending(name: str | None) -> bool | None:
    return None if name is None or (is_top_level_domain(name) and not is_reserved(name.lower())) else True


def _problem(address: str | None) -> Issue | None:
    """Return the issue of an address, unless its type or the check of misspelt domains reports it already."""
    problem = undeliverable(address) if address else None
    if problem is None or address is None or problem.code == "contact_email.placeholder":
        return problem
    misspelt = meant_domain(address.rpartition("@")[2].casefold())
    return None if misspelt or _is_reported_by_type(address) else problem


def _is_reported_by_type(address: str) -> bool:
    from clientimport.schema.types.email import Email  # its library takes time that few files need

    read = Email().parse(address, "")
    return isinstance(read, Issue) or bool(read.notes)
