"""Clients that the KBO says have stopped: named above the question of a push, and also where nobody is asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from clientimport.cli.console import Console

if TYPE_CHECKING:
    from clientimport.model.finding import Finding

_STOPPED = ("kbo.situation", "kbo.unknown")
NAMED = 20
"""Rows that are named; the report has them all."""


def warn_stopped_clients(findings: Iterable[Finding], console: Console) -> None:
    """Say which rows are of enterprises that are not in the KBO's normal situation, if any."""
    stopped = [finding for finding in findings if finding.code in _STOPPED and finding.row is not None]
    if stopped:
        unknown = console.messages.phrase("lookup.kbo.unknown")
        named = [f"{finding.row} ({finding.facts.get('situation', unknown)})" for finding in stopped[:NAMED]]
        rows = ", ".join([*named, *(["…"] if len(stopped) > NAMED else [])])
        console.print_always(console.messages.plural("push.stopped", len(stopped), rows=rows))
