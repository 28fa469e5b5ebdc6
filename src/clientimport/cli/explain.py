"""`explain`: what one kind of finding means, why it matters and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.outcome import Outcome
from clientimport.cli.screen import Screen

app = typer.Typer()


@command(
    app,
    "explain",
    "clientimport explain company_number.check_digits",
    "clientimport explain required.empty --language nl",
)
def explain(
    *, code: Annotated[str, typer.Argument(metavar="CODE", help="The code beside a finding.")], screen: Screen
) -> Outcome:
    """Say what a finding means and how to mend it."""
    from clientimport.catalogue import catalogue
    from clientimport.errors import UsageError
    from clientimport.suggestion import did_you_mean

    entry = catalogue().get(code)
    if entry is None:
        raise UsageError("explain.unknown", name=code, meant=did_you_mean(code, catalogue()))
    words = screen.words.findings[code]
    severity = screen.words.say(f"severity.{entry.severity}")
    text = f"{words.title} ({severity})\n\n{words.explain}\n\n{screen.words.say('source')}: {entry.source}"
    data = {"code": code, "title": words.title, "text": words.explain, "source": entry.source}
    return Outcome({**data, "severity": entry.severity}, text)
