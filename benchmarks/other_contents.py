"""Other contents: what stands under a header as other offices write it, after Excel, in few rows or many."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import check_digits as numbers
from client import Client
from contents import MAKERS, Maker

ROWS = (3, 10, 40, 300)
_STYLES = 60
_GAPS = (0.0, 0.0, 0.1, 0.4, 0.7)
_SHOUTED = 0.15
"""Columns that are in capitals, as old programs export them."""

_FIRST = {
    "nl": (
        "Jef",
        "Greet",
        "Maarten",
        "Lotte",
        "Stijn",
        "Wouter",
        "Noor",
        "Fien",
        "Guido",
        "Rita",
        "Yves",
        "Mieke",
        "Joris",
    ),
    "fr": (
        "Gaston",
        "Odile",
        "Maxime",
        "Aurélie",
        "Yannick",
        "Fabienne",
        "Olivier",
        "Geneviève",
        "Rachid",
        "Lætitia",
        "Anne-Sophie",
    ),
    "de": (
        "Detlef",
        "Gudrun",
        "Ralf",
        "Anke",
        "Torsten",
        "Jutta",
        "Norbert",
        "Heinz",
        "Elke",
        "Joachim",
        "Ursula",
        "Marc-André",
    ),
}
_LAST = {
    "nl": (
        "Vanhoutte",
        "Thys",
        "De Bruyne",
        "Vander Elst",
        "Lambrecht",
        "Claeys",
        "Roels",
        "Van Acker",
        "Dhaene",
        "Nuyts",
    ),
    "fr": (
        "Delcroix",
        "Lacroix",
        "Monfort",
        "Petit",
        "Van Lierde",
        "Englebert",
        "d'Aspremont",
        "El Amrani",
        "Ngoma",
        "Pirlot",
    ),
    "de": (
        "Schoffers",
        "Hilger",
        "Pauels",
        "Steinmetz",
        "Ludwig",
        "Weishaupt",
        "von der Ahe",
        "Feidt",
        "Biver",
        "Kirch",
    ),
}
_STREETS = {
    "nl": ("Dorpsstr.", "Lange Nieuwstraat", "Oude Baan", "Koning Albert I-laan", "Veldekens", "Ter Rivierenlaan"),
    "fr": (
        "rue du 11 Novembre",
        "Av. des Coteaux",
        "Ch. de Charleroi",
        "Quai Mativa",
        "Allée des Érables",
        "Bd de l'Europe",
    ),
    "de": ("Aachener Str.", "Zur Linde", "Malmedyer Straße", "Neustr.", "rue de Hollerich", "Im Grund"),
}
_PLACES = {
    "BE": (
        "9800 Deinze",
        "2800 Mechelen",
        "1180 Uccle",
        "4900 Spa",
        "8800 Roeselare",
        "4750 Bütgenbach",
        "1300 Wavre",
        "3630 Maasmechelen",
    ),
    "LU": ("3510 Dudelange", "2430 Luxembourg", "7540 Mersch", "5830 Alzingen", "9227 Diekirch"),
    "FR": ("59100 Roubaix", "13001 Marseille", "33000 Bordeaux", "08600 Givet"),
    "DE": ("53173 Bonn", "20095 Hamburg", "54634 Bitburg", "01309 Dresden"),
    "NL": ("6221 BT Maastricht", "5038 EA Tilburg", "4531 EK Terneuzen"),
}
_FORMS = {
    "BE": ("BV", "bv", "B.V.", "NV", "SRL", "S.A.", "ASBL", "VOF", "Comm. V.", "SC", "vzw"),
    "LU": ("S.A.", "Sàrl", "S.à r.l.-S", "SCSp"),
    "FR": ("SARL", "SAS", "EURL"),
    "DE": ("GmbH", "GmbH & Co. KG", "e.K.", "UG (haftungsbeschränkt)"),
    "NL": ("B.V.", "VOF"),
}
_TRADES = (
    "Architecten",
    "Consulting",
    "De Gouden Lepel",
    "Chez Léon",
    "Kinepraktijk",
    "Solutions",
    "Dakwerken",
    "Events",
    "Holding",
    "Pub",
)


def other_client(client: Client, rng: random.Random, *, formed: float) -> Client:
    """Return another client with this one's country and language; `formed` is the share of names with a legal form."""
    from dataclasses import replace

    language = client.language if client.language in _FIRST else "fr"
    first, last = rng.choice(_FIRST[language]), rng.choice(_LAST[language])
    trade, form = rng.choice(_TRADES), rng.choice(_FORMS[client.country])
    name = rng.choice(
        (f"{trade} {last}", f"{last} & {rng.choice(_LAST[language])}", f"{last} {trade}", trade, f"{first} {last}")
    )
    postal, city = rng.choice(_PLACES[client.country]).split(" ", 1)
    if client.country == "NL":
        letters, city = city.split(" ", 1)
        postal = f"{postal} {letters}"
    company = rng.choice((f"{name} {form}", f"{form} {name}")) if rng.random() < formed else name
    house = f"{rng.randint(1, 400)}{rng.choice(('', '', '', 'a', ' B', '-3', '/2'))}"
    return replace(
        client,
        company=company,
        first=first,
        last=last,
        street=rng.choice(_STREETS[language]),
        house=house,
        box=rng.choice(("", "", "", "3", "b4", "002", "C")),
        postal=postal,
        city=city,
    )


def _address(client: Client, _: random.Random, style: int) -> str:
    box = f" {('bus', 'bte', 'b', '/')[style % 4]} {client.box}" if client.box else ""
    forms = (
        f"{client.street} {client.house}{box}",
        f"{client.street}, {client.house}{box}",
        f"{client.house} {client.street}",
    )
    return forms[style % 3]


def _phone(client: Client, style: int, *, mobile: bool) -> str:
    prefix, area, rest = numbers.phone(client.country, client.number, mobile=mobile)
    if style % 6 == 0:
        return f"{prefix}{area}{rest}.0"  # as Excel keeps a number
    spaced = " ".join((rest[:2], rest[2:4], rest[4:])).strip()
    return (
        f"00{prefix}{area}{rest}",
        f"+{prefix} (0){area} {spaced}",
        f"0{area} {spaced}",
        f"0{area}-{rest}",
        f"+{prefix}{area}{rest}",
    )[style % 5]


def _enterprise(client: Client, style: int) -> str:
    digits = numbers.enterprise(client.number)
    forms = (
        f"{digits.lstrip('0')}.0",
        digits,
        f"BE{digits}",
        f"{digits[:4]} {digits[4:7]} {digits[7:]}",
        digits.lstrip("0"),
    )
    return forms[style % 5]


def _company_number(client: Client, rng: random.Random, style: int) -> str:
    return _enterprise(client, style) if client.country == "BE" else MAKERS["company_number"](client, rng, style)


def _vat(client: Client, rng: random.Random, style: int) -> str:
    if client.country != "BE":
        return MAKERS["vat_number"](client, rng, style)
    digits = numbers.vat("BE", client.number)[2:]
    return (
        f"BE {digits[:4]}.{digits[4:7]}.{digits[7:]}",
        f"TVA BE-{digits}",
        f"be{digits}",
        f"BE{digits}",
        f"{digits.lstrip('0')}.0",
    )[style % 5]


def _iban(client: Client, _: random.Random, style: int) -> str:
    number = numbers.iban(client.country, client.number * 1000 + 7)
    return (number, number.lower(), f"IBAN {number}", "-".join(number[at : at + 4] for at in range(0, len(number), 4)))[
        style % 4
    ]


def _email(client: Client, rng: random.Random, style: int) -> str:
    made = MAKERS["contact_email"](client, rng, style)
    return (
        made,
        made.upper(),
        f"{client.first} <{made}>" if rng.random() < 0.1 else made,
        f"{made}; {made}" if rng.random() < 0.1 else made,
    )[style % 4]


def _code(client: Client, _: random.Random, style: int) -> str:
    number = client.number
    return (
        f"C{number % 9000:04d}",
        f"4000{number % 100:02d}{number % 7}",
        f"{number % 900 + 1}",
        f"BE-{number % 9000}",
        f"{number % 90000:07d}.0",
    )[style % 5]


def _date(_: Client, rng: random.Random, style: int) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1940, 2025)
    return (
        f"{day}/{month}/{year % 100:02d}",
        f"{year}-{month:02d}-{day:02d} 00:00:00",
        f"{day}-{month}-{year}",
        str(15_000 + rng.randint(0, 30_000)),
    )[style % 4]


def _choice(*styles: tuple[str, ...]) -> Maker:
    return lambda _, rng, style: rng.choice(styles[style % len(styles)])


def _person(client: Client, _: random.Random, style: int) -> str:
    title = {"nl": "Dhr.", "fr": "M.", "de": "Herr"}.get(client.language, "Mr")
    return (
        f"{client.last} {client.first}",
        f"{client.first} {client.last.upper()}",
        f"{title} {client.first} {client.last}",
    )[style % 3]


_LANGUAGES = {
    "nl": ("N", "NL", "nederlands", "Néerlandais"),
    "fr": ("F", "FR", "frans", "Français"),
    "de": ("D", "DE", "duits", "Allemand"),
}

_OTHER: Mapping[str, Maker] = {
    "address": _address,
    "contact_name": _person,
    "contact_email": _email,
    "contact_phone": lambda client, _, style: _phone(client, style, mobile=False),
    "contact_mobile": lambda client, _, style: _phone(client, style, mobile=True),
    "company_number": _company_number,
    "vat_number": _vat,
    "iban": _iban,
    "national_register_number": lambda client, rng, style: (
        f"{float(numbers.national(client.number)):.4E}"
        if style % 9 == 0
        else MAKERS["national_register_number"](client, rng, style)
    ),
    **dict.fromkeys(("client_code", "external_reference"), _code),
    **dict.fromkeys(
        ("language", "contact_language"),
        lambda client, _, style: _LANGUAGES.get(client.language, _LANGUAGES["fr"])[style % 4],
    ),
    "labels": _choice(
        ("klant 2024", "IPP, TVA", "vzw"), ("Horeca", "Bouw;Ondernemer", "Vrij beroep"), ("A-klant", "B-klant")
    ),
    "mandate": _choice(("Ja", "Nee"), ("oui", "non"), ("x", ""), ("1", "0")),
    "tax_deadline": _date,
    "postal_code": lambda client, rng, style: (
        f"{client.postal}.0"
        if style % 7 == 0 and client.postal.isdigit()
        else MAKERS["postal_code"](client, rng, style)
    ),
    "-text": _choice(
        ("Belt nog terug.", "contract 2025 getekend op kantoor", "moeilijke betaler!"),
        ("à relancer", "RDV 12h30", "-"),
        ("siehe Akte", "o.k."),
    ),
    "-code": _choice(("30D", "COMPTANT", "14"), ("A1", "B2", "C3"), ("0", "1", "2")),
    "-number": lambda _, rng, style: (
        str(rng.randint(0, 5000)),
        f"{rng.randint(0, 90)}.0",
        str(rng.randint(400_000, 499_999)),
    )[style % 3],
    "-id": lambda client, _, style: (f"{client.number:08x}-4f1c", f"0015800{client.number:07d}AAA", str(client.number))[
        style % 3
    ],
    "-date": _date,
    "-amount": lambda _, rng, style: (
        f"€ {rng.randint(0, 90)}.{rng.randint(100, 999)},{rng.randint(10, 99)}",
        f"{rng.randint(-500, 9999)}",
        f"{rng.random() * 9000:.2f}",
    )[style % 3],
    "-yesno": _choice(("J", "N"), ("x", ""), ("WAAR", "ONWAAR"), ("Vrai", "Faux"), ("Yes", "No")),
    "-status": _choice(
        ("Lopend", "Afgesloten"), ("Client", "Prospect"), ("active", "archived"), ("Neu", "Aktiv", "Gekündigt")
    ),
    "-job": _choice(("bestuurder", "secretaresse"), ("Directeur financier", "associé"), ("Inhaber", "Buchhalterin")),
    "-office": _choice(("Sofie V.", "Tom D."), ("Marie Lenoir", "Luc Petit", "Anna Roth"), ("SV", "TD", "KL")),
    "-region": _choice(("West-Vlaanderen", "Oost-Vlaanderen", ""), ("Hainaut", "BW"), ("NRW", "Ostkantone")),
    "-title": _choice(("De heer", "Mevrouw"), ("Madame", "Monsieur"), ("Dr.", "")),
    "-taxno": lambda _, rng, __: f"{rng.randint(100, 999)}/{rng.randint(1000, 9999)}/{rng.randint(1000, 9999)}",
}
_SAME = {
    "-person": "contact_name",
    "-email": "contact_email",
    "-phone": "contact_phone",
    "-mobile": "contact_mobile",
    "-address": "address",
}
"""What somebody else has is written the same way."""


def other_column(label: str, people: Sequence[Client], rng: random.Random) -> list[str]:
    """Return what stands under one header, in one way of writing, with up to 70 % of gaps."""
    style, gaps = rng.randrange(_STYLES), rng.choice(_GAPS)
    make = _OTHER.get(_SAME.get(label, label)) or MAKERS[label]
    others = [other_client(client, rng, formed=0.5) for client in people] if label in _SAME else people
    cells = [make(client, rng, style) if rng.random() >= gaps else "" for client in others]
    return [cell.upper() for cell in cells] if rng.random() < _SHOUTED else cells
