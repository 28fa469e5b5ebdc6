"""Draws docs/terminal.svg: what a person sees who has a messy list checked. Run by `make picture`."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[1]
COMMAND = ("validate", "samples/banqup-partner/messy.xlsx", "-p", "banqup-partner", "--language", "en")
LINES = 30
"""The errors and warnings; the repairs that follow fill pages."""


def main() -> None:
    """Run the command with colours and draw its first and last lines."""
    colours = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "80", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "clientimport", *COMMAND]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=colours).stdout  # noqa: S603
    lines = shown.splitlines()
    console = Console(record=True, width=82, file=io.StringIO())
    console.print(Text.from_ansi(f"$ clientimport {' '.join(COMMAND)}"))
    console.print(Text.from_ansi("\n".join([*lines[:LINES], "…", *lines[-6:]])))
    (ROOT / "docs" / "terminal.svg").write_text(console.export_svg(title="clientimport"), encoding="utf-8")


if __name__ == "__main__":
    main()
