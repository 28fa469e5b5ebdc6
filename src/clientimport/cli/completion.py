"""The answer to a shell that asks how a command line may go on, by typer's own mechanism."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

from clientimport.cli.command_table import program
from clientimport.settings.completed_words import completed_words


def complete_command_line() -> int:
    """Print what may come next, and return the exit code; only the command that is typed is loaded."""
    completed = completed_words()
    app = program(completed.words[:1] if len(completed.words) > 1 else [""])
    app.callback()(lambda: None)
    answer, exit_code = io.StringIO(), 0
    with redirect_stdout(answer):
        try:
            app([], prog_name="clientimport", standalone_mode=False)
        except SystemExit as ended:
            exit_code = int(ended.code or 0)
    print("\n".join(line.removeprefix(completed.prefix) for line in answer.getvalue().splitlines()))
    return exit_code
