"""`demo`: the whole story on a sample portfolio, each step a command that could be typed."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import tempfile
from pathlib import Path

import typer

from clientimport.cli.command import command
from clientimport.cli.console import Console
from clientimport.cli.result import CommandResult
from clientimport.cli.safe_streams import print_result
from clientimport.schema.data_files import data_folder
from clientimport.settings.folders import use_home

app = typer.Typer()

PLATFORM = "banqup-partner"
FILE = "clients.xlsx"

_SANDBOX = ("-c", "sandbox", "-p", PLATFORM)
STEPS = (
    ("map", ("map", FILE, "-p", PLATFORM)),
    ("validate", ("validate", FILE, "-p", PLATFORM)),
    ("fix", ("fix", FILE, "-p", PLATFORM, "-o", "upload.xlsx", "--rejects", "rejects.xlsx")),
    ("plan", ("plan", FILE, *_SANDBOX, "-o", "plan.json")),
    ("push", ("push", FILE, *_SANDBOX, "--accept-proposals", "--yes")),
    ("invite", ("invite", FILE, *_SANDBOX, "--accept-proposals", "--yes")),
    ("again", ("push", FILE, *_SANDBOX, "--accept-proposals", "--invite", "--yes")),
    ("clients", ("clients", "list", *_SANDBOX)),
)
"""What is said before each step, and the command."""


@command(app, "demo", "clientimport demo", "clientimport demo --language nl")
def demo(*, console: Console) -> CommandResult:
    """Show the whole story on a sample portfolio: map, validate, fix, plan, push, invite.

    It runs in a new temporary folder against the embedded platform; nothing of yours is read or changed.
    """
    folder = _prepare_folder()
    done: list[dict[str, object]] = []
    for key, arguments in STEPS:
        if not console.as_json:
            print_result(f"\n# {console.messages.phrase(f'demo.{key}')}\n$ clientimport {' '.join(arguments)}\n")
        exit_code = _run((*arguments, "--language", console.messages.language), silent=console.as_json)
        done.append({"command": f"clientimport {' '.join(arguments)}", "exit_code": exit_code})
        if exit_code > 1:
            break
    worst = max(int(str(step["exit_code"])) for step in done)
    data = {"folder": str(folder), "sandbox": True, "steps": done}
    return CommandResult(data, f"\n{console.messages.phrase('demo.end', folder=folder)}", worst if worst > 1 else 0)


def _prepare_folder() -> Path:
    """Return a new folder with the sample portfolio in it, in which the rest of this process works."""
    folder = Path(tempfile.mkdtemp(prefix="clientimport-demo-"))
    shutil.copy(data_folder("samples") / PLATFORM / "messy.xlsx", folder / FILE)
    use_home(folder)
    os.chdir(folder)
    return folder


def _run(arguments: tuple[str, ...], *, silent: bool) -> int:
    """Run one command as if it had been typed, and return its exit code."""
    from clientimport.cli.main import main

    quietly = contextlib.ExitStack()
    if silent:
        quietly.enter_context(contextlib.redirect_stdout(io.StringIO()))
        quietly.enter_context(contextlib.redirect_stderr(io.StringIO()))
    with quietly:
        try:
            return main(list(arguments))
        except SystemExit as ended:
            return int(ended.code or 0)
