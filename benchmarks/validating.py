"""How long `validate` takes beside the bare read of the same file and beside others, and what each of them finds.

Whole processes, medians, one table; ratios count, for machines differ. `make bench` sets up what it needs.
"""
# ruff: noqa: S603 -- programs of this benchmark

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from big_files import PLATFORM, planted
from portfolios import KINDS, PLATFORMS

OURS = (os.environ.get("BENCH_OURS", sys.executable), "-m", "clientimport")
"""In an environment without the others: pyarrow loads pandas where there is one, which takes half a second."""
SLOW = ("frictionless", "cell_by_cell")
"""Run once."""
PEERS = ("pandas_stdnum", "pandera", *SLOW)
GOALS = {"clean": 1.5, "some": 2.0, "many": 3.0, "wrong": 2.0}
"""At most so many times the bare read of the same file, by kind of portfolio."""
GOAL_MEGABYTES = 350


@dataclass(frozen=True, slots=True)
class Measured:
    """One process."""

    seconds: float
    megabytes: float
    errors: int
    processor: float = 0.0
    """Seconds of all cores together: they drift less where others work on the machine too."""


def run(command: tuple[str, ...]) -> Measured:
    """Run a command and return its time, its peak memory and the errors it printed."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL)
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        took = time.perf_counter() - started
        out.seek(0)
        printed = out.read()
    return Measured(took, used.ru_maxrss / 1024, errors_in(printed), used.ru_utime + used.ru_stime)


def errors_in(printed: str) -> int:
    """Return the errors that a peer printed, or that our JSON counts."""
    if printed.startswith("{"):
        return int(json.loads(printed).get("totals", {}).get("errors", 0))
    last = printed.split()[-1:]
    return int(last[0]) if last and last[0].isdigit() else 0


def ways(file: Path, fixed: Path) -> dict[str, tuple[str, ...]]:
    """Return who is measured, with the command of each."""
    validate = (*OURS, "validate", str(file), "-p", PLATFORM, "--json")
    peer = {name: (sys.executable, "benchmarks/peers.py", name, str(file)) for name in PEERS}
    bare = "bare_csv" if file.suffix == ".csv" else "bare"
    return {
        "bare read": (sys.executable, "benchmarks/peers.py", bare, str(file)),
        "validate": validate,
        "fix": (*OURS, "fix", str(file), "-p", PLATFORM, "-o", str(fixed), "--force"),
        "annotated": (*validate, f"--report=xlsx={fixed.with_suffix('.marked.xlsx')}"),
        **({} if file.suffix == ".csv" else peer),
    }


def table(file: Path, rows: int, rounds: int, *, peers: bool) -> None:
    """Print one table. A ratio is the median over pairs, each with a bare read of its own just before."""
    print(f"\n{file.name}: {rows:,} rows, {sum(planted(rows).values()):,} errors planted")
    print("who             seconds   of bare  peak MB   errors found")
    known = ways(file, file.with_suffix(".out.xlsx"))
    bare = known["bare read"]
    chosen = {name: command for name, command in known.items() if peers or name not in PEERS}
    taken: dict[str, list[tuple[Measured, Measured]]] = {name: [] for name in chosen}
    for number in range(rounds):
        for name, command in chosen.items():
            if number == 0 or name not in SLOW:
                taken[name].append((run(bare), run(command)))
    for name, pairs in taken.items():
        seconds = statistics.median(process.seconds for _, process in pairs)
        ratio = statistics.median(process.seconds / read.seconds for read, process in pairs)
        peak, errors = max(process.megabytes for _, process in pairs), pairs[0][1].errors
        shown = "–" if name in ("bare read", "fix") else f"{errors:,}"
        print(f"{name:15} {seconds:7.2f} {ratio:9.2f} {peak:8.0f} {shown:>14}", flush=True)


def small(file: Path, rounds: int) -> None:
    """Print what a small file and a look at the help take, beside the libraries that others begin with."""
    of_a_file = ("-p", PLATFORM, "--json")
    pairs: dict[str, dict[str, tuple[str, ...]]] = {
        "import typer, rich.console": {
            "--help": (*OURS, "--help"),
            "validate --help": (*OURS, "validate", "--help"),
        },
        "import pandas": {
            "map, 200 rows": (*OURS, "map", str(file), *of_a_file),
            "validate, 200 rows": (*OURS, "validate", str(file), *of_a_file),
        },
    }
    print("\nsmall things         seconds   of")
    for libraries, commands in pairs.items():
        for name, command in commands.items():
            taken = [(run((sys.executable, "-c", libraries)).seconds, run(command).seconds) for _ in range(rounds)]
            seconds = statistics.median(ours for _, ours in taken)
            ratio = statistics.median(ours / theirs for theirs, ours in taken)
            print(f"{name:20} {seconds:7.3f} {ratio:5.2f} {libraries}", flush=True)


def met(folder: Path, rows: int, rounds: int) -> None:
    """Print each kind of portfolio that is met, and where `validate` misses the goal for it.

    A ratio is the least of several pairs, once of the clock and once of the processor.
    """
    print(f"\n{rows:,} rows                        of bare  processor  peak MB   goal")
    for platform, kind, suffix in product(PLATFORMS, KINDS, (".xlsx", ".inline.xlsx", ".csv")):
        file = folder / f"{platform}.{kind}{suffix}"
        made = (sys.executable, "benchmarks/portfolios.py", platform, kind, str(rows), str(file))
        subprocess.run(made, check=True)
        bare = (sys.executable, "benchmarks/peers.py", "bare_csv" if suffix == ".csv" else "bare", str(file))
        ours = (*OURS, "validate", str(file), "-p", platform, "--json")
        pairs = [(run(bare), run(ours)) for _ in range(rounds)]
        ratio = min(process.seconds / read.seconds for read, process in pairs)
        processor = min(process.processor for _, process in pairs) / min(read.processor for read, _ in pairs)
        peak, goal = max(process.megabytes for _, process in pairs), GOALS[kind]
        missed = "" if ratio <= goal and peak <= GOAL_MEGABYTES else "  missed"
        print(f"{file.name:36} {ratio:7.2f} {processor:10.2f} {peak:8.0f} {goal:6.1f}{missed}", flush=True)
        file.unlink()


def growth(folder: Path, sizes: tuple[int, ...]) -> None:
    """Print what `validate` takes of ever larger files; the cost of a row is that beyond the next smaller file."""
    print("\nrows        seconds  peak MB   microseconds a further row")
    before = 0, 0.0
    for rows in sizes:
        file = folder / f"{rows}.xlsx"
        subprocess.run([sys.executable, "benchmarks/big_files.py", str(rows), str(file)], check=True)
        taken = [run((*OURS, "validate", str(file), "-p", PLATFORM, "--json")) for _ in range(3)]
        seconds = statistics.median(process.seconds for process in taken)
        each = (seconds - before[1]) / (rows - before[0]) * 1e6
        print(f"{rows:<11,} {seconds:7.2f} {max(process.megabytes for process in taken):8.0f} {each:28.1f}", flush=True)
        before = rows, seconds


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--growth", type=int, nargs="*", default=(200, 10_000, 100_000, 1_000_000))
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--only-met", action="store_true", help="only the portfolios that are met, on every platform")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        os.environ["CLIENTIMPORT_HOME"] = home
        # An installed program is compiled; one that is compiled anew by each process takes half a second for it.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        met(Path(folder), asked.rows, min(asked.rounds, 3))
        if asked.only_met:
            return
        few, many, text = (Path(folder, name) for name in ("few.xlsx", "many.xlsx", "many.csv"))
        # In processes of their own: what a child is said to have used at most begins with what its parent uses.
        for file, rows in ((few, 200), (many, asked.rows), (text, asked.rows)):
            subprocess.run([sys.executable, "benchmarks/big_files.py", str(rows), str(file)], check=True)
        small(few, 2 * asked.rounds)
        growth(Path(folder), asked.growth)
        table(many, asked.rows, asked.rounds, peers=not asked.no_peers)
        table(text, asked.rows, asked.rounds, peers=False)


if __name__ == "__main__":
    main()
