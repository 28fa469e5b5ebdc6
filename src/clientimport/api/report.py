"""A report: what was noticed in a list of clients, as a frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from clientimport.api.display import Display
from clientimport.api.finding_records import FINDING_COLUMNS, finding_records
from clientimport.api.frames import record_frame
from clientimport.api.html import paragraph, result_html, table_html
from clientimport.errors import ClientImportError
from clientimport.model.finding import Severity
from clientimport.validation.validate import Validation

if TYPE_CHECKING:
    import pandas as pd

FailOn = Literal["error", "warning"]


class Findings(ClientImportError):
    """A list has findings that it should not have; `findings` is the frame of them all."""

    exit_code = 1
    findings: pd.DataFrame


@dataclass(frozen=True)
class Report:
    """Everything noticed in a list of clients."""

    validation: Validation
    display: Display

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return not self.validation.report.fails_on(Severity.ERROR)

    @cached_property
    def totals(self) -> dict[str, int]:
        """The counts: rows, clean_rows, errors, warnings, infos, repairs."""
        return self.validation.report.totals.to_document()

    @cached_property
    def findings(self) -> pd.DataFrame:
        """The findings, those about the list as a whole first, then by row and column."""
        records = finding_records(self.validation.report.findings, self.display)
        return record_frame(records, FINDING_COLUMNS, whole=("row", "sheet_row"))

    def raise_for_errors(self, *, fail_on: FailOn = "error") -> None:
        """Raise Findings when there is an error, or with `fail_on="warning"` a warning."""
        if self.validation.report.fails_on(Severity(fail_on)):
            error = Findings("report.findings", **self.totals)
            error.sentence = f"{self._summary()} See .findings of this exception."
            error.findings = self.findings
            raise error

    def _summary(self) -> str:
        words = (f"{number} {name.replace('_', ' ')}" for name, number in self.totals.items())
        return f"{self.display.file(self.validation.table.file)}: {', '.join(words)}."

    def __repr__(self) -> str:
        """Return the counts."""
        return f"<Report {self._summary()}>"

    def _repr_html_(self) -> str:
        """Return the counts and the first findings, as a notebook shows them."""
        columns = ("severity", "cell", "header", "value", "message")
        order = {severity: place for place, severity in enumerate(Severity)}
        records = sorted(
            finding_records(self.validation.report.findings, self.display),
            key=lambda record: order[Severity(str(record["severity"]))],
        )
        rows = [[record[name] for name in columns] for record in records]
        return result_html("Report", paragraph(self._summary()), table_html("Findings", columns, rows))
