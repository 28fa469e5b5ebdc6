"""A dialog: who is told of what is unusual, and who can be asked. A program is asked nothing."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Protocol

from clientimport.messages.catalog import MessageCatalog, message_catalog


class ClientImportWarning(UserWarning):
    """Something unusual that a person should read, such as a secret that goes to an unknown host."""


class Dialog(Protocol):
    """Who runs a command or calls a function: a person, or a program."""

    @property
    def messages(self) -> MessageCatalog:
        """The sentences in its language."""
        ...

    @property
    def is_interactive(self) -> bool:
        """Whether it can be asked."""
        ...

    def warn(self, key: str, **facts: object) -> None:
        """Tell it a phrase."""
        ...

    def ask_yes_or_no(self, question: str) -> bool:
        """Return its answer."""
        ...


@dataclass(frozen=True, slots=True)
class SilentDialog:
    """The dialog with a program: warnings are Python's own, and no question is asked."""

    language: str = "en"

    @property
    def messages(self) -> MessageCatalog:
        """The sentences in its language."""
        return message_catalog(self.language)

    @property
    def is_interactive(self) -> bool:
        """A program answers no question."""
        return False

    def warn(self, key: str, **facts: object) -> None:
        """Warn as Python does; a filter can make an error of it."""
        warnings.warn(self.messages.phrase(key, **facts), ClientImportWarning, stacklevel=3)

    def ask_yes_or_no(self, question: str) -> bool:  # noqa: ARG002 -- the answer is the same to every question
        """Return no: a program agrees to nothing by being asked.

        >>> SilentDialog().ask_yes_or_no("Send 60 mails?")
        False
        """
        return False
