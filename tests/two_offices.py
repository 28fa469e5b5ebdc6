"""Two exports of one invented office: what the CRM and the accounting program know of the same clients.

320 clients are in both, spelt differently; who is who is known, so that right and wrong can be counted.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from pathlib import Path

CRM_HEADERS = (
    "Klantnaam;Ondernemingsnummer;Voornaam;Familienaam;E-mail;Taal;"
    "Straat;Huisnummer;Postcode;Gemeente;Land;IBAN;Mandaat"
)
BOOKS_HEADERS = "Naam;BTW-nummer;IBAN;E-mail;Straat;Nr;Postcode;Plaats;Land;Mandaat"
COMMON, ONLY_CRM, ONLY_BOOKS = 320, 80, 60
WITHOUT_NUMBER = 45
"""Of the common ones: the CRM has no number, so that only the name and the place tell."""
OFFICE = "boekhouding@fiduciaire-demo.be"
TRADES = (
    "Bakkerij Slagerij Garage Frituur Drukkerij Schrijnwerken Tuinen Apotheek Kapsalon Dakwerken Boekhandel Transport "
    "Optiek"
)
NAMES = (
    "Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Wouters Pauwels Dubois Lambert Dupont Martin Leclercq "
    "Simon Laurent Renard Collard Vermeulen Hermans Aerts Michiels Segers Coppens Smets Lenaerts Baert Devos Lievens"
)
PLACES = (
    ("9000", "Gent", "Gand"),
    ("1000", "Brussel", "Bruxelles"),
    ("2000", "Antwerpen", "Anvers"),
    ("3000", "Leuven", "Louvain"),
)
FIRST_NAMES = "An Jan Els Piet Marie Luc Sofie Tom"
STREETS = "Kerkstraat Stationsstraat Molenweg Dorpsplein Veldstraat Nieuwstraat Schoolstraat Bergstraat"


@dataclass(slots=True)
class Offices:
    """The two lists, and which of their rows are one client."""

    crm: list[list[str]] = field(default_factory=list)
    books: list[list[str]] = field(default_factory=list)
    same: dict[int, int] = field(default_factory=dict)
    """Row of the CRM -> row of the accounting program."""
    without_number: set[int] = field(default_factory=set)
    """Rows of the CRM that only a person can join."""
    conflicts: set[tuple[int, str]] = field(default_factory=set)
    """Row of the CRM and field in which the two lists say different things."""

    def write(self, folder: Path) -> tuple[Path, Path]:
        """Write both files."""
        files = (folder / "crm.csv", CRM_HEADERS, self.crm), (folder / "books.csv", BOOKS_HEADERS, self.books)
        for file, headers, rows in files:
            with file.open("w", encoding="utf-8", newline="") as text:
                csv.writer(text, delimiter=";").writerows([headers.split(";"), *rows])
        return files[0][0], files[1][0]


def company_number(at: int) -> str:
    body = f"{4000000 + at * 137:08d}"
    return f"{body}{97 - int(body) % 97:02d}"


def iban(at: int) -> str:
    body = f"{310000000 + at * 7919:010d}"
    account = f"{body}{int(body) % 97 or 97:02d}"
    return f"BE{98 - int(f'{account}111400') % 97:02d}{account}"


def two_offices(seed: int = 7) -> Offices:
    """Return the two lists, rows counted from 2."""
    random_ = random.Random(seed)
    made = Offices()
    books: list[tuple[int, list[str]]] = []
    names = [f"{trade} {name}" for trade in TRADES.split() for name in NAMES.split()]
    names += [f"{name} Invest" for name in NAMES.split()] + [f"Studio {name}" for name in NAMES.split()]
    random_.shuffle(names)
    for at in range(COMMON + ONLY_CRM + ONLY_BOOKS - 20):
        client = _client(at, names[at], random_)
        if at < COMMON + ONLY_CRM - 10:
            made.crm.append(client.in_crm(numbered=at >= WITHOUT_NUMBER))
        if at < COMMON or at >= COMMON + ONLY_CRM - 10:
            books.append((at if at < COMMON else -1, client.in_books(random_, numbered=at < COMMON + ONLY_CRM)))
    made.without_number = {at + 2 for at in range(WITHOUT_NUMBER)}
    _plant_conflicts(made, books)
    _plant_families(made, books)
    random_.shuffle(books)
    made.books = [row for _, row in books]
    made.same = {at + 2: number for number, (at, _) in enumerate(books, 2) if at >= 0}
    return made


@dataclass(frozen=True, slots=True)
class _Client:
    name: str
    number: str
    first: str
    last: str
    email: str
    street: str
    house: str
    place: tuple[str, str, str]
    iban: str

    def in_crm(self, *, numbered: bool) -> list[str]:
        dotted = f"{self.number[:4]}.{self.number[4:7]}.{self.number[7:]}" if numbered else ""
        code, city, _ = self.place
        return [
            f"{self.name} BV",
            dotted,
            self.first,
            self.last,
            self.email,
            "nl",
            self.street,
            self.house,
            code,
            city,
            "België",
            "",
            "",
        ]

    def in_books(self, random_: random.Random, *, numbered: bool) -> list[str]:
        code, _, city = self.place
        name = random_.choice([self.name.upper(), f"BVBA {self.name}", f"{self.name} B.V.", _slip(self.name, random_)])
        vat = random_.choice([f"BE {self.number}", f"BE{self.number}", self.number]) if numbered else ""
        account = " ".join(self.iban[at : at + 4] for at in range(0, 16, 4))
        return [
            name,
            vat,
            account,
            random_.choice([OFFICE, "", ""]),
            self.street.upper(),
            self.house,
            code,
            city,
            "BE",
            "",
        ]


def _client(at: int, name: str, random_: random.Random) -> _Client:
    first, last = random_.choice(FIRST_NAMES.split()), random_.choice(NAMES.split())
    email = f"{first}.{last}{at}@{name.replace(' ', '-')}.be".lower()
    street = random_.choice(STREETS.split())
    return _Client(
        name, company_number(at), first, last, email, street, str(1 + at % 90), random_.choice(PLACES), iban(at)
    )


def _slip(name: str, random_: random.Random) -> str:
    """Return a name with one letter left out, never the first."""
    at = random_.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1 :] if name[at] != " " else name


def _plant_conflicts(made: Offices, books: list[tuple[int, list[str]]]) -> None:
    """Let the two lists contradict each other: accounts, streets, mandates."""
    by_client = {at: row for at, row in books if at >= 0}
    for at in range(100, 112):
        made.crm[at][11] = iban(5000 + at)
        made.conflicts.add((at + 2, "iban"))
    for at in range(112, 120):
        made.crm[at][6], by_client[at][4] = "Oude Baan", "Nieuwe Baan"
        made.conflicts.add((at + 2, "street"))
    for at in range(120, 125):
        made.crm[at][12], by_client[at][9] = "ja", "nee"
        made.conflicts.add((at + 2, "mandate"))


def _plant_families(made: Offices, books: list[tuple[int, list[str]]]) -> None:
    """Add holdings and daughters, and couples beside sole traders: neighbours that must never be merged."""
    for at, name in enumerate(("Peeters", "Maes", "Claes", "Dubois", "Lambert")):
        shared = ["Holdingstraat", str(at + 1), "8000", "Brugge"]
        number = company_number(9000 + at)
        dotted = f"{number[:4]}.{number[4:7]}.{number[7:]}"
        made.crm.append(
            [f"{name} Groep Holding BV", dotted, "An", name, f"an@{name.lower()}-groep.be", "nl", *shared, "BE", "", ""]
        )
        vat = f"BE{company_number(9500 + at)}"
        books.append(
            (-1, [f"{name} Groep BV", vat, iban(9500 + at), f"info@{name.lower()}-groep.be", *shared, "BE", ""])
        )
    for at, name in enumerate(("Segers", "Coppens", "Smets", "Baert", "Devos")):
        shared = ["Huisstraat", str(at + 1), "8400", "Oostende"]
        made.crm.append(
            [f"{name} - Van Damme", "", "Rita", "Van Damme", f"gezin{at}@telenet.be", "nl", *shared, "BE", "", ""]
        )
        books.append(
            (
                -1,
                [
                    f"Marc {name}",
                    f"BE{company_number(9800 + at)}",
                    iban(9800 + at),
                    f"gezin{at}@telenet.be",
                    *shared,
                    "BE",
                    "",
                ],
            )
        )
