"""Examples of findings: rows on which one fires, and a near miss on which it does not (schemas/_examples.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import tomli

from clientimport.schema.data_files import data_folder

DEFAULT_PLATFORM = "banqup-console-be"


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One row of an example: the cells that matter, and the clean row that has the others."""

    cells: Mapping[str, str | None]
    """By field or header; None where the file has no such column."""
    clean: int
    """Which of the platform's clean rows, from 0."""


@dataclass(frozen=True, slots=True)
class Example:
    """A file in which a finding fires, or does not: some rows, or a whole text."""

    rows: tuple[ExampleRow, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class ExamplePair:
    """A file in which a finding fires, and one that is nearly the same, in which it does not."""

    platform: str
    example: Example
    near_miss: Example
    options: tuple[str, ...] = ()
    """The options of `validate`, for both."""

    def shown_rows(self, example: Example) -> Iterator[Mapping[str, str | None]]:
        """Yield the cells to show of each row; what matters in one row is shown of all of them."""
        names = dict.fromkeys(name for row in example.rows for name in row.cells)
        for row in example.rows:
            clean = clean_rows(self.platform)[row.clean]
            yield {name: row.cells.get(name, clean.get(name, "")) for name in names}


@cache
def finding_examples() -> Mapping[str, ExamplePair]:
    """Return the examples by the code of their finding; not every finding can be shown in a few cells."""
    return {
        code: ExamplePair(
            entry.get("on", DEFAULT_PLATFORM),
            _example(entry["example"]),
            _example(entry["near_miss"]),
            tuple(entry.get("options", ())),
        )
        for code, entry in _document()["finding"].items()
    }


def clean_rows(platform: str) -> Sequence[Mapping[str, str]]:
    """Return rows of a platform on which nothing fires: what an example does not name is as they have it."""
    rows: Sequence[Mapping[str, str]] = _document()["clean"][platform]
    return rows


@cache
def _document() -> dict[str, Any]:
    return tomli.loads((data_folder("schemas") / "_examples.toml").read_text(encoding="utf-8"))


def _example(entry: str | Sequence[Mapping[str, Any]]) -> Example:
    if isinstance(entry, str):
        return Example(text=entry)
    return Example(tuple(_row(row, index) for index, row in enumerate(entry)))


def _row(entry: Mapping[str, Any], index: int) -> ExampleRow:
    cells = {name: None if cell is False else cell for name, cell in entry.items() if name != "like"}
    return ExampleRow(cells, entry.get("like", index + 1) - 1)
