"""Misspelt domains: an address at telnet.be or gmial.com reaches nobody, or a stranger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import keep_matching, map_distinct
from clientimport.model.finding import Problem
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records
from clientimport.schema.reference.email_domains import SLIP, meant_domains

FIELDS = ("contact_email", "responsible_email")


def misspelt_domains(records: Records) -> Iterator[Issue]:
    """Notice each address whose domain is one slip away from a well-known one; never changed, for it may be right."""
    for field in FIELDS:
        addresses = keep_matching(records.column(field), SLIP)
        meant = meant_domains(_domains(addresses))
        if not meant:
            continue
        for position, problem in map_distinct([addresses], partial(_misspelt, meant)).items():
            yield Issue(position, field, problem)


def _misspelt(meant: Mapping[str, str], address: str | None) -> Problem | None:
    name, _, domain = (address or "").rpartition("@")
    known = meant.get(domain.casefold())
    if known is None:
        return None
    return Problem("email.misspelt_domain", {"domain": domain, "known": known}, f"{name}@{known}")


def _domains(addresses: pa.StringArray) -> set[str]:
    known = pc.drop_null(pc.unique(pc.replace_substring_regex(addresses, "(?s)^.*@", "")))
    return {str(domain).casefold() for domain in known.to_pylist()}
