"""The console of one command: its language, its messages and questions on stderr, and what stdout can show."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientimport.cli.given_options import GivenOptions
from clientimport.cli.prompt_line import read_line
from clientimport.cli.terminal_lines import terminal_text, text_width
from clientimport.errors import UsageError
from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.printable import printable_lines

if TYPE_CHECKING:
    from rich.console import RenderableType


class QuestionDeclined(Exception):
    """The person answered no: nothing is done, and nothing failed."""


@dataclass(frozen=True, slots=True)
class Console:
    """The result goes to stdout, everything else through here to stderr."""

    messages: MessageCatalog
    as_json: bool = False
    quiet: bool = False
    is_interactive: bool = False
    """Whether there is a person to ask."""
    masks: bool = True
    """Whether national register numbers are hidden."""
    account_data: dict[str, object] = field(default_factory=dict)
    """What JSON says about the account in every answer, also a failure, once the account is known."""
    given: GivenOptions = field(default_factory=GivenOptions)
    """The options of this command, for the next one."""

    def display_value(self, field: str, value: str) -> str:
        """Return a field's value as it may be shown."""
        from clientimport.messages.finding_messages import is_masked_field
        from clientimport.model.masking import mask_value

        return mask_value(is_masked_field(field), value) if self.masks else value

    def worded_value(self, field: str, value: str) -> str:
        """Return a field's value as it may be shown, in the language's words: `ja` for yes."""
        from clientimport.messages.worded_value import worded_value

        return worded_value(self.messages, field, self.display_value(field, value))

    def info(self, key: str, **facts: object) -> None:
        """Print a phrase beside the result."""
        self.print(self.messages.phrase(key, **facts))

    def print_taken(self) -> None:
        """Print which options were taken from the settings, and from where."""
        places = dict.fromkeys(default.place for default in self.given.taken.values())
        for place in places:
            taken = (f"{name} {default.value}" for name, default in self.given.taken.items() if default.place == place)
            self.info("settings.taken", place=place, values=", ".join(taken))

    def print(self, text: str) -> None:
        """Print a text beside the result."""
        if not self.quiet:
            print(self._fit(text), file=sys.stderr, flush=True)

    def print_always(self, text: str) -> None:
        """Print what a question is about, also with `--quiet`."""
        print(self._fit(text), file=sys.stderr, flush=True)

    def warn(self, key: str, **facts: object) -> None:
        """Print a warning beside the result, also with `--quiet`."""
        print(self._fit(printable_lines(self.messages.phrase(key, **facts))), file=sys.stderr, flush=True)

    def ask(self, question: str) -> str:
        """Return what the person types after `question`. Raises QuestionDeclined at the end of input."""
        with _ctrl_c_interrupts():  # before the question is on the screen: a quick answer may be Ctrl-C
            print(self._fit(printable_lines(question)), end=" ", file=sys.stderr, flush=True)
            line = read_line()
        if not line:
            raise QuestionDeclined
        return line.strip()

    def confirm(self, question: str, flag: str) -> None:
        """Go on only after a yes. Raises QuestionDeclined after a no, UsageError naming `flag` without a terminal."""
        self._require_person(question, flag)
        if self.ask(f"{question} [{self.messages.phrase('ask.yes')[0]}/N]").casefold() not in self._yes():
            raise QuestionDeclined

    def ask_yes_or_change(self, question: str) -> bool:
        """Return True for yes, False when something is to be changed. Raises QuestionDeclined after a no.

        Needs a terminal: see `asks`.
        """
        change = self.messages.phrase("ask.change").casefold()
        letters = f"{self.messages.phrase('ask.yes')[0]}/{change[0]}/N"
        answer = self.ask(f"{question} ({change[0]} = {change}) [{letters}]").casefold()
        if answer not in self._yes() | {change, change[0]}:
            raise QuestionDeclined
        return answer in self._yes()

    def ask_yes_or_no(self, question: str) -> bool:
        """Return True for yes and False for no. Raises QuestionDeclined for anything else.

        The answer is remembered, so it is not guessed. Needs a terminal: see `asks`.
        """
        no = self.messages.phrase("ask.no").casefold()
        answer = self.ask(f"{question} [{self.messages.phrase('ask.yes')[0]}/{no[0]}]").casefold()
        if answer not in self._yes() | {no, no[0], "n", "no"}:
            raise QuestionDeclined
        return answer in self._yes()

    def confirm_number(self, question: str, number: int, flag: str) -> None:
        """Go on only after `number` was typed. Raises as `confirm`."""
        self._require_person(question, flag)
        if self.ask(question) != str(number):
            raise QuestionDeclined

    def require_person_or_yes(self, *, yes: bool) -> None:
        """Raise UsageError when something is to be sent, no one can be asked, and no one said yes beforehand."""
        if not yes and not self.is_interactive:
            raise UsageError("usage.send_needs_yes")

    def ask_secret(self, prompt: str) -> str:
        """Return what the person types, without showing it."""
        import getpass

        return getpass.getpass(f"{prompt} ", stream=sys.stderr)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]], whole: int = 1) -> str:
        """Return rows under headings, fit to be shown; the first `whole` columns stay in one piece."""
        from clientimport.reports.text_tables import text_table

        return render_output(
            text_table(headings, [[self.display_value("", cell) for cell in row] for row in rows], whole)
        )

    def records(self, headings: Mapping[str, bool], rows: Iterable[Sequence[str]], notes: Iterable[str] = ()) -> str:
        """Return rows under headings as wide as the output, each with its note below it.

        A heading has True where its column may fold.
        """
        from itertools import zip_longest

        from clientimport.reports.record_lines import RecordColumn, RecordLine, record_lines

        columns = [RecordColumn(heading, folds) for heading, folds in headings.items()]
        lines = [
            RecordLine(
                tuple(self.display_value("", cell) for cell in row), (self.display_value("", note),) if note else ()
            )
            for row, note in zip_longest(rows, notes)
        ]
        return render_lines(record_lines(columns, lines, output_width()))

    def _fit(self, text: str) -> str:
        """Return a text for stderr."""
        from clientimport.model.masking import mask_page

        return terminal_text(mask_page(text) if self.masks else text, sys.stderr)

    def _yes(self) -> frozenset[str]:
        word = self.messages.phrase("ask.yes").casefold()
        return frozenset({word, word[0], "y", "yes"})

    def _require_person(self, question: str, flag: str) -> None:
        if not self.is_interactive:
            raise UsageError("usage.nobody_to_ask", question=question, flag=flag)


@contextmanager
def _ctrl_c_interrupts() -> Iterator[None]:
    """Make Ctrl-C end a question at once; an event loop would wait for the answer first."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def output_width() -> int:
    """Return how wide the result may be."""
    return text_width(sys.stdout)


def supports_colour() -> bool:
    """Return whether the result may have colours."""
    from rich.console import Console as RichConsole

    console = RichConsole()  # knows NO_COLOR, FORCE_COLOR and dumb terminals
    return console.is_terminal and not console.no_color


def render_output(*parts: RenderableType) -> str:
    """Return what rich would print, as text for stdout."""
    from clientimport.reports.text_tables import render

    return render(parts, width=output_width(), colour=supports_colour())


def render_lines(text: str) -> str:
    """Return lines that fit the output already as it may be shown: the first one, a heading, stands out."""
    from rich.text import Text

    heading, _, rest = text.partition("\n")
    lines = Text(no_wrap=True, overflow="ignore").append(heading, style="bold").append(f"\n{rest}")
    return render_output(lines)


def render_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under headings, whole values, as wide as the output."""
    from clientimport.reports.text_tables import text_table

    return render_output(text_table(headings, rows))
