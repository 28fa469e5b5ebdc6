"""The runs that the ledger remembers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientimport.api.display import Display
from clientimport.api.english_errors import english_errors
from clientimport.api.frames import record_frame
from clientimport.api.html import paragraph, result_html, table_html
from clientimport.api.open_ledger import open_ledger
from clientimport.api.run import Run
from clientimport.push.run_history import LAST, all_runs, load_run
from clientimport.push.run_result import RunResult

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("run", "command", "connection", "platform", "sandbox", "account", "file", "started", "ended", "counts")


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of this home, looked up each time; the latest first."""

    display: Display

    def get(self, run_id: str) -> Run:
        """Return one run; `last` is the latest. Raises UsageError."""
        with english_errors(), open_ledger() as ledger:
            return Run(load_run(ledger, run_id), self.display)

    @property
    def last(self) -> Run:
        """The latest run. Raises UsageError when there is none."""
        return self.get(LAST)

    @property
    def frame(self) -> pd.DataFrame:
        """One line for each run."""
        return record_frame(map(_record, self._all()), COLUMNS, plain=("sandbox",))

    def __iter__(self) -> Iterator[Run]:
        """Yield the runs."""
        return (Run(result, self.display) for result in self._all())

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._all())

    def __repr__(self) -> str:
        """Return how many there are."""
        return f"<Runs {len(self)}>"

    def _repr_html_(self) -> str:
        """Return the runs, as a notebook shows them."""
        shown = ("run", "command", "connection", "started", "counts")
        rows = [[_record(run)[name] for name in shown] for run in self._all()]
        return result_html("Runs", paragraph(f"{len(rows)} runs."), table_html("The latest first", shown, rows))

    def _all(self) -> tuple[RunResult, ...]:
        with english_errors(), open_ledger() as ledger:
            return all_runs(ledger)


def _record(run: RunResult) -> dict[str, object]:
    counts = ", ".join(f"{number} {state}" for state, number in run.counts.items() if number)
    head = run.head_document()
    return {**{name: head[name] for name in COLUMNS}, "counts": counts}


def runs(*, language: str = "en", show_personal_data: bool = False) -> Runs:
    """Return the runs that the ledger remembers."""
    with english_errors():
        return Runs(Display(language, not show_personal_data))
