"""From a data frame to the table of its rows, read with the same eyes as a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clientimport.files.readers.data_frame import NAME, ArrowStream, FrameSheet, frame_sheet
from clientimport.files.table_detection.header_row import NO_HEADING, HeaderRow
from clientimport.files.table_detection.to_table import to_table
from clientimport.model.table import Table
from clientimport.schema.row_filter import filter_rows

if TYPE_CHECKING:
    import pandas as pd


def frame_table(frame: pd.DataFrame | ArrowStream, where: Sequence[str] = ()) -> Table:
    """Return the table in a frame. Raises FileUnreadable for one that is no list.

    A row's number is its position and 2, as in a sheet below one row of headers, or what an index named `row` holds.
    """
    read = frame_sheet(frame)
    heading = HeaderRow(1, read.headers, 0, 0.0) if read.headers else NO_HEADING
    return filter_rows(_numbered(to_table(NAME, read.sheet, heading), read), where)


def _numbered(table: Table, read: FrameSheet) -> Table:
    """Return the table with the row numbers of its frame."""
    if read.rows is None:
        return table
    findings = (
        replace(finding, row=read.row_number(finding.row)) if finding.row is not None else finding
        for finding in table.findings
    )
    rows = np.array([read.row_number(number) for number in table.rows.tolist()], np.int64)
    return replace(table, rows=rows, findings=tuple(findings))
