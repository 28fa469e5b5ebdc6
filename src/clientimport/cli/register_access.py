"""How a command reaches the registers: how far a look-up got, and that an extract is old."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from clientimport.api.register_access import register_access
from clientimport.cli.console import Console

if TYPE_CHECKING:
    from clientimport.model.finding import Finding
    from clientimport.registers.register_lookup import RegisterAccess

_FEW, _MANY = 10, 50
"""From how many look-ups on progress is shown: on a terminal, and in a log."""


def console_register_access(console: Console) -> RegisterAccess:
    """Return the registers as this person has set them up, with how far a look-up got. Raises SettingsUnusable."""
    return register_access(console.messages.language, _Progress(console).show)


def warn_old_extract(findings: Iterable[Finding], console: Console) -> None:
    """Say that the KBO's extract is older than one should rely on, where a command shows only what is about rows."""
    from clientimport.model.finding import Severity

    for finding in findings:
        if finding.code == "kbo.extract" and finding.severity is Severity.WARNING:
            from clientimport.messages.finding_messages import finding_advice, finding_message

            words = console.messages
            console.print_always(f"{finding_message(words, finding)} {finding_advice(words, finding)}")


class _Progress:
    """How far a look-up got, on stderr: one line that counts on a terminal, a line for every tenth elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._tenth = -1

    def show(self, register: str, done: int, total: int) -> None:
        """Show how many were looked up."""
        moving = sys.stderr.isatty()
        if self._console.quiet or total < (_FEW if moving else _MANY):
            return
        line = self._console.messages.phrase("lookup.progress", register=register.upper(), done=done, total=total)
        if moving:
            end = "\n" if done == total else ""
            print(f"\r{line}\x1b[K", end=end, file=sys.stderr, flush=True)
        elif (tenth := 10 * done // total) != self._tenth:
            self._tenth = tenth
            print(line, file=sys.stderr, flush=True)
