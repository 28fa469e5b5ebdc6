"""A large file is worked on side by side and says just what its parts say, each of them small."""

from __future__ import annotations

import csv
from itertools import cycle
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from command_line import clientimport

HEADERS = (
    *("Client name", "Country", "Company number", "VAT", "IBAN", "Contact email", "Address", "City", "ZIP", "Language"),
    *("BIC", "Contact name", "Contact language"),
)
PART = 2_800
"""Few enough for one thread; three of them are enough for several."""


def number(at: int) -> str:
    """An enterprise number of its own, with the right check digits."""
    base = 2_000_000 + at
    return f"{base:08}{97 - base % 97:02}"


def rows(count: int) -> list[list[str]]:
    """Clients of whom many have something to repair or to complain about."""
    mails = cycle(["an{}@firm{}.be", "an{}@firm{}.be", "an{}@firm{} be", "AN{}@Firm{}.be", "an{}@gmial.com", ""])
    ibans = cycle(["BE68539007547034", "be68 5390 0754 7034", "BE68539007547035", "LU280019400644750000", ""])
    numbers = cycle([(0, ""), (0, "BE"), (1, ""), (0, " "), (0, "")])
    countries = cycle(["BE", "BE", "België", "LU", "BE", "BE", "Atlantis"])
    return [
        [
            f"Firm {at:05} {'BVBA' if at % 50 == 0 else 'BV'}",
            next(countries),
            f"{mark}{number(at)[lost:]}",
            f"BE{number(at)}",
            next(ibans),
            next(mails).format(at, at),
            f"Dorp {at}" if at % 40 else f"Dorp {at}, 9000 Gent",
            "Gent",
            "9000" if at % 33 else "1000",
            "nl" if at % 21 else "Nederlands",
            "GKCCBEBB" if at % 60 else "KREDBEBB",
            f"An Peeters{'' if at % 70 else ', Bo'}",
            "nl",
        ]
        for at, (lost, mark) in zip(range(count), numbers, strict=False)
    ]


def write(path: Path, some: list[list[str]]) -> Path:
    """Write a file as its name says."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows([HEADERS, *some])
        return path
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet("Clients")
    for row in [HEADERS, *some]:
        sheet.append(row)
    workbook.save(path)
    return path


def findings(path: Path) -> list[tuple[Any, ...]]:
    """Return what is said about rows, without what is said about the table or about other rows."""
    (file,) = clientimport("validate", path, "-p", "banqup-console-be", "--json").json["files"]
    of_others = ("client.", "contact_email.", "iban.shared")
    alone = [one for one in file["findings"] if one["row"] and not one["code"].startswith(of_others)]
    return [(one["row"], *(one[key] for key in ("code", "column", "value", "suggestion", "severity"))) for one in alone]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_large_file_says_what_its_parts_say(tmp_path: Path, ending: str) -> None:
    every = rows(3 * PART)
    together = findings(write(tmp_path / f"all.{ending}", every))
    apart = [
        (row + begin, *said)
        for begin in range(0, len(every), PART)
        for row, *said in findings(write(tmp_path / f"{begin}.{ending}", every[begin : begin + PART]))
    ]
    assert len({code for _, code, *_ in together}) > 8
    assert together == apart
