"""How long `plan` takes beside `validate` of the same file, and how much memory, by kind of list and by its rows.

Whole processes, seconds of the clock and of the processor; the account is the built-in sandbox, and empty.
"""
# ruff: noqa: S603 -- programs of this benchmark

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from validating import OURS, run

PLATFORM = "banqup-partner"
WAYS = {
    "plan --json": ("plan", "-c", "sandbox", "--json"),
    "plan --invite --json": ("plan", "-c", "sandbox", "--invite", "--json"),
    "plan, text": ("plan", "-c", "sandbox"),
    "plan -o, text": ("plan", "-c", "sandbox", "-o", "plan.json", "--force"),
    "push PLAN --dry-run": ("push", "-c", "sandbox", "--dry-run", "--json"),
}
GOAL, GOAL_MEGABYTES = 3.0, 600
"""At most so many times `validate`, and so much memory at 300,000 rows."""


def main() -> None:
    """Print a line for each kind of list, number of rows and way to ask for a plan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=(10_000, 100_000, 300_000))
    parser.add_argument("--kinds", nargs="*", default=("clean", "some", "many", "wrong"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        os.environ["CLIENTIMPORT_HOME"] = home
        os.chdir(folder)
        print("list         rows  way                    seconds  processor  of validate  peak MB")
        for kind in asked.kinds:
            for rows in asked.rows:
                measure(kind, rows)


def measure(kind: str, rows: int) -> None:
    """Print what one list takes."""
    file = f"{kind}.xlsx"
    subprocess.run((sys.executable, HERE / "portfolios.py", PLATFORM, kind, str(rows), file), check=True)
    validated = run((*OURS, "validate", file, "-p", PLATFORM, "--json"))
    print(
        f"{kind:6} {rows:10,}  {'validate --json':20} {validated.seconds:9.1f} {validated.processor:10.1f}"
        f" {'':12} {validated.megabytes:8.0f}",
        flush=True,
    )
    for name, (command, *options) in WAYS.items():
        taken = run((*OURS, command, "plan.json" if command == "push" else file, *options, "-p", PLATFORM))
        ratio = taken.processor / validated.processor
        missed = "" if ratio <= GOAL and taken.megabytes <= GOAL_MEGABYTES else "  missed"
        print(
            f"{kind:6} {rows:10,}  {name:20} {taken.seconds:9.1f} {taken.processor:10.1f} {ratio:12.2f}"
            f" {taken.megabytes:8.0f}{missed}",
            flush=True,
        )


HERE = Path(__file__).resolve().parent

if __name__ == "__main__":
    main()
