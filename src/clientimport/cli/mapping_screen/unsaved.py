"""Decisions of the mapping screen that no profile keeps: as options of the next command."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.matching.column_overrides import override_name
from clientimport.validation.import_file import ImportFile


def decision_options(before: ImportFile, after: ImportFile) -> Iterator[str]:
    """Yield the `--set` for each column that was decided about on the screen."""
    columns = {column.index: column for column in after.table.columns}
    for index, field in after.overrides.items():
        if before.overrides.get(index) != field:
            yield from ("--set", f"{override_name(columns[index], after.table.columns)}={field}")
