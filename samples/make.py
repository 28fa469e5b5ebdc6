"""Writes the sample portfolios and, beside each, the report the program makes of it. Run by `make samples`.

All companies and people are invented; the numbers fit their check digits because they were computed here.
Review the diff of the reports: they are the golden files of tests/test_samples.py.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

HERE = Path(__file__).parent
WHEN = datetime(2026, 11, 2, 9, 0)  # noqa: DTZ001 -- spreadsheets know no time zone


def enterprise(first_eight: int) -> str:
    """Return a company number: eight digits and 97 minus their remainder."""
    return f"{first_eight:08d}{97 - first_eight % 97:02d}"


def dotted(number: str) -> str:
    """Return a company number as the Belgian register prints it."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def iban(country: str, account: str) -> str:
    """Return an IBAN: the check digits make the whole 1 modulo 97."""
    digits = "".join(str(int(c, 36)) for c in f"{account}{country}00")
    return f"{country}{98 - int(digits) % 97:02d}{account}"


def belgian_iban(bank: int, account: int) -> str:
    """Return a Belgian IBAN with its national check digits."""
    body = f"{bank:03d}{account:07d}"
    return iban("BE", f"{body}{int(body) % 97 or 97:02d}")


def spaced(text: str) -> str:
    """Return an IBAN in groups of four, as banks print it."""
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def national(birth: str, counter: int, *, since_2000: bool = False) -> str:
    """Return a national register number for a birth date YYMMDD."""
    body = f"{birth}{counter:03d}"
    return f"{body}{97 - int(('2' if since_2000 else '') + body) % 97:02d}"


def luxembourg_vat(first_six: int) -> str:
    """Return a Luxembourg VAT number: six digits and their remainder by 89."""
    return f"LU{first_six:06d}{first_six % 89:02d}"


def write_xlsx(path: Path, sheets: dict[str, list[list[object]]], *, text: tuple[str, ...] = ()) -> None:
    """Write sheets as a practice would have them; columns under a header in `text` are formatted as text."""
    book = Workbook()
    book.properties.created = book.properties.modified = WHEN
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value in text):
            for below in sheet[cell.column_letter][cell.row :]:
                below.number_format = "@"
        sheet["A1"].font = Font(bold=True, size=14)
    content = io.BytesIO()
    book.save(content)
    _write_reproducibly(path, content)


def _write_reproducibly(path: Path, content: io.BytesIO) -> None:
    """Write the zip again with fixed dates, so that the same data are the same bytes."""
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                head, _, rest = data.partition(b'<dcterms:modified xsi:type="dcterms:W3CDTF">')
                data = head + b'<dcterms:modified xsi:type="dcterms:W3CDTF">2026-11-02T09:00:00Z' + rest[20:]
            target.writestr(zipfile.ZipInfo(name, (2026, 11, 2, 9, 0, 0)), data, zipfile.ZIP_DEFLATED)


def write_csv(path: Path, rows: list[list[str]], *, delimiter: str, encoding: str) -> None:
    """Write a CSV as a program exports it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


COMPANIES = [enterprise(n) for n in (4196185, 5669882, 4717302, 4030192, 8741234, 6655443, 7251884, 5544332)]
NEW = enterprise(10182658)  # a number of the series that starts with 1
IBANS = [belgian_iban(bank, 1000007 + 7919 * bank) for bank in (1, 63, 96, 123, 310, 363, 737, 973)]


def partner_messy() -> list[list[object]]:
    """Return a Dutch-speaking practice's own list: title, other headers, dots, lost zeros, two languages, a total."""
    c = COMPANIES
    return [
        ["Klantenlijst kantoor Janssens & Co - november 2026"],
        [],
        [
            "Klantnr",
            "Naam klant",
            "Ondernemingsnr.",
            "BTW nr",
            "Adres",
            "Postcode",
            "Gemeente",
            "Land",
            "Contactpersoon",
            "E-mail",
            "Taal",
            "IBAN",
            "Peppol-mandaat",
            "Sjabloon",
            "Dossierbeheerder",
        ],
        [
            "K001",
            "Bakkerij Peeters BV",
            dotted(c[0]),
            f"BE {dotted(c[0])}",
            "Kerkstraat 12 bus 3",
            "9000",
            "Gent",
            "België",
            "Peeters, An",
            "an.peeters@bakkerijpeeters.be",
            "Nederlands",
            spaced(IBANS[0]),
            "Ja",
            "Standard",
            "Ann",
        ],
        [
            "K002",
            "Garage Dubois SRL",
            int(c[1]),
            f"BE{int(c[1])}",
            "Rue de la Loi 155",
            "1040",
            "Bruxelles",
            "Belgique",
            "Marc Dubois",
            "marc@garagedubois.be",
            "FR",
            IBANS[1],
            "oui",
            "Standard",
            "Bob",
        ],
        [
            "K003",
            "Studio Nova BV",
            dotted(c[2]),
            "",
            "Meir 24A",
            "2000",
            "Antwerpen",
            "BE",
            "Eva De Smet",
            "eva.desmet@studionova.be ",
            "nl",
            IBANS[2],
            "nee",
            "Premium",
            "Ann",
        ],
        [
            "K004",
            "Jansen Consulting",
            f"BTW BE {dotted(c[3])}",
            "",
            "Bondgenotenlaan 101",
            "3000",
            "Leuven",
            "B",
            "Jan Jansen",
            "mailto:jan@jansenconsulting.be",
            "NL",
            "",
            "Ja",
            "Standard",
            "Bob",
        ],
        [
            "K005",
            "Horeca Ter Dennen NV",
            dotted(c[4]),
            f"BE{c[4]}",
            "Dennenlaan 7",
            "B-3500",
            "Hasselt",
            "belgie",
            "Lies van den Berg",
            "lies@terdennen.be",
            "N",
            spaced(IBANS[4]),
            "J",
            "Standard",
            "Ann",
        ],
        [
            "K005",
            "Horeca Ter Dennen NV",
            dotted(c[4]),
            f"BE{c[4]}",
            "Dennenlaan 7",
            "B-3500",
            "Hasselt",
            "belgie",
            "Tom Claes",
            "tom@terdennen.be",
            "N",
            spaced(IBANS[4]),
            "J",
            "Standard",
            "Ann",
        ],
        [
            "K006",
            "Atelier Léonie ASBL",
            dotted(c[5]),
            "non assujetti",
            "Rue Haute 8/2",
            "4000",
            "Liège",
            "Belgique",
            "Léonie Lambert",
            "leonie@atelierleonie.be",
            "Français",
            IBANS[5],
            "Non",
            "Standard",
            "Bob",
        ],
        [
            "K007",
            "Nieuw Bedrijf BV",
            NEW,
            f"BE{NEW}",
            "Stationsplein 1",
            "8000",
            "Brugge",
            "BE",
            "Koen Maes",
            "koen@nieuwbedrijf.be",
            "nl",
            IBANS[6],
            "",
            "Standard",
            "Ann",
        ],
        [
            "K008",
            "Schmidt Bau GmbH",
            dotted(c[6]),
            f"BE{c[6]}",
            "Klosterstraße 3",
            "4700",
            "Eupen",
            "Belgien",
            "Karl Schmidt",
            "k.schmidt@schmidtbau.be",
            "Deutsch",
            IBANS[7],
            "Ja",
            "Standard",
            "Bob",
        ],
        # What follows cannot be sent as it stands.
        [
            "K009",
            "Typfout BV",
            "0419.618.353",
            "",
            "Veldstraat 1",
            "9000",
            "Gent",
            "BE",
            "Piet Post",
            "piet@typfout.be",
            "nl",
            "",
            "Ja",
            "Standard",
            "Ann",
        ],
        [
            "K010",
            "Vestiging Noord",
            "2.123.456.770",
            "",
            "Noordlaan 9",
            "2030",
            "Antwerpen",
            "BE",
            "Nora Nys",
            "nora@vestiging.be",
            "nl",
            "",
            "Nee",
            "Standard",
            "Ann",
        ],
        [
            "K011",
            "Zonder Mail BV",
            dotted(c[7]),
            "",
            "Markt 3",
            "8500",
            "Kortrijk",
            "BE",
            "Sofie Mertens",
            "",
            "nl",
            "",
            "Nee",
            "Standard",
            "Bob",
        ],
        [],
        ["", "Totaal: 12 klanten"],
    ]


def partner_clean() -> list[list[object]]:
    """Return the platform's own file in Dutch, filled in as it should be."""
    head: list[object] = [
        "Juridische naam",
        "Land (lettercode)",
        "E-mailadres contactpersoon",
        "Voornaam contactpersoon",
        "Achternaam contactpersoon",
        "Taal contactpersoon (locale)",
        "Bedrijfsnummer",
        "BTW",
        "Externe referentie",
        "IBAN",
        "Straat",
        "Nummer",
        "Postbus",
        "Postcode",
        "Gemeente/stad",
        "Mandaat",
        "Sjabloon",
    ]
    return [
        head,
        ["Bakkerij Peeters", "BE", "an.peeters@bakkerijpeeters.be", "An", "Peeters", "nl-BE", COMPANIES[0],
         f"BE{COMPANIES[0]}", "K001", IBANS[0], "Kerkstraat", "12", "3", "9000", "Gent", "Ja", "Standard"],
        ["Garage Dubois", "BE", "marc@garagedubois.be", "Marc", "Dubois", "fr-BE", COMPANIES[1], f"BE{COMPANIES[1]}",
         "K002", IBANS[1], "Rue de la Loi", "155", None, "1040", "Bruxelles", "Nee", "Premium"],
        ["Fiduciaire du Nord", "LU", "claire@fiduciairedunord.lu", "Claire", "Weber", "fr-LU", None,
         luxembourg_vat(150274), "K003", None, "Rue de la Gare", "7", None, "1611", "Luxembourg", None, None],
    ]  # fmt: skip


def console_be_messy() -> list[list[str]]:
    """Return a French-speaking practice's export from its accounting program, as CSV with semicolons."""
    c = COMPANIES
    return [
        ["Code client", "Dénomination", "N° entreprise", "N° TVA", "Rue", "N°", "Bte", "CP", "Localité", "Pays",
         "Langue", "Nom contact", "Prénom contact", "E-mail contact", "IBAN", "BIC", "GSM"],
        ["C-11", "Boulangerie Lemaire SRL", dotted(c[0]), f"BE{c[0]}", "Rue Neuve", "4", "", "1000", "Bruxelles",
         "Belgique", "Français", "Lemaire", "Paul", "paul@lemaire.be", spaced(IBANS[0]), "", "0475/12.34.56"],
        ["C-12", "Van Acker Transport NV", c[1].lstrip("0"), "", "Havenlaan", "86", "c", "1000", "Brussel", "BE",
         "Néerlandais", "Van Acker", "Dirk", "dirk@vanacker.be", IBANS[1], "GKCCBEBB", ""],
        ["C-13", "Pharmacie du Parc", dotted(c[2]), f"TVA BE {dotted(c[2])}", "Avenue du Parc", "12", "5", "5000",
         "Namur", "belgique", "fr", "Simon", "Julie", "julie@pharmacieduparc.be", spaced(IBANS[2]), "", ""],
        ["C-14", "Sans compte SRL", dotted(c[3]), f"BE{c[3]}", "Rue Longue", "3", "", "7000", "Mons", "Belgique",
         "fr", "Leroy", "Anne", "anne@sanscompte.be", "", "", ""],
        ["C-15", "Deux adresses SRL", dotted(c[4]), f"BE{c[4]}", "Rue Courte", "1", "", "6000", "Charleroi",
         "Belgique", "fr", "Petit", "Luc", "luc@deuxadresses.be; compta@deuxadresses.be", IBANS[4], "", ""],
    ]  # fmt: skip


def console_be_clean() -> list[list[object]]:
    """Return the Belgian Console's own file, filled in as it should be."""
    head: list[object] = [
        "Client name",
        "Address",
        "ZIP",
        "City",
        "Country",
        "Company number",
        "VAT",
        "IBAN",
        "BIC",
        "Language",
        "Contact name",
        "Contact language",
        "Contact email",
        "Assignee emails",
    ]
    return [
        head,
        ["Bakkerij Peeters", "Kerkstraat 12", "9000", "Gent", "BE", COMPANIES[0], f"BE{COMPANIES[0]}", IBANS[0], None,
         "nl", "An Peeters", "nl", "an.peeters@bakkerijpeeters.be", "ann@office.example,bob@office.example"],
        ["Garage Martin", "12 rue de Lille", "59000", "Lille", "fRaNce", "732829320", "FR44732829320",
         "FR7630006000011234567890189", None, "French", "Marc Martin", "FR", "marc@garagemartin.be", None],
    ]  # fmt: skip


def console_lu_messy() -> list[list[object]]:
    """Return a Luxembourg fiduciary's own list."""
    lu = [iban("LU", f"0019400644{n:06d}") for n in (750000, 750111, 750222, 750333)]
    return [
        ["Liste des clients", "", "", "Édition du 02/11/2026"],
        ["Société", "Rue et numéro", "Code postal et localité", "Pays", "N° RCS", "N° TVA", "Compte bancaire",
         "Langue", "Personne de contact", "Courriel", "Remarques"],
        ["Menuiserie Schmit S.à r.l.", "12, rue de la Gare", "L-1611 Luxembourg", "Luxembourg", "B 82.454",
         luxembourg_vat(150274), spaced(lu[0]), "Français", "Marie Schmit", "marie@schmit.lu", ""],
        ["Weber Holding S.A.", "5, avenue de la Liberté", "L-1931 Luxembourg", "LU", "RCS Luxembourg B123456", "",
         lu[1], "English", "John Weber", "john@weberholding.lu", "sans TVA"],
        ["Café de la Place", "1, place d'Armes", "L-1136 Luxembourg", "GD Luxembourg", "", "n/a", lu[2], "fr",
         "Luc Klein", "luc@cafe.lu", "ni RCS ni TVA"],
        ["Banque inconnue S.A.", "2, boulevard Royal", "L-2449 Luxembourg", "Luxembourg", "B999999", "", lu[3], "fr",
         "Anne Muller", "anne@banque.lu", "RCS que le registre ne connaît pas"],
    ]  # fmt: skip


def console_lu_clean() -> list[list[object]]:
    """Return the Luxembourg Console's own file, filled in as it should be."""
    head: list[object] = [
        "Client name",
        "Address",
        "ZIP",
        "City",
        "Country",
        "RCS",
        "VAT",
        "IBAN",
        "BIC",
        "Language",
        "Contact name",
        "Contact language",
        "Contact email",
        "Assignee emails",
    ]
    return [
        head,
        ["Menuiserie Schmit", "12, rue de la Gare", "1611", "Luxembourg", "LU", "B82454", luxembourg_vat(150274),
         iban("LU", "0019400644750000"), None, "français", "Marie Schmit", "French", "marie@schmit.lu", None],
    ]  # fmt: skip


def accounton_messy() -> list[list[str]]:
    """Return a list of tax clients: couples, punctuation in national numbers, local phone numbers, cp1252."""
    return [
        ["Naam", "Voornaam", "Rijksregisternummer", "Naam partner", "Rijksregisternr. partner", "Straat", "Nr", "Bus",
         "Postcode", "Gemeente", "GSM", "E-mailadres", "Taal", "Klantcode", "Labels", "Dossierbeheerder (e-mail)"],
        ["Peeters", "An", "85.07.30-033.28", "Tom Maes", _punctuated(national("840112", 251)), "Kerkstraat", "12", "3",
         "9000", "Gent", "0475/12.34.56", "an.peeters@mail.be", "NL", "P-1", "kantoor Gent, dossierbeheerder X",
         "ann@office.example"],
        ["Dubois", "Céline", _punctuated(national("010203", 6, since_2000=True)), "", "", "Rue Haute", "8", "", "1000",
         "Bruxelles", "+32 (0)476 11 22 33", "celine@mail.be", "Frans", "P-2", "", "ann@office.example"],
        ["Smith", "John", national("704519", 17), "", "", "Meir", "1", "", "2000", "Antwerpen", "0032 477 22 33 44",
         "john@mail.be", "Engels", "P-3", "expats", "bob@office.example"],
        ["Claes", "Jef", _punctuated(national("550606", 33)), "Mia Bos", _punctuated(national("570808", 44)),
         "Dorp", "5", "", "3000", "Leuven", "016/22.33.44", "jef@mail.be", "nl", "P-4", "", "ann@office.example"],
        ["Bos", "Mia", _punctuated(national("570808", 44)), "Jef Claes", _punctuated(national("550606", 33)),
         "Dorp", "5", "", "3000", "Leuven", "0478 33 44 55", "mia@mail.be", "nl", "P-5", "", "ann@office.example"],
        ["Wouters", "Els", "85.07.30-033.29", "", "", "Markt", "9", "", "8000", "Brugge", "0479 44 55 66",
         "els@mail.be", "nl", "P-6", "", "ann@office.example"],
    ]  # fmt: skip


def _punctuated(number: str) -> str:
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"


def accounton_clean() -> list[list[object]]:
    """Return Accounton's own file, filled in as it should be."""
    head: list[object] = [
        "person",
        "Firstname",
        "Lastname",
        "Email",
        "Mobile Number",
        "Registration Number",
        "Straat",
        "Huisnummer",
        "Bus",
        "Postcode",
        "Gemeente",
        "Land",
        "Extra PB",
        "Labels",
        "Spouse Registration Number",
        "Taal",
        "Klantcode",
        "KBO-nummer",
        "KBO-nummer van de partner",
        "Deadline PB",
        "Responsible",
    ]
    return [
        head,
        ["person", "An", "Peeters", "an.peeters@mail.be", "+32475123456", "85073003328", "Kerkstraat", "12", "3",
         "9000", "Gent", "BE", None, "kantoor Gent,dossierbeheerder X", national("840112", 251), "dutch", "P-1", None,
         None, None, "ann@office.example"],
        ["person", "Céline", "Dubois", "celine@mail.be", "+32476112233", national("010203", 6, since_2000=True),
         "Rue Haute", "8", None, "1000", "Bruxelles", "BE", None, None, None, "french", "P-2", COMPANIES[5], None, None,
         "bob@office.example"],
    ]  # fmt: skip


def billit_messy() -> list[list[str]]:
    """Return a bookkeeper's own list for the move to Peppol: numbers in all spellings, one address used twice."""
    c = COMPANIES
    return [
        ["Firma", "Btw-nr", "Rechtsvorm", "Adres", "Postcode + gemeente", "Land", "Zaakvoerder", "Mail", "Gsm", "Taal",
         "Rekening"],
        ["Bakkerij Peeters", f"BE {dotted(c[0])}", "BV", "Kerkstraat 12 bus 3", "9000 Gent", "België", "An Peeters",
         "an@bakkerijpeeters.be", "0475 12 34 56", "Nederlands", spaced(IBANS[0])],
        ["Boulangerie Lemaire", dotted(c[1]), "SRL", "Rue Neuve 4", "1000 Bruxelles", "BE", "Paul Lemaire",
         "paul@lemaire.be", "+32 (0)476 11 22 33", "Frans", IBANS[1]],
        ["Garage De Smet", f"BTW BE{c[2]}", "NV", "Industrieweg 7a", "B-8500 Kortrijk", "belgie", "Luc De Smet",
         "info@kantoor.example", "", "NL", ""],
        ["De Smet Immo", f"BE{c[3]}", "NV", "Industrieweg 7a", "8500 Kortrijk", "België", "Luc De Smet",
         "info@kantoor.example", "", "NL", ""],
        ["Zonder btw VZW", "", "VZW", "Dorp 1", "3000 Leuven", "België", "Els Bos", "els@zonderbtw.be", "", "NL", ""],
        ["Schmit S.à r.l.", luxembourg_vat(150274), "", "Rue de la Gare 12", "L-1611 Luxembourg", "Luxemburg",
         "Marie Schmit", "marie@schmit.lu", "00352 621 123 456", "Frans", iban("LU", "0019400644750000")],
    ]  # fmt: skip


def billit_clean() -> list[list[object]]:
    """Return our template for Billit, filled in as it should be."""
    head: list[object] = ["Naam", "Ondernemingsnummer", "Btw-nummer", "E-mail", "Voornaam contactpersoon",
                          "Achternaam contactpersoon", "Telefoon", "Gsm", "Taal", "IBAN", "BIC", "Straat", "Huisnummer",
                          "Bus", "Postcode", "Gemeente", "Land"]  # fmt: skip
    return [
        head,
        ["Bakkerij Peeters BV", COMPANIES[0], f"BE{COMPANIES[0]}", "an@bakkerijpeeters.be", "An", "Peeters",
         "+3292233445", "+32475123456", "nl", IBANS[0], None, "Kerkstraat", "12", "3", "9000", "Gent", "BE"],
        ["Boulangerie Lemaire SRL", COMPANIES[1], f"BE{COMPANIES[1]}", "paul@lemaire.be", "Paul", "Lemaire", None, None,
         "fr", None, None, "Rue Neuve", "4", None, "1000", "Bruxelles", "BE"],
    ]  # fmt: skip


def write_files() -> None:
    """Write every portfolio."""
    for platform in ("banqup-partner", "banqup-console-be", "banqup-console-lu", "accounton", "billit"):
        (HERE / platform).mkdir(exist_ok=True)
    notes: list[list[object]] = [["Uitleg"], ["De klanten staan op het volgende blad."]]
    write_xlsx(HERE / "banqup-partner/messy.xlsx", {"Uitleg": notes, "Klanten": partner_messy()})
    write_xlsx(HERE / "banqup-partner/clean.xlsx", {"Klanten": partner_clean()})
    write_csv(HERE / "banqup-console-be/messy.csv", console_be_messy(), delimiter=";", encoding="utf-8-sig")
    write_xlsx(HERE / "banqup-console-be/clean.xlsx", {"Clients": console_be_clean()})
    write_xlsx(HERE / "banqup-console-lu/messy.xlsx", {"Clients": console_lu_messy()})
    write_xlsx(HERE / "banqup-console-lu/clean.xlsx", {"Clients": console_lu_clean()})
    write_csv(HERE / "accounton/messy.csv", accounton_messy(), delimiter=";", encoding="cp1252")
    write_xlsx(HERE / "accounton/clean.xlsx", {"Klanten": accounton_clean()})
    write_csv(HERE / "billit/messy.csv", billit_messy(), delimiter=";", encoding="utf-8-sig")
    write_xlsx(HERE / "billit/clean.xlsx", {"Klanten": billit_clean()})


def write_reports() -> None:
    """Write beside each portfolio what `validate --json` says of it."""
    for file in sorted(HERE.glob("*/*.*")):
        if file.suffix in {".xlsx", ".csv"}:
            report = report_of(file)
            file.with_suffix(".report.json").write_text(
                json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8"
            )
            print(file.relative_to(HERE))


def report_of(file: Path, language: str = "en") -> Any:
    """Return the report of a sample, made as a user would."""
    command = [sys.executable, "-m", "clientimport", "validate", file.name, "-p", file.parent.name, "--json"]
    words = ["--language", language, "--no-profile"]
    done = subprocess.run([*command, *words], cwd=file.parent, capture_output=True, check=False, text=True)  # noqa: S603
    return json.loads(done.stdout)


if __name__ == "__main__":
    write_files()
    write_reports()
