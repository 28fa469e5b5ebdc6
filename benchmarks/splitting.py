"""How well addresses and names in one cell are taken apart (addresses.toml, names.toml).

    make bench-matching

Each cell stands alone here: no column of names shows an order, no e-mail address helps. Wrong without a word is the
worst, wrong with a warning is seen by a person, left alone costs a question.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from clientimport.model.records import Records
from clientimport.model.table import Column
from clientimport.schema.derivations import name_order, split_address
from clientimport.schema.derivations.derivation import Derived

Case = tuple[str, tuple[str, ...], Derived | None]
"""A cell, its parts, and what was made of it."""


def _cases(name: str) -> list[list[str]]:
    cases: list[list[str]] = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))[name]
    return cases


def addresses() -> Iterator[Case]:
    """Yield the addresses, each taken apart."""
    for cell, *parts in _cases("addresses"):
        yield cell, tuple(parts), split_address.split_address(cell)


def names() -> Iterator[Case]:
    """Yield the names, each taken apart without any other beside it."""
    for cell, *parts in _cases("names"):
        column = Column(0, "Contact", pa.array([cell], pa.string()))
        records = Records(np.arange(2, 3), {}, {"contact_name": column})
        yield cell, tuple(parts), name_order.name_splitter(records)(cell, None)


def outcome(cell: str, parts: tuple[str, ...], derived: Derived | None) -> str:
    """Return what became of one cell."""
    values = tuple(part or "" for part in derived.values) if derived else ("",) * len(parts)
    doubted = "with a warning" if derived and derived.doubt else "silently"
    if values == parts:
        return f"right, {doubted}"
    untouched = not any(values) or (values[0] == " ".join(cell.split()) and not any(values[1:]))
    return "left alone" if untouched else f"wrong, {doubted}"


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true")
    shown = parser.parse_args().errors
    for name, cases in (("addresses", addresses()), ("names", names())):
        counts: Counter[str] = Counter()
        for cell, parts, derived in cases:
            became = outcome(cell, parts, derived)
            counts[became] += 1
            if shown and not became.startswith("right"):
                print(f"{became:22} {cell!r} {parts} {derived.values if derived else None}")
        print(
            f"{name}: {counts.total()}; " + "; ".join(f"{became} {count}" for became, count in sorted(counts.items()))
        )


if __name__ == "__main__":
    _main()
