"""Files of any size, written by a seed: a portfolio of companies with known errors of every kind in it.

python benchmarks/big_files.py 100000 clients.xlsx
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from check_digits import enterprise
from clientimport.model.table import column_letter

PLATFORM = "banqup-console-be"
HEADERS = (
    *("Client name", "Address", "ZIP", "City", "Country", "Company number", "VAT", "IBAN", "BIC", "Language"),
    *("Contact name", "Contact language", "Contact email", "Assignee emails", "Client code", "Remarks", "Since"),
)
PLACES = (("9000", "Gent"), ("1000", "Brussel"), ("2000", "Antwerpen"), ("8500", "Kortrijk"), ("3000", "Leuven"))
_STEMS = ("Kerk", "Station", "Molen", "Linden", "Dorp", "Nieuw")
STREETS = tuple(f"{stem}{kind}" for stem in _STEMS for kind in ("straat", "weg", "plein"))
FIRST = ("An", "Jan", "Claire", "Marc", "Sofie", "Tom", "Els", "Luc", "Katrien", "Pierre")
LAST = ("Peeters", "Janssens", "Dubois", "Maes", "Claes", "Jacobs", "Wouters", "De Smet", "Lambert", "Martin")
ERROR_EVERY = 20
ERRORS = ("number", "vat", "iban", "email", "missing")
"""One in each twentieth row, in turn: a wrong check digit, no address, no name."""


def iban(account: int) -> str:
    """Return a Belgian IBAN.

    >>> iban(5390075470)
    'BE68539007547034'
    """
    stem = f"{account % 10**10:010d}"
    national = f"{stem}{int(stem) % 97 or 97:02d}"
    return f"BE{98 - int(f'{national}111400') % 97:02d}{national}"


def row(at: int, chance: Random) -> list[str]:
    """Return one client without an error."""
    number, (postal, city) = enterprise(2_000_000 + at * 7), chance.choice(PLACES)
    first = chance.choice(FIRST)
    name, email = f"{first} {chance.choice(LAST)}", f"{first.casefold()}{at}@firma{at}.be"
    return [
        *(f"Firma {at} BV", f"{chance.choice(STREETS)} {1 + at % 997}", postal, city, "BE", number, f"BE{number}"),
        *(
            iban(630_000_000 + at * 13),
            "GKCCBEBB",
            "nl",
            name,
            "nl",
            email,
        ),
        *("office@accountants.be", f"K{at:06d}", "", f"{2000 + at % 25}-0{1 + at % 9}-15"),
    ]


def spoil(client: list[str], error: str) -> None:
    """Put one error into a client."""
    place = {"number": 5, "vat": 6, "iban": 7, "email": 12, "missing": 0}[error]
    value = client[place]
    last = str((int(value[-1]) + 1) % 10) if value[-1:].isdigit() else ""
    client[place] = {"email": value.replace("@", " at "), "missing": ""}.get(error, value[:-1] + last)


def clients(count: int, seed: int = 1) -> Iterator[list[str]]:
    """Yield the rows, every twentieth with an error."""
    chance = Random(seed)
    for at in range(count):
        client = row(at, chance)
        if at % ERROR_EVERY == 7:
            spoil(client, ERRORS[at // ERROR_EVERY % len(ERRORS)])
        yield client


def planted(count: int) -> Counter[str]:
    """Return how many errors of each kind a file has."""
    return Counter(ERRORS[at // ERROR_EVERY % len(ERRORS)] for at in range(7, count, ERROR_EVERY))


def write(path: Path, count: int) -> None:
    """Write a file of the kind that its name says."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([HEADERS, *clients(count)])
    else:
        write_workbook(path, chain([list(HEADERS)], clients(count)))


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{}</Types>'
)
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def write_workbook(path: Path, rows: Iterable[list[str]], sheets: int = 1, *, inline: bool = False) -> None:
    """Write a workbook as Excel does: every text once, in a part of its own; the same rows in each sheet.

    With `inline` the texts stand in their cells, as XlsxWriter (in constant memory), SAS and many exporters write them.
    """
    known: dict[str, int] = {}
    lines = "".join(
        _inline_line(number, cells) if inline else _line(number, cells, known) for number, cells in enumerate(rows, 1)
    )
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in known)
    names = "".join(f'<sheet name="Sheet {at}" sheetId="{at + 1}" r:id="s{at}"/>' for at in range(sheets))
    book = f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>'
    related = [(f"s{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(sheets)]
    related.append(("t", "sharedStrings", "sharedStrings.xml"))
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("[Content_Types].xml", _types(sheets))
        archive.writestr("_rels/.rels", _relations([("b", "officeDocument", "xl/workbook.xml")]))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(related))
        for at in range(sheets):
            sheet = f"<worksheet {_MAIN}><sheetData>{lines}</sheetData></worksheet>"
            archive.writestr(f"xl/worksheets/sheet{at}.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{strings}</sst>")


def _line(number: int, cells: list[str], known: dict[str, int]) -> str:
    filled = (
        f'<c r="{column_letter(at)}{number}" t="s"><v>{known.setdefault(text, len(known))}</v></c>'
        for at, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}" spans="1:{len(cells)}">{"".join(filled)}</row>'


def _inline_line(number: int, cells: list[str]) -> str:
    filled = (
        f'<c r="{column_letter(at)}{number}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        for at, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}" spans="1:{len(cells)}">{"".join(filled)}</row>'


def _types(sheets: int) -> str:
    parts = {"xl/workbook.xml": "sheet.main", "xl/sharedStrings.xml": "sharedStrings"}
    parts |= {f"xl/worksheets/sheet{at}.xml": "worksheet" for at in range(sheets)}
    named = (f'<Override PartName="/{part}" ContentType="{_KIND.format(kind)}"/>' for part, kind in parts.items())
    return _TYPES.format("".join(named))


def _relations(related: Iterable[tuple[str, str, str]]) -> str:
    entries = (
        f'<Relationship Id="{relation_id}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for relation_id, kind, target in related
    )
    return _RELS.format("".join(entries))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
