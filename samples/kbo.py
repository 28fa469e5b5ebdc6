"""Writes zips in the layout of the KBO's open data, with invented enterprises: a full extract and updates of it.

    python samples/kbo.py FOLDER --enterprises 1900000

Nothing in them is real, and nothing real is in this repository: the licence of the open data is its user's own.
The first enterprises always are the same, so that tests and the demo know them.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

HEADERS = {
    "meta": ("Variable", "Value"),
    "code": ("Category", "Code", "Language", "Description"),
    "enterprise": (
        *("EnterpriseNumber", "Status", "JuridicalSituation", "TypeOfEnterprise"),
        *("JuridicalForm", "JuridicalFormCAC", "StartDate"),
    ),
    "establishment": ("EstablishmentNumber", "StartDate", "EnterpriseNumber"),
    "denomination": ("EntityNumber", "Language", "TypeOfDenomination", "Denomination"),
    "address": (
        *("EntityNumber", "TypeOfAddress", "CountryNL", "CountryFR", "Zipcode", "MunicipalityNL", "MunicipalityFR"),
        *("StreetNL", "StreetFR", "HouseNumber", "Box", "ExtraAddressInfo", "DateStrikingOff"),
    ),
    "contact": ("EntityNumber", "EntityContact", "ContactType", "Value"),
    "activity": ("EntityNumber", "ActivityGroup", "NaceVersion", "NaceCode", "Classification"),
    "branch": ("Id", "StartDate", "EnterpriseNumber"),
}
_BARE = frozenset({"StartDate", "DateStrikingOff"})
"""Columns of dates, which stand without quotation marks; so do empty values."""
SITUATIONS = {
    "000": ("Normale toestand", "Situation normale", "Normale Lage"),
    "050": ("Opening faillissement", "Ouverture de faillite", "Konkurseröffnung"),
    "012": ("Vrijwillige ontbinding - vereffening", "Dissolution volontaire - liquidation", "Freiwillige Auflösung"),
}
FORMS = {
    "610": ("Besloten Vennootschap", "Société à responsabilité limitée", "Gesellschaft mit beschränkter Haftung"),
    "014": ("Naamloze vennootschap", "Société anonyme", "Aktiengesellschaft"),
}
_PLACES = (
    ("9000", "Gent", "Gand"),
    ("1000", "Brussel", "Bruxelles"),
    ("2000", "Antwerpen", "Anvers"),
    ("4000", "Luik", "Liège"),
    ("3000", "Leuven", "Louvain"),
)
_TRADES = (
    "Bakkerij",
    "Garage",
    "Studio",
    "Bouwwerken",
    "Tuinen",
    "Dakwerken",
    "Drukkerij",
    "Slagerij",
    "Café",
    "Advies",
)


@dataclass(frozen=True, slots=True)
class Invented:
    """An enterprise that does not exist, as the register would know it."""

    number: str
    """Ten digits."""
    name: str
    situation: str = "000"
    kind: str = "2"
    """1 is a natural person, without an address."""
    form: str = "610"
    names: tuple[tuple[str, str], ...] = ()
    """More names: kind (002, 003) and text."""
    street: tuple[str, str] = ("Molenstraat", "Rue du Moulin")
    house_number: str = "1"
    box: str = ""
    place: tuple[str, str, str] = _PLACES[0]
    country: tuple[str, str] = ("", "")
    since: str = "01-02-2003"
    struck_off: str = ""
    contacts: Mapping[str, str] = field(default_factory=dict)

    @property
    def dotted(self) -> str:
        """The number as the extract writes it."""
        return f"{self.number[:4]}.{self.number[4:7]}.{self.number[7:]}"

    def rows(self) -> Mapping[str, list[tuple[str, ...]]]:
        """Return its rows by table."""
        own = self.dotted
        form = "" if self.kind == "1" else self.form
        address = (*self.country, *self.place, *self.street, self.house_number, self.box, "", self.struck_off)
        return {
            "enterprise": [(own, "AC", self.situation, self.kind, form, "", self.since)],
            "denomination": [(own, "2", kind, text) for kind, text in (("001", self.name), *self.names)],
            "address": [] if self.kind == "1" else [(own, "REGO", *address)],
            "contact": [(own, "ENT", kind, value) for kind, value in self.contacts.items()],
        }


def company_number(base: int) -> str:
    """Return the ten digits of an enterprise number: eight, and two that check them."""
    return f"{base:08}{97 - base % 97:02}"


def invented_number(at: int) -> str:
    """Return the number of the invented enterprise at this place."""
    return company_number(4_000_000 + at * 8)


def invented(count: int) -> Iterator[Invented]:
    """Yield this many enterprises, always the same ones: one in forty is bankrupt, four in ten are natural persons."""
    chance = random.Random(20260101)  # noqa: S311 -- the same ones each time
    for at in range(count):
        person = chance.random() < 0.4  # noqa: PLR2004 -- 776,298 of 1,938,238 in an extract of 2025
        yield Invented(
            invented_number(at),
            f"{_TRADES[at % 10]} {chance.choice('ABDEGKLMPRSTVW')}{chance.randrange(10**6):06} nr {at}",
            situation="050" if at % 40 == 7 else "000",  # noqa: PLR2004
            kind="1" if person else "2",
            form="014" if at % 9 == 0 else "610",
            names=(("003", f"Huis {at}"),) if at % 2 else (("002", f"H{at}"),),
            street=(f"Molenstraat {at % 977}e", f"Rue du Moulin {at % 977}e"),
            house_number=str(at % 300 + 1),
            box=str(at % 9) if at % 5 == 0 else "",
            place=_PLACES[at % 5],
            contacts={"EMAIL": f"info@invented{at}.example"} if at % 3 == 0 else {},
        )


def meta(number: int, snapshot: date, kind: str) -> list[tuple[str, str]]:
    """Return what an extract says about itself."""
    return [
        ("SnapshotDate", f"{snapshot:%d-%m-%Y}"),
        ("ExtractTimestamp", f"{snapshot + timedelta(days=2):%d-%m-%Y} 07:07:49"),
        ("ExtractType", kind),
        ("ExtractNumber", str(number)),
        ("Version", "1.0.0"),
    ]


def codes() -> Iterator[tuple[str, str, str, str]]:
    """Yield the texts of the codes that are used."""
    for category, texts in (("JuridicalSituation", SITUATIONS), ("JuridicalForm", FORMS)):
        for code, words in texts.items():
            yield from (
                (category, code, language, word) for language, word in zip(("NL", "FR", "DE"), words, strict=True)
            )
    yield "Nace2008", "10711", "NL", "Industriële vervaardiging van brood"
    yield "TypeOfDenomination", "004", "FR", " Dénomination de la succursale"


def csv_text(table: str, rows: Iterable[tuple[str, ...]], header: tuple[str, ...] | None = None) -> Iterator[str]:
    """Yield the lines of one file, as the register writes them: texts in quotation marks, dates and nothing without."""
    names = header or HEADERS[table]
    yield ",".join(f'"{name}"' for name in names) + "\n"
    bare = [name in _BARE for name in names]
    for row in rows:
        values = (
            value if plain or not value else '"' + value.replace('"', '""') + '"'
            for value, plain in zip(row, bare, strict=True)
        )
        yield ",".join(values) + "\n"


def write_full(file: Path, enterprises: Iterable[Invented], number: int, snapshot: date) -> None:
    """Write a full extract."""
    tables = ("enterprise", "denomination", "address", "contact")
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        known = list(enterprises)
        _write(archive, "meta.csv", csv_text("meta", meta(number, snapshot, "full")))
        _write(archive, "code.csv", csv_text("code", codes()))
        for table in tables:
            _write(archive, f"{table}.csv", csv_text(table, (row for one in known for row in one.rows()[table])))
        for table in ("establishment", "activity", "branch"):
            _write(archive, f"{table}.csv", csv_text(table, ()))


def write_update(file: Path, gone: Iterable[str], changed: Iterable[Invented], number: int, snapshot: date) -> None:
    """Write an update: the enterprises of these numbers are gone, these others are new or other than they were."""
    known = list(changed)
    deleted = [(f"{one[:4]}.{one[4:7]}.{one[7:]}",) for one in (*gone, *(one.number for one in known))]
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        _write(archive, "meta.csv", csv_text("meta", meta(number, snapshot, "update")))
        _write(archive, "code.csv", csv_text("code", codes()))
        for table in ("enterprise", "denomination", "address", "contact", "establishment", "activity", "branch"):
            key = {"enterprise": "EnterpriseNumber", "establishment": "EstablishmentNumber", "branch": "Id"}
            own = table in ("enterprise", "denomination", "address", "contact")
            rows = [row for one in known for row in one.rows()[table]] if own else []
            lines = csv_text(table, deleted if own else (), (key.get(table, "EntityNumber"),))
            _write(archive, f"{table}_delete.csv", lines)
            ending = "Csv" if table == "contact" else "csv"  # as once seen in a real one
            _write(archive, f"{table}_insert.{ending}", csv_text(table, rows))


def _write(archive: ZipFile, name: str, lines: Iterable[str]) -> None:
    with archive.open(name, "w", force_zip64=True) as stream:
        block: list[str] = []
        for line in lines:
            block.append(line)
            if len(block) == 10_000:  # noqa: PLR2004 -- lines at once, for speed
                stream.write("".join(block).encode())
                block.clear()
        stream.write("".join(block).encode())


def main() -> None:
    """Write a full extract and the update after it into a folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--enterprises", type=int, default=1000)
    given = parser.parse_args()
    snapshot, known = date(2026, 11, 6), list(invented(given.enterprises))
    given.folder.mkdir(parents=True, exist_ok=True)
    write_full(given.folder / "KboOpenData_0190_2026_11_06_Full.zip", known, 190, snapshot)
    changed = [Invented(one.number, f"{one.name} Nieuw", kind=one.kind) for one in known[10:5000:2]]
    gone = [one.number for one in known[11:5000:50]]
    update = given.folder / "KboOpenData_0191_2026_11_07_Update.zip"
    write_update(update, gone, changed, 191, snapshot + timedelta(days=1))


if __name__ == "__main__":
    main()
