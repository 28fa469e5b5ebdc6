"""Portfolios as they are met: for every platform, with few or many repairs, with errors, as workbook or as text.

python benchmarks/portfolios.py banqup-partner many 100000 clients.inline.xlsx
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from random import Random

from big_files import ERRORS, FIRST, LAST, PLACES, STREETS, write_workbook
from check_digits import enterprise, iban, national, vat
from clientimport.schema.loader import load_schema

CONSOLES = ("banqup-console-be", "banqup-console-lu")
PLATFORMS = ("banqup-partner", *CONSOLES, "accounton", "billit")
TOWNS_LU = (("1234", "Luxembourg"), ("4010", "Esch-sur-Alzette"), ("9065", "Ettelbruck"))
BESIDE = {"remarks": "Remarks", "since": "Since"}
"""Columns of the office's own, which no platform takes."""
COMBINED = {"address": "Address", "contact_name": "Contact name"}
"""Columns of many lists, for platforms that want them split."""
PARTS = {"address": ("street", "house_number", "box"), "contact_name": ("contact_first_name", "contact_last_name")}


@dataclass(frozen=True, slots=True)
class Kind:
    """How often something is repaired or wrong."""

    repaired: float = 0.0
    """The share of rows in which one number or address is typed in a way that is repaired."""
    everywhere: bool = False
    """Whether every row has two repairs: the address and the name in one cell each, or two numbers with separators."""
    wrong_every: int = 0
    """In each of so many rows one has an error."""


KINDS: Mapping[str, Kind] = {
    "clean": Kind(),
    "some": Kind(repaired=0.27),
    "many": Kind(everywhere=True),
    "wrong": Kind(wrong_every=10),
}


def portfolio(platform: str, kind: Kind, count: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield the header row and the rows."""
    headers = _headers(platform, split=not kind.everywhere)
    yield list(headers.values())
    chance = Random(seed)
    for at in range(count):
        client = _client(platform, at, chance)
        if kind.everywhere and platform in CONSOLES:
            client |= {field: _typed(field, client[field]) for field in _numbers(platform)[:2]}
        elif chance.random() < kind.repaired:
            field = chance.choice(_numbers(platform))
            client[field] = _typed(field, client[field])
        if kind.wrong_every and at % kind.wrong_every == 7 % kind.wrong_every:
            _spoil(client, platform, ERRORS[at // kind.wrong_every % len(ERRORS)])
        yield [client.get(field, "") for field in headers]


def _headers(platform: str, *, split: bool) -> dict[str, str]:
    """Return the platform's own headers, or the whole address and name instead of their parts."""
    headers = {column.field: column.header("en") for column in load_schema(platform).columns}
    if not split:
        parts = {part for whole in COMBINED if whole not in headers for part in PARTS[whole]}
        headers = {**COMBINED, **{field: header for field, header in headers.items() if field not in parts}}
    return {**headers, **BESIDE}


def _client(platform: str, at: int, chance: Random) -> dict[str, str]:
    """Return one client by canonical field."""
    country = "LU" if platform.endswith("lu") else "BE"
    number = 2_000_000 + at * 7
    postal, city = chance.choice(TOWNS_LU if country == "LU" else PLACES)
    first, last, street, house = chance.choice(FIRST), chance.choice(LAST), chance.choice(STREETS), str(1 + at % 997)
    return {
        "legal_name": f"Firma {at} BV",
        "country": country,
        "postal_code": postal,
        "city": city,
        "contact_email": f"{first.casefold()}{at}@firma{at}.be",
        "contact_locale": f"nl-{country}",
        "contact_first_name": first,
        "contact_last_name": last,
        "contact_name": f"{first} {last}",
        "street": street,
        "house_number": house,
        "address": f"{street} {house}",
        "company_number": enterprise(number),
        "vat_number": vat(country, number),
        "rcs_number": f"B{1000 + at}",
        "national_register_number": national(at),
        "contact_mobile": f"+32470{at % 1_000_000:06d}",
        "iban": iban(country, 630_000_000 + at * 13),
        "bic": "BCEELULL" if country == "LU" else "GKCCBEBB",
        **dict.fromkeys(("language", "contact_language"), "fr" if country == "LU" else "nl"),
        "external_reference": f"K{at:06d}",
        "client_code": f"K{at:06d}",
        "person_type": "person",
        "assignee_emails": "office@accountants.be",
        "since": f"{2000 + at % 25}-0{1 + at % 9}-15",
    }


def _numbers(platform: str) -> tuple[str, ...]:
    """Return the fields that are typed in several ways, those that every client has first."""
    if platform == "accounton":
        return ("national_register_number", "contact_mobile", "contact_email")
    first = "vat_number" if platform.endswith("lu") else "company_number"
    return (first, "iban", "contact_email")


def _typed(field: str, value: str) -> str:
    """Return a value as people type it."""
    ways: dict[str, Callable[[str], str]] = {
        "contact_email": lambda text: f" {text.upper()}",
        "contact_mobile": lambda text: f"0{text[3:6]}/{text[6:8]} {text[8:]}",
        "company_number": lambda text: f"{text[:4]}.{text[4:7]}.{text[7:]}",
        "national_register_number": lambda text: f"{text[:2]}.{text[2:4]}.{text[4:6]}-{text[6:9]}.{text[9:]}",
        "vat_number": lambda text: f"{text[:2]} {text[2:]}",
        "iban": lambda text: " ".join(text[at : at + 4] for at in range(0, len(text), 4)),
    }
    return ways[field](value)


def _spoil(client: dict[str, str], platform: str, error: str) -> None:
    """Put one error into a client, in a field that the platform takes."""
    taken = load_schema(platform).fields
    named = {"number": "company_number", "vat": "vat_number", "email": "contact_email", "missing": "legal_name"}
    field = named.get(error, error)
    if field not in taken:
        field = "contact_last_name" if error == "missing" else "contact_email"
    value = client[field]
    wrong = value[:-1] + str((int(value[-1]) + 1) % 10) if value[-1:].isdigit() else value.replace("@", " at ")
    client[field] = "" if error == "missing" else wrong


def write(path: Path, platform: str, kind: str, count: int) -> None:
    """Write a file of the kind that its name says: `.inline.xlsx` has its texts in the cells, `.csv` has quotes."""
    rows = portfolio(platform, KINDS[kind], count)
    if path.suffix == ".csv":
        quoted = ([f'{cells[0]}, "{cells[0]}"', *cells[1:]] if at % 10 == 9 else cells for at, cells in enumerate(rows))
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out, quoting=csv.QUOTE_ALL).writerows(quoted)
    else:
        write_workbook(path, chain(rows), inline=".inline" in path.suffixes)


if __name__ == "__main__":
    write(Path(sys.argv[4]), sys.argv[1], sys.argv[2], int(sys.argv[3]))
