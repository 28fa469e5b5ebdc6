"""Files of any size, written by a seed: a portfolio of companies with known errors of every kind in it.

python benchmarks/big_files.py 100000 clients.xlsx
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from check_digits import enterprise

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
    last = str((int(value[-1]) + 1) % 10) if value[-1].isdigit() else ""
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
        write_workbook(path, (list(HEADERS), *clients(count)))


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def write_workbook(path: Path, rows: tuple[list[str], ...]) -> None:
    """Write a workbook as Excel does: every text once, in a part of its own."""
    letters = [chr(ord("A") + index) for index in range(len(HEADERS))]
    known: dict[str, int] = {}
    lines = []
    for number, cells in enumerate(rows, 1):
        filled = (
            f'<c r="{letter}{number}" t="s"><v>{known.setdefault(text, len(known))}</v></c>'
            for letter, text in zip(letters, cells, strict=True)
            if text
        )
        lines.append(f'<row r="{number}" spans="1:17">{"".join(filled)}</row>')
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in known)
    related = (("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"))
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(related)
    )
    main = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    sheets = '<sheets><sheet name="Klanten" sheetId="1" r:id="r0"/></sheets>'
    book = f'<workbook {_MAIN} xmlns:r="{_OFFICE}">{sheets}</workbook>'
    sheet = f"<worksheet {_MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>"
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS.format(main))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", _RELS.format(relations))
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        archive.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{strings}</sst>")


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
