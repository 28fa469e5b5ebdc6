"""The name of a workbook that is written: Excel opens it by its ending alone."""

from __future__ import annotations

from pathlib import Path

from clientimport.errors import UsageError

_STDOUT = Path("-")


def require_workbook_name(*files: Path | None) -> None:
    """Raise UsageError for a file that does not end in .xlsx; stdout has no name."""
    for file in files:
        if file not in (None, _STDOUT) and Path(str(file)).suffix.casefold() != ".xlsx":
            raise UsageError("usage.not_xlsx", file=file)
