"""What can be sent of a list: canonical values with every safe repair, and the rows that are left out."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from clientimport.api.display import Display
from clientimport.api.english_errors import english_errors
from clientimport.api.frames import text_frame
from clientimport.api.html import paragraph, result_html, table_html
from clientimport.files.readers.data_frame import ROW
from clientimport.messages.added_headers import is_added_header
from clientimport.messages.finding_messages import finding_advice, finding_message
from clientimport.model.finding import Severity
from clientimport.model.findings import with_severity
from clientimport.storage.workbook_name import require_workbook_name
from clientimport.validation.validate import Validation

if TYPE_CHECKING:
    import pandas as pd

REASON = "reason"


@dataclass(frozen=True)
class Fixed:
    """The clients that may be sent, and the rows that may not."""

    validation: Validation
    display: Display

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The clients: text, one column for each field of the platform; the index, `row`, is the row of each."""
        clients, fields = self.validation.clients, self.validation.schema.fields
        columns = {field: [client.fields.get(field) for client in clients] for field in fields}
        return text_frame(columns, (client.row for client in clients), ROW)

    @cached_property
    def rejects(self) -> pd.DataFrame:
        """The rows with an error: your own columns, and `reason`; the index, `row`, is the row of each."""
        table, reasons = self.validation.table, self._reasons()
        positions = [position for position, row in enumerate(table.rows.tolist()) if row in reasons]
        kept = [column for column in table.columns if not is_added_header(column.header)]
        names = _unlike([column.header or column.letter for column in kept])
        columns = {name: column.values.take(positions).to_pylist() for name, column in zip(names, kept, strict=True)}
        rows = [int(table.rows[position]) for position in positions]
        return text_frame({**columns, REASON: ["\n".join(reasons[row]) for row in rows]}, rows, ROW)

    def to_excel(self, path: str | os.PathLike[str], *, language: str | None = None, force: bool = False) -> None:
        """Write the platform's own upload file, for your eyes only. Raises FileUnreadable when it cannot be written."""
        from clientimport.files.writers.upload_file import write_upload_file

        with english_errors():
            require_workbook_name(Path(path))
            schema, clients = self.validation.schema, self.validation.clients
            write_upload_file(schema, self.display.in_language(language).language, clients, Path(path), force=force)

    def rejects_to_excel(
        self, path: str | os.PathLike[str], *, language: str | None = None, force: bool = False
    ) -> None:
        """Write the rows that are left out, with the reasons, to be corrected there and read again."""
        from clientimport.files.writers.rejected_rows import write_rejected_rows

        with english_errors():
            require_workbook_name(Path(path))
            table, findings = self.validation.table, self.validation.report.findings
            written = self.display.in_language(language).language
            write_rejected_rows(table, findings, Path(path), written, force=force)

    def _reasons(self) -> dict[int, list[str]]:
        reasons: dict[int, list[str]] = {}
        messages, shows = self.display.messages, not self.display.masks
        for finding in with_severity(self.validation.report.findings, Severity.ERROR):
            if finding.row is not None:
                words = (
                    finding_message(messages, finding, show_personal_data=shows),
                    finding_advice(messages, finding, show_personal_data=shows),
                )
                place = f"[{finding.column}] " if finding.column else ""
                reasons.setdefault(finding.row, []).append(f"{place}{' '.join(words)}")
        return {row: list(dict.fromkeys(sentences)) for row, sentences in reasons.items()}

    def _summary(self) -> str:
        return (
            f"{len(self.validation.clients)} clients to send, {len(self.validation.invalid_rows)} rows left out, "
            f"{self.validation.report.totals.repairs} repairs."
        )

    def __repr__(self) -> str:
        """Return the counts."""
        return f"<Fixed {self._summary()}>"

    def _repr_html_(self) -> str:
        """Return the counts and the reasons, as a notebook shows them."""
        rows = [(row, "\n".join(sentences)) for row, sentences in sorted(self._reasons().items())]
        return result_html("Fixed", paragraph(self._summary()), table_html("Left out", (ROW, REASON), rows))


def _unlike(headers: list[str]) -> list[str]:
    """Return headers that are all unlike each other.

    >>> _unlike(["Name", "Name", "reason"])
    ['Name', 'Name.2', 'reason.2']
    """
    names: list[str] = []
    for header in headers:
        number, name = 1, header
        while name in (*names, REASON):
            number += 1
            name = f"{header}.{number}"
        names.append(name)
    return names
