"""`template`: an empty workbook to fill in, with the platform's headers, notes and lists."""

from __future__ import annotations

from pathlib import Path

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.options import AccountOptions, Force, Output, PlatformOptions
from clientimport.cli.result import CommandResult
from clientimport.cli.stdout import STDOUT, output_name, write_output
from clientimport.storage.workbook_name import require_workbook_name

app = typer.Typer()


@command(
    app,
    "template",
    "clientimport template -p banqup-partner --language nl",
    "clientimport template -c office -o clients.xlsx",
)
def template(
    *, output: Output = None, force: Force = False, against: PlatformOptions, console: Console
) -> CommandResult:
    """Write an empty .xlsx to fill in, with the platform's headers, notes and lists.

    With a connection the lists hold what exists there, such as its configuration templates.
    """
    from clientimport.cli.next_command import file_argument, next_command
    from clientimport.cli.open_account import open_account, schema_for
    from clientimport.files.writers.template import write_template

    require_workbook_name(output)
    schema = schema_for(against)
    lists = None
    if against.connection is not None:
        with open_account(AccountOptions(against.connection, schema.id), console) as session:
            lists = session.run(lambda connector: connector.lists())
    language = console.messages.language
    path = output or Path(f"{schema.id}-{language}.xlsx")
    content = write_output(path, console, lambda file: write_template(schema, language, file, lists=lists, force=force))
    lines = [console.messages.phrase("template.written", file=output_name(path))]
    if path != STDOUT:
        following = next_command(console, "validate", [file_argument(str(path))], of_file=False)
        lines.append(console.messages.phrase("template.then", command=following))
    return CommandResult({"file": str(path)}, "\n".join(lines), content=content)
