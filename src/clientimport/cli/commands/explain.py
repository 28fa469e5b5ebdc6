"""`explain`: what one kind of finding means, why it matters and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Screen
from clientimport.cli.result import CommandResult

app = typer.Typer()


@command(
    app,
    "explain",
    "clientimport explain company_number.check_digits",
    "clientimport explain required.empty --language nl",
    'clientimport explain "trn - est invalide"',
)
def explain(
    *,
    code: Annotated[
        str, typer.Argument(metavar='CODE|"SENTENCE"', help="The code beside a finding, or what a platform answered.")
    ],
    screen: Screen,
) -> CommandResult:
    """Say what a finding means and how to mend it.

    A sentence with which a platform refuses a client is explained too, as it stands there or nearly so.
    """
    from clientimport.errors import UsageError
    from clientimport.messages.catalog import placeholders
    from clientimport.model.did_you_mean import did_you_mean
    from clientimport.schema.finding_catalog import catalogue
    from clientimport.schema.reference.platform_rejections import meant

    sentence, code = code, code if code in catalogue() else meant(code) or code
    entry = catalogue().get(code)
    if entry is None:
        raise UsageError("explain.unknown", name=sentence, meant=did_you_mean(sentence, catalogue()))
    words = screen.words.findings[code]
    severity = screen.words.say(f"severity.{entry.severity}")
    told = [words.explain] if placeholders(words.mend) else [words.explain, words.mend]
    source = screen.words.labelled(screen.words.say("source"), entry.source)
    text = "\n\n".join((f"{words.title} ({severity})", *told, source))
    data = {"code": code, "title": words.title, "text": words.explain, "source": entry.source}
    return CommandResult({**data, "severity": entry.severity}, text)
