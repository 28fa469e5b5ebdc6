"""Misspelt domains: a mail to telnet.be or gmial.com is lost, or reaches a stranger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from clientimport.model.columns import keep_matching, map_distinct
from clientimport.model.finding import Issue
from clientimport.model.records import Records
from clientimport.schema.reference.email_domains import SLIP, meant_domains

FIELDS = ("contact_email", "responsible_email")


def misspelt_domains(records: Records) -> Iterator[Issue]:
    """Notice each address whose domain is one slip away from a well-known one; never changed, for it may be right."""
    for field in FIELDS:
        addresses = keep_matching(records.column(field), SLIP)
        intended = meant_domains(_domains(addresses))
        if not intended:
            continue
        for position, problem in map_distinct([addresses], partial(_misspelt, intended)).items():
            yield problem.at(position, field)


def _misspelt(intended: Mapping[str, str], address: str | None) -> Issue | None:
    name, _, domain = (address or "").rpartition("@")
    well_known = intended.get(domain.casefold())
    if well_known is None:
        return None
    return Issue("email.misspelt_domain", {"domain": domain, "known": well_known}, f"{name}@{well_known}")


def _domains(addresses: pa.StringArray) -> set[str]:
    domains = pc.drop_null(pc.unique(pc.replace_substring_regex(addresses, "(?s)^.*@", "")))
    return {str(domain).casefold() for domain in domains.to_pylist()}
