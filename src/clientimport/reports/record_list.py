"""A list of records as CSV or JSON Lines: a client, a run or a connection a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from clientimport.messages.printable import escape_for_json, printable_lines
from clientimport.reports.csv_report import DELIMITER, escape_formula
from clientimport.reports.json_envelope import masked_object

Record = Mapping[str, object]


def records_csv(records: Sequence[Record], columns: Sequence[str] = (), *, masks: bool) -> str:
    """Return the records under a header, in UTF-8 with a byte order mark; safe as a report in CSV is.

    `columns` come first and are there without a record, too. What is nested has a column for each of its names
    (`fields.iban`), and several values stand in one cell with commas.
    """
    rows = [dict(_cells("", masked_object(record) if masks else record)) for record in records]
    names = list(dict.fromkeys((*columns, *(name for row in rows for name in row))))
    output = io.StringIO()
    writer = csv.writer(output, delimiter=DELIMITER, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([escape_formula(printable_lines(row.get(name, ""))) for name in names] for row in rows)
    return "\ufeff" + output.getvalue()


def records_json_lines(records: Sequence[Record], *, masks: bool) -> str:
    """Return one JSON object a line."""
    shown = (masked_object(record) if masks else record for record in records)
    return "".join(f"{escape_for_json(json.dumps(record, ensure_ascii=False, default=str))}\n" for record in shown)


def _cells(prefix: str, record: Record) -> Iterator[tuple[str, str]]:
    """Yield the column and the text of each value.

    >>> list(_cells("", {"id": 7, "counts": {"created": 2}, "users": ["an", "jo"], "reason": None}))
    [('id', '7'), ('counts.created', '2'), ('users', 'an, jo'), ('reason', '')]
    """
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _cells(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", _cell(value)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, list | tuple):
        return str(value)
    return ", ".join(
        json.dumps(item, ensure_ascii=False, default=str) if isinstance(item, Mapping) else _cell(item)
        for item in value
    )
