"""The worst files there are, and how long `validate` takes for each; nothing may grow with a square.

Each case is measured at a size and at twice that size: the last column tells by how much it grew.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from big_files import HEADERS, PLATFORM, clients, spoil, write_workbook
from validating import OURS, run

Rows = Callable[[int], Iterator[list[str]]]


def every_row_wrong(count: int) -> Iterator[list[str]]:
    """Yield clients with five errors each."""
    for client in clients(count):
        for error in ("number", "vat", "iban", "email", "missing"):
            spoil(client, error)
        yield client


def every_value_another(count: int) -> Iterator[list[str]]:
    """Yield clients of whom no two have anything in common, all typed in a way that is repaired."""
    for at, client in enumerate(clients(count)):
        number = client[5]
        typed = [f"BE {number[:4]}.{number[4:7]}.{number[7:]}", f"TVA BE{number}", f" {client[12].upper()} "]
        yield [*client[:3], f"Gent {at}", client[4], *typed[:2], *client[7:12], typed[2], *client[13:]]


def one_client(count: int) -> Iterator[list[str]]:
    """Yield the same client again and again."""
    client = next(clients(1))
    return (list(client) for _ in range(count))


def long_cells(count: int) -> Iterator[list[str]]:
    """Yield clients with a remark as long as a cell may be."""
    return ([*client[:15], "x" * 32_767, client[16]] for client in clients(count))


def many_columns(count: int) -> Iterator[list[str]]:
    """Yield clients with 283 columns more."""
    return ([*client, *(f"v{at}" for at in range(283))] for client in clients(count))


CASES: tuple[tuple[str, Rows, int, int], ...] = (
    ("every row wrong", every_row_wrong, 10_000, 1),
    ("every value another, repaired", every_value_another, 10_000, 1),
    ("one client again and again", one_client, 50_000, 1),
    ("cells of 32,767 characters", long_cells, 500, 1),
    ("300 columns", many_columns, 2_000, 1),
    ("100 sheets", clients, 200, 100),
)
"""What, its rows, how many of them, in how many sheets."""


def headers(width: int) -> list[str]:
    """Return a header for each column."""
    return [*HEADERS, *(f"Extra {at}" for at in range(width - len(HEADERS)))]


def seconds(rows: Rows, count: int, sheets: int, folder: Path) -> float:
    """Return how long one file takes."""
    file = folder / "worst.xlsx"
    written = list(rows(count))
    write_workbook(file, [headers(len(written[0])), *written], sheets)
    chosen = () if sheets == 1 else ("--sheet", "Sheet 0")
    return run((*OURS, "validate", str(file), "-p", PLATFORM, "--json", *chosen)).seconds


def main() -> None:
    """Print the table."""
    print("case                               size  seconds  twice as many  grew by")
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        os.environ["CLIENTIMPORT_HOME"] = home
        for name, rows, count, sheets in CASES:
            twice = (2 * count, 1) if sheets == 1 else (count, 2 * sheets)
            once, again = (seconds(rows, *size, Path(folder)) for size in ((count, sheets), twice))
            print(f"{name:30} {count * sheets:8,} {once:8.2f} {again:14.2f} {again / once:8.2f}", flush=True)


if __name__ == "__main__":
    main()
