"""A cell that shows a name and is a link to an e-mail address: under an e-mail header, the address is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyarrow as pa

from clientimport.model.finding import Finding, Issue
from clientimport.model.records import Records
from clientimport.model.table import Column, Table
from clientimport.schema.finding_catalog import to_finding

FIELDS = ("contact_email", "assignee_emails", "responsible_email")
"""The fields that hold e-mail addresses."""


def follow_mailto_links(columns: Mapping[str, Column], table: Table) -> tuple[dict[str, Column], list[Finding]]:
    """Return the columns with the addresses behind cells that show none, and a finding for each.

    A cell that shows an address keeps it: when its link leads elsewhere, a person has to say which is right.
    """
    result, findings = dict(columns), list[Finding]()
    for field in FIELDS:
        if field in columns and columns[field].mail_links:
            column = columns[field]
            behind = dict(_hidden_addresses(column))
            records = Records(table.rows, {}, {field: column})
            findings += [
                to_finding(records, problem.at(position, field)) for position, problem in _issues(column, behind)
            ]
            cells = [behind.get(position, text) for position, text in enumerate(column.values.to_pylist())]
            result[field] = replace(column, values=pa.array(cells, pa.string()))
    return result, findings


def _hidden_addresses(column: Column) -> Iterable[tuple[int, str]]:
    return (
        (position, link)
        for position, link in column.mail_links.items()
        if "@" not in (column.values[position].as_py() or "")
    )


def _issues(column: Column, behind: Mapping[int, str]) -> Iterable[tuple[int, Issue]]:
    for position, link in column.mail_links.items():
        shown = column.values[position].as_py() or ""
        if position in behind:
            yield position, Issue("email.from_link", suggestion=link)
        elif link.casefold() not in shown.casefold():
            yield position, Issue("email.link_elsewhere", {"link": link})
