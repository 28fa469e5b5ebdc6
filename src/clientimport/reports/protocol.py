"""A format: one way to show reports to a person or a program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from clientimport.messages.catalog import MessageCatalog
from clientimport.model.finding import Severity

if TYPE_CHECKING:
    from clientimport.model.report import Report  # NumPy and Arrow, which help does not need


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a format needs to know beside the reports."""

    messages: MessageCatalog
    platform: str
    """The platform's id."""
    title: str
    """The platform's name and when its rules were checked."""
    exit_code: int = 0
    masks: bool = True
    """Whether national register numbers are hidden."""
    width: int = 80
    colour: bool = False
    shows_all: bool = False
    """Whether text shows every repair and every different message, not a few of each kind."""
    fails_on: Severity = Severity.ERROR
    """From which severity on a finding counts for the exit code."""
    annotate: Callable[[Report], bytes] | None = None
    """Returns the user's own file with the findings of its report marked in it."""


class ReportFormat(Protocol):
    """A way to show reports: the one public function of a format's module."""

    def __call__(self, reports: Sequence[Report], context: ReportContext) -> str | bytes:
        """Return the reports as one text without a final line break, or as the bytes of a file."""
        ...
