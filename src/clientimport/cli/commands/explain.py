"""`explain`: what one kind of finding means, why it matters and how to mend it."""

from __future__ import annotations

from typing import Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
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
    screen: Console,
) -> CommandResult:
    """Say what a finding means and how to mend it.

    A sentence with which a platform refuses a client is explained too, as it stands there or nearly so.
    """
    from clientimport.errors import UsageError
    from clientimport.messages.catalog import placeholders
    from clientimport.model.did_you_mean import did_you_mean
    from clientimport.schema.finding_catalog import finding_kinds
    from clientimport.schema.reference.platform_rejections import closest_rejection

    sentence, code = code, code if code in finding_kinds() else closest_rejection(code) or code
    entry = finding_kinds().get(code)
    if entry is None:
        raise UsageError("explain.unknown", name=sentence, meant=did_you_mean(sentence, finding_kinds()))
    words = screen.messages.findings[code]
    severity = screen.messages.phrase(f"severity.{entry.severity}")
    told = [words.explain] if placeholders(words.mend) else [words.explain, words.mend]
    source = screen.messages.with_label(screen.messages.phrase("source"), entry.source)
    text = "\n\n".join((f"{words.title} ({severity})", *told, source))
    data = {"code": code, "title": words.title, "text": words.explain, "source": entry.source}
    return CommandResult({**data, "severity": entry.severity}, text)
