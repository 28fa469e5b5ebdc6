"""How a list is printed: for people, as one JSON object, or its records alone as CSV or JSON Lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated

from clientimport.cli.console import Console
from clientimport.cli.options import option
from clientimport.cli.result import CommandResult


class ListFormat(StrEnum):
    """What a list can be printed as."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"


FormatOption = Annotated[ListFormat, option("--format", None, "How the list is printed.")]


def list_result(
    result: CommandResult,
    records: Sequence[Mapping[str, object]],
    format_: ListFormat,
    console: Console,
    columns: Sequence[str] = (),
) -> CommandResult:
    """Return the result of a command that lists, as it was asked for.

    `records` are the list. `columns` are those of its CSV that are there even when the list is empty.
    """
    if console.as_json or format_ in (ListFormat.TEXT, ListFormat.JSON):
        return result
    from clientimport.reports.record_list import records_csv, records_json_lines

    is_csv = format_ is ListFormat.CSV
    masks = console.masks
    text = records_csv(records, columns, masks=masks) if is_csv else records_json_lines(records, masks=masks)
    return CommandResult({}, exit_code=result.exit_code, content=text.encode())
