"""How long two lists of 20,000 clients take to be merged by the command, and how much memory: benchmarks/merging.py.

Four kinds: every client with its number, a fifth without in one of the lists, and nobody with a number in one town,
where every name is compared with every other one, once with names of their own and once all of one surname.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

CLIENTS = 20_000
IN_COMMON = 0.8
SYLLABLES = [f"{consonant}{vowel}" for consonant in "bdklmprstvwz" for vowel in "aeio"]
HEADERS = ("Naam", "Ondernemingsnummer", "E-mail", "Straat", "Nr", "Postcode", "Gemeente", "Land", "IBAN")
KINDS = {
    "all numbered": (0.0, 900, ""),
    "a fifth without": (0.2, 900, ""),
    "none, one town": (1.0, 1, ""),
    "none, one surname": (1.0, 1, "Peeters"),
}
"""Which share has no number, in how many towns they are, and the surname of all."""
MEBIBYTE = 1 << 20


def main() -> None:
    """Print a line for each kind."""
    for kind, (without, towns, surname) in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            files = write_lists(Path(folder), without, towns, surname)
            seconds, processor, memory = measured(files, Path(folder))
        print(f"{kind:18} {seconds:5.1f} s, {processor:5.1f} s of processor, {memory:4.0f} MB")


def write_lists(folder: Path, without: float, towns: int, surname: str = "") -> tuple[Path, Path]:
    """Write both lists; four fifths of their clients are the same, a third of these spelt with a slip."""
    random_ = random.Random(1)
    clients = [client(at, towns, random_, surname) for at in range(round(CLIENTS * (2 - IN_COMMON)))]
    first, second = folder / "crm.csv", folder / "books.csv"
    for file, own in ((first, clients[:CLIENTS]), (second, random_.sample(clients[-CLIENTS:], CLIENTS))):
        with file.open("w", encoding="utf-8", newline="") as text:
            csv.writer(text, delimiter=";").writerows([HEADERS, *spelt(own, without, random_)])
    return first, second


def client(at: int, towns: int, random_: random.Random, surname: str = "") -> list[str]:
    """Return the cells of one client."""
    words = ["".join(random_.choices(SYLLABLES, k=random_.randint(2, 4))).title() for _ in range(2)]
    name = " ".join([surname or words[0], words[1]])
    body = f"{4000000 + at * 7:08d}"
    town = 1000 + random_.randrange(towns)
    street = "".join(random_.choices(SYLLABLES, k=3)).title() + "straat"
    return [
        f"{name} BV",
        f"{body}{97 - int(body) % 97:02d}",
        f"info@{name.replace(' ', '').lower()}{at}.be",
        street,
        str(random_.randint(1, 200)),
        str(town),
        f"Stad{town}",
        "BE",
        account(at),
    ]


def account(at: int) -> str:
    """Return a Belgian account number with right check digits."""
    body = f"{310000000 + at:010d}"
    number = f"{body}{int(body) % 97 or 97:02d}"
    return f"BE{98 - int(f'{number}111400') % 97:02d}{number}"


def spelt(clients: list[list[str]], without: float, random_: random.Random) -> Iterator[list[str]]:
    """Yield the clients as one list has them."""
    for name, number, *rest in clients:
        cut = random_.randrange(1, len(name) - 4)
        slip = name[:cut] + name[cut + 1 :] if random_.random() < 1 / 3 else name
        yield [slip, "" if random_.random() < without else number, *rest]


def measured(files: tuple[Path, Path], folder: Path) -> tuple[float, float, float]:
    """Return seconds on the clock and of the processor, and megabytes."""
    line = [sys.executable, "-m", "clientimport", "merge", *map(str, files), "-p", "banqup-partner"]
    environment = {**os.environ, "CLIENTIMPORT_HOME": str(folder / "home")}
    before = time.perf_counter()
    child = subprocess.Popen(  # noqa: S603 -- our own program
        [*line, "-o", str(folder / "merged.xlsx"), "--quiet"], env=environment, stdout=subprocess.DEVNULL
    )
    _, _, used = os.wait4(child.pid, 0)
    return time.perf_counter() - before, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / MEBIBYTE


if __name__ == "__main__":
    main()
