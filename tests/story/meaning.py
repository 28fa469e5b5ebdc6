"""What the program understands of a file, to be compared with what the file means."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from clientimport.files.read import ReadRequest, read_table
from clientimport.matching.known_header import is_known_header
from clientimport.matching.matcher import match_columns
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import Validation, validate
from story.portfolio import Fields, Portfolio


def written(portfolio: Portfolio, path: Path) -> Path:
    """Write a portfolio as a workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in portfolio.rows:
        sheet.append(row)
    book.save(path)
    return path


def understood(path: Path, platform: str) -> Validation:
    """Return the validation of a file, without anybody's help."""
    schema = load_schema(platform)
    table = read_table(str(path), ReadRequest(), is_known_header)
    return validate(table, match_columns(table, schema, {}, None), schema)


def differences(expected: list[Fields], validation: Validation) -> list[str]:
    """Return where the clients differ from what the file means, in words."""
    clients = [dict(client.fields) for client in validation.clients]
    if len(clients) != len(expected):
        errors = [
            (finding.code, finding.cell, finding.value)
            for finding in validation.report.findings
            if finding.severity == "error"
        ]
        return [f"{len(clients)} clients for {len(expected)}: {errors[:5]}"]
    return [
        f"client {at}, {field}: {client.get(field)!r} for {wanted.get(field)!r}"
        for at, (wanted, client) in enumerate(zip(expected, clients, strict=True))
        for field in sorted(wanted.keys() | client.keys())
        if wanted.get(field) != client.get(field)
    ]
