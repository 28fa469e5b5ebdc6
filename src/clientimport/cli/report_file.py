"""The files of `--report`: an earlier report is written over, a spreadsheet of the user never."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from clientimport.cli.console import Console
from clientimport.cli.file_options import ReadingOptions
from clientimport.cli.load_file import file_password_of
from clientimport.cli.stdin import stdin_bytes
from clientimport.cli.stdout import STDOUT, write_output
from clientimport.errors import UsageError
from clientimport.files.detect import file_content
from clientimport.model.report import Report
from clientimport.reports.csv_report import COLUMNS, DELIMITER
from clientimport.reports.formats import FORMATS
from clientimport.reports.protocol import ReportContext
from clientimport.storage.output_file import existing_mode, require_new
from clientimport.storage.output_file import write_output as write_file

_WORKBOOKS = (b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"))
"""How an .xlsx, .ods or .xls begins, also under another name."""
_LISTS = (".csv", ".tsv", ".tab")


def write_reports(
    targets: Sequence[tuple[str, Path]],
    reports: Sequence[Report],
    context: ReportContext,
    reading: ReadingOptions,
    console: Console,
) -> bytes | None:
    """Write the reports to each of `targets`, a format and a file; return what goes to stdout instead."""
    contents = []
    for name, path in sorted(targets, key=lambda target: FORMATS[target[0]].binary):
        content = FORMATS[name](reports, context)
        if isinstance(content, str):
            contents.append(write_output(path, console, partial(write_report, content)))
        else:
            contents.append(_write_workbook(content, path, console, was_locked=reading.password_env is not None))
    return next((content for content in contents if content is not None), None)


def annotated_file(file: str, reading: ReadingOptions, console: Console, report: Report) -> bytes:
    """Return the user's workbook with the findings of its report marked in it."""
    from clientimport.files.annotated.annotate import annotate

    options = {"encoding": reading.encoding, "password": file_password_of(reading)}
    return annotate(file_content(file, stdin_bytes(file)), report, console.messages, masks=console.masks, **options)


def _write_workbook(workbook: bytes, path: Path, console: Console, *, was_locked: bool) -> bytes | None:
    """Write the marked workbook; only one that was marked before is replaced. Raises UsageError and FileUnreadable."""
    from clientimport.files.annotated.annotate import has_macros, is_annotated_workbook

    ending = ".xlsm" if has_macros(workbook) else ".xlsx"
    if path != STDOUT and path.suffix.casefold() != ending:
        raise UsageError("report.ending", file=path, ending=ending)
    if was_locked:
        console.warn("report.no_password", file=path)
    if path != STDOUT:
        require_new(path, force=True)
        if path.exists() and not is_annotated_workbook(path):
            raise UsageError("report.not_ours", file=path)
    return write_output(path, console, lambda target: write_file(workbook, target))


def write_report(text: str, path: Path) -> None:
    """Write a report; a new file is readable by its owner alone, for it names clients.

    Raises UsageError where a spreadsheet would be lost, FileUnreadable when it cannot be written.
    """
    if _is_spreadsheet(path):
        raise UsageError("report.not_ours", file=path)
    write_file(f"{text}\n".encode(errors="replace"), path, mode=existing_mode(path))


def _is_spreadsheet(path: Path) -> bool:
    """Return whether the file is the user's own spreadsheet; a CSV report is recognised by its first line."""
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            start = file.read(256)
    except OSError:  # what may not be read is no report of before, and writing says why
        return False
    header = DELIMITER.join(COLUMNS).encode()
    is_list = path.suffix.casefold() in _LISTS and start.strip() != b"" and header not in start
    return start.startswith(_WORKBOOKS) or is_list
