"""A cell that shows a name and is a link to an e-mail address: under an e-mail header, the address is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pyarrow as pa

from clientimport.model.finding import Finding, Problem
from clientimport.model.platform_schema import Issue
from clientimport.model.records import Records
from clientimport.model.table import Column, Table
from clientimport.schema.locate import to_finding

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
            behind = dict(_behind(column))
            records = Records(table.rows, {}, {field: column})
            findings += [to_finding(records, Issue(at, field, problem)) for at, problem in _noticed(column, behind)]
            cells = [behind.get(at, text) for at, text in enumerate(column.values.to_pylist())]
            result[field] = replace(column, values=pa.array(cells, pa.string()))
    return result, findings


def _behind(column: Column) -> Iterable[tuple[int, str]]:
    return ((at, link) for at, link in column.mail_links.items() if "@" not in (column.values[at].as_py() or ""))


def _noticed(column: Column, behind: Mapping[int, str]) -> Iterable[tuple[int, Problem]]:
    for at, link in column.mail_links.items():
        shown = column.values[at].as_py() or ""
        if at in behind:
            yield at, Problem("email.from_link", suggestion=link)
        elif link.casefold() not in shown.casefold():
            yield at, Problem("email.link_elsewhere", {"link": link})
