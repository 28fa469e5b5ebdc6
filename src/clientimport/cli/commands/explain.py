"""`explain`: what one kind of finding means, why it matters and how to correct it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from clientimport.cli.command import command
from clientimport.cli.completion_values import CODES
from clientimport.cli.console import Console
from clientimport.cli.options import argument
from clientimport.cli.result import CommandResult
from clientimport.errors import UsageError
from clientimport.messages.catalog import placeholders
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.shell_command import shell_command

if TYPE_CHECKING:
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.schema.finding_examples import Example, ExamplePair

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
        str,
        argument(
            'CODE|"SENTENCE"',
            "The code beside a finding, or what a platform answered.",
            autocompletion=CODES,
        ),
    ],
    console: Console,
) -> CommandResult:
    """Say what a finding means and how to correct it.

    Shows an example, and a near miss on which the finding does not come.

    A sentence with which a platform refuses a client is explained too, as it stands there or nearly so.
    """
    from clientimport.schema.finding_catalog import finding_kinds
    from clientimport.schema.finding_examples import finding_examples
    from clientimport.schema.reference.platform_rejections import closest_rejection

    sentence, code = code, code if code in finding_kinds() else closest_rejection(code) or code
    kind = finding_kinds().get(code)
    if kind is None:
        raise UsageError("explain.unknown", name=sentence, meant=did_you_mean(sentence, finding_kinds()))
    messages, words, pair = console.messages, console.messages.findings[code], finding_examples().get(code)
    explanation = [words.explain] if placeholders(words.mend) else [words.explain, words.mend]
    examples = _examples(messages, pair) if pair else []
    source = messages.with_label(messages.phrase("source"), kind.source)
    title = f"{words.title} ({messages.phrase(f'severity.{kind.severity}')})"
    data = {"code": code, "title": words.title, "text": words.explain, "source": kind.source, "severity": kind.severity}
    return CommandResult({**data, **_example_data(pair)}, "\n\n".join((title, *explanation, *examples, source)))


def _examples(messages: MessageCatalog, pair: ExamplePair) -> list[str]:
    """Return a file in which the finding fires and one in which it does not, each under its heading."""
    headings = (
        (messages.phrase("explain.example"), pair.example),
        (messages.phrase("explain.near_miss"), pair.near_miss),
    )
    return ["\n".join((heading, *_lines(messages, pair, example))) for heading, example in headings]


def _lines(messages: MessageCatalog, pair: ExamplePair, example: Example) -> Iterator[str]:
    """Yield what stands in an example, a row a line, and the options that it is read with."""
    if example.text:
        yield from (f"  {line}" for line in example.text.splitlines())
    for row in pair.shown_rows(example):
        cells = (_cell(messages, pair.platform, name, cell) for name, cell in row.items())
        yield f"  {', '.join(cells) or messages.phrase('explain.nothing_special')}"
    if pair.options:
        yield f"  {shell_command(pair.options)}"


def _cell(messages: MessageCatalog, platform: str, name: str, cell: str | None) -> str:
    from clientimport.schema.fields import canonical_fields
    from clientimport.schema.loader import load_schema

    column = load_schema(platform).column(name)
    header = (
        column.header(messages.language) if column else messages.label(name) if name in canonical_fields() else name
    )
    text = messages.phrase("explain.no_column") if cell is None else cell.replace("\n", "⏎")
    return messages.with_label(header, text or messages.phrase("explain.empty"))


def _example_data(pair: ExamplePair | None) -> dict[str, object]:
    if pair is None:
        return {}
    files = {"example": pair.example, "near_miss": pair.near_miss}
    shown = {name: file.text or [dict(row) for row in pair.shown_rows(file)] for name, file in files.items()}
    return {"platform": pair.platform, "options": list(pair.options), **shown}
