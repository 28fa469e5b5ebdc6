"""The file of a report: the report of last night is replaced, a list of clients never."""

from __future__ import annotations

from pathlib import Path

_WORKBOOKS = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
"""How an .xlsx, .ods or .xls begins, whatever it is called."""
_LISTS = (".csv", ".tsv", ".tab")


def write_report(text: str, path: Path) -> None:
    """Write a report, a new one for its owner's eyes only: it names clients.

    Raises UsageError where a spreadsheet would be lost, FileUnreadable when it cannot be written.
    """
    from clientimport.errors import UsageError
    from clientimport.storage.output_file import existing_mode, write_output

    if _is_spreadsheet(path):
        raise UsageError("report.not_ours", file=path)
    write_output(f"{text}\n".encode(errors="replace"), path, mode=existing_mode(path))


def _is_spreadsheet(path: Path) -> bool:
    """Tell whether there is a file that is somebody's spreadsheet: a CSV of ours is known by its first line."""
    from clientimport.reports.csv_report import COLUMNS, DELIMITER

    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            start = file.read(256)
    except OSError:  # what may not be read is not ours either, and writing says why
        return False
    ours = DELIMITER.join(COLUMNS).encode()
    is_list = path.suffix.casefold() in _LISTS and start.strip() != b"" and ours not in start
    return start.startswith(_WORKBOOKS) or is_list
