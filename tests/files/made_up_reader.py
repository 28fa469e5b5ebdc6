"""The reader of a format that exists in the tests alone: cells between bars, rows between line ends."""

from __future__ import annotations

from clientimport.files.readers.delimited import DelimitedWorkbook


def open_workbook(data: bytes, encoding: str | None) -> DelimitedWorkbook:
    return DelimitedWorkbook("sep=|\n" + data.removeprefix(b"MADEUP1\n").decode())
