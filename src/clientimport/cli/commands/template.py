"""`template`: an empty workbook to fill in, with the platform's headers, notes and lists."""

from __future__ import annotations

from pathlib import Path

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Screen
from clientimport.cli.options import AccountOptions, Force, Output, PlatformOptions
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, for_stdout, told
from clientimport.cli.workbook_name import require_workbook_name

app = typer.Typer()


@command(
    app,
    "template",
    "clientimport template -p banqup-partner --language nl",
    "clientimport template -c office -o clients.xlsx",
)
def template(*, against: PlatformOptions, screen: Screen, output: Output = None, force: Force = False) -> CommandResult:
    """Write an empty .xlsx to fill in, with the platform's headers, notes and lists.

    With a connection the lists hold what exists there, such as its configuration templates.
    """
    from clientimport.cli.open_account import access, schema_for
    from clientimport.files.writers.template import write_template

    require_workbook_name(output)
    schema = schema_for(against)
    lists = None
    if against.connection is not None:
        with access(AccountOptions(against.connection, schema.id), screen) as opened:
            lists = opened.use(lambda connector: connector.lists())
    language = screen.words.language
    path = output or Path(f"{schema.id}-{language}.xlsx")
    content = for_stdout(path, screen, lambda file: write_template(schema, language, file, lists=lists, force=force))
    lines = [screen.words.say("template.written", file=told(path))]
    if path != STDOUT:
        lines.append(screen.words.say("template.then", file=path, platform=schema.id))
    return CommandResult({"file": str(path)}, "\n".join(lines), content=content)
