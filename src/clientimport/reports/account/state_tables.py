"""An account's state as tables in the user's language: the same on the page and in the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import finding_message, is_masked_field
from clientimport.messages.local_time import local_moment
from clientimport.messages.printable import printable
from clientimport.messages.worded_value import worded_value
from clientimport.model.masking import mask_value
from clientimport.reports.account.account_state import AGES, AccountState

if TYPE_CHECKING:
    import pandas as pd

WHO = ("name", "number", "email")
TOTALS_OF_FILE = ("on_platform", "not_on_platform", "unanswered", "with_differences")
TOTALS_OF_ACCOUNT = ("on_platform", "unanswered")
TableCell = str | int | date | None
"""A day and a number stay what they are, so that a workbook can sort and count them."""


@dataclass(frozen=True, slots=True)
class StateTable:
    """One table: what it is about, its columns and its rows."""

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]

    def texts(self, messages: MessageCatalog) -> list[tuple[str, ...]]:
        """Return the rows as they are read: a day as people write it, nothing for what is not known."""
        return [tuple(_text(cell, messages) for cell in row) for row in self.rows]


@dataclass(frozen=True, slots=True)
class StateTables:
    """Makes the tables of one state in one language."""

    state: AccountState
    messages: MessageCatalog
    masks: bool

    def every(self) -> tuple[StateTable, ...]:
        """Return the tables about single clients; those beside a file only where there is one."""
        state = self.state
        tables = [self._clients("unanswered", state.unanswered, *WHO, "last_mail", "days", "mails")]
        if state.file is not None:
            tables += [
                self._clients("not_on_platform", state.not_on_platform, "row", *WHO, "problems"),
                self._differences(),
                self._clients("only_on_platform", state.only_on_platform, *WHO, "status", "added", "last_mail"),
            ]
        rows = ("row",) if state.file is not None else ()
        every = self._clients("clients", state.clients, *rows, *WHO, "status", "added", "first_mail", "last_mail")
        return (*tables, every)

    def about(self) -> str:
        """Return of when the state is, and of whose clients."""
        state, messages = self.state, self.messages
        whose = self._phrase("of_account")
        if state.file is not None:
            clients = messages.plural("clients.total", len(state.clients))
            whose = messages.plural("account.of_file", state.rows, file=printable(state.file), clients=clients)
        return f"{self._phrase('at', moment=local_moment(messages, state.moment))} · {whose}"

    def totals(self) -> dict[str, int]:
        """Return the numbers that stand on top, by what is counted: of a file all, of an account two."""
        counts, keys = self.state.counts(), TOTALS_OF_FILE if self.state.file is not None else TOTALS_OF_ACCOUNT
        return {key: counts[key] for key in keys}

    def by_status(self) -> StateTable:
        """Return the number of clients in each state, in the platform's own words."""
        counts = self.state.by_status().items()
        return self._counted("status", "column.status", ((self.status(status), number) for status, number in counts))

    def by_age(self) -> StateTable:
        """Return the number of mails without an answer of each age that occurs, the youngest first."""
        labels: dict[int | None, str] = {AGES[0]: self._age(0, AGES[0]), None: self._phrase("age.unknown")}
        labels |= {last: self._age(first + 1, last) for first, last in pairwise(AGES)}
        labels[-1] = self._phrase("age.older", days=AGES[-1])
        counts = self.state.by_age().items()
        return self._counted("age", "age", ((labels[age], number) for age, number in counts))

    def over_time(self) -> StateTable:
        """Return by day, week or month how many clients had been added and mailed from here."""
        days = self.state.by_period()
        columns = tuple(self._phrase(f"time.{name}") for name in ("day", "added", "mailed"))
        numbers = zip(_days(days["day"]), map(int, days["added"]), map(int, days["mailed"]), strict=True)
        return StateTable("time", self._phrase("time.heading"), columns, tuple(numbers))

    def status(self, status: str) -> str:
        """Return a state in the platform's own word; nothing for a client that is not there."""
        return self.messages.status_label(status, self.state.platform) if status else "–"

    def _clients(self, key: str, clients: pd.DataFrame, *columns: str) -> StateTable:
        rows = zip(*(self._cells(clients, column) for column in columns), strict=True)
        return StateTable(key, self._phrase(f"{key}.heading"), self._headings(columns), tuple(rows))

    def _differences(self) -> StateTable:
        columns = ("row", "name", "field", "ours", "theirs")
        found = self.state.differences
        shown = (
            _numbers(found["row"]),
            map(printable, found["name"]),
            map(self.messages.label, found["field"]),
            *(map(self._value, found["field"], found[side]) for side in ("ours", "theirs")),
        )
        heading = self._phrase("differences.heading")
        return StateTable("differences", heading, self._headings(columns), tuple(zip(*shown, strict=True)))

    def _cells(self, clients: pd.DataFrame, column: str) -> Iterable[TableCell]:
        """Return one column of a table of clients."""
        values = clients[column]
        if column == "number":
            return map(self._value, clients["number_field"], values)
        if column in ("added", "first_mail", "last_mail"):
            return _days(values)
        by_column: dict[str, Callable[[Any], str]] = {"status": self.status, "problems": self._problems}
        if column in by_column:
            return map(by_column[column], values)
        return _numbers(values) if column in ("row", "days", "mails") else map(printable, values)

    def _value(self, field: str, value: str) -> str:
        shown = mask_value(is_masked_field(field), value) if self.masks else value
        return printable(worded_value(self.messages, field, shown))

    def _problems(self, findings: Sequence[Any]) -> str:
        """Return why a row was not sent, in words that have no command in them."""
        told = (finding_message(self.messages, finding, show_personal_data=not self.masks) for finding in findings)
        return printable(" ".join(told)) or self._phrase("not_sent")

    def _counted(self, key: str, first: str, counts: Iterable[tuple[str, int]]) -> StateTable:
        columns = self._phrase(first), self._phrase("number")
        return StateTable(key, self._phrase(f"{key}.heading"), columns, tuple(counts))

    def _headings(self, columns: Sequence[str]) -> tuple[str, ...]:
        return tuple(self._phrase(f"column.{column}") for column in columns)

    def _age(self, first: int, last: int) -> str:
        return self._phrase("age.range", first=first, last=last)

    def _phrase(self, key: str, **facts: object) -> str:
        return self.messages.phrase(f"account.{key}", **facts)


def _text(cell: TableCell, messages: MessageCatalog) -> str:
    if isinstance(cell, date):
        return cell.strftime(messages.phrase("day.short"))
    return "" if cell is None else str(cell)


def _numbers(values: pd.Series[Any]) -> Iterator[int | None]:
    return (None if missing else int(value) for value, missing in zip(values, values.isna(), strict=True))


def _days(values: pd.Series[Any]) -> Iterator[date | None]:
    return (None if missing else day.date() for day, missing in zip(values, values.isna(), strict=True))
