"""Misspelt domains: an address at telnet.be or gmial.com reaches nobody, or a stranger."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from clientimport.finding import Problem
from clientimport.mail_domain import meant_domains
from clientimport.record import Records
from clientimport.schema import Noticed

FIELDS = ("contact_email", "responsible_email")


def misspelt_domains(records: Records) -> Iterator[Noticed]:
    """Notice each address whose domain is one slip away from a well-known one; never changed, for it may be right."""
    for field in FIELDS:
        addresses = records.column(field)
        meant = meant_domains(_domains(records, field))
        if not meant:
            continue
        for position, address in enumerate(addresses.to_pylist()):
            name, _, domain = (address or "").rpartition("@")
            if known := meant.get(domain.casefold()):
                facts = {"domain": domain, "known": known}
                yield Noticed(position, field, Problem("email.misspelt_domain", facts, f"{name}@{known}"))


def _domains(records: Records, field: str) -> set[str]:
    known = pc.drop_null(pc.unique(records.column(field))).to_pylist()
    return {str(address).rpartition("@")[2].casefold() for address in known}
