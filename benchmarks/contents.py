"""Contents: what stands under a header in a practice's list, made up from a seed, gaps and mess included."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from unicodedata import normalize

import check_digits as numbers
from client import Client, known, random_client

Maker = Callable[[Client, random.Random, int], str]
"""What one client has in a column; the last argument is the column's own way of writing."""

_STYLES = 60
_GAPS = (0.0, 0.0, 0.1, 0.3, 0.6)
_MESS: tuple[Callable[[str], str], ...] = (
    *(str.upper, str.lower, lambda text: f" {text} ", lambda text: text[:-1]),
    *(lambda _: "n/a", lambda _: "?"),
)
_MESSY = 0.02


def column(label: str, people: Sequence[Client], rng: random.Random) -> list[str]:
    """Return what stands under one header: in one way of writing, with gaps, and a few cells that are not right."""
    make, style, gaps = MAKERS[label], rng.randrange(_STYLES), rng.choice(_GAPS)
    cells = [make(client, rng, style) if rng.random() >= gaps else "" for client in people]
    return [rng.choice(_MESS)(cell) if cell and rng.random() < _MESSY else cell for cell in cells]


def _plain(text: str) -> str:
    return "".join(c for c in normalize("NFKD", text.casefold()) if c.isascii() and c.isalnum())


def _dotted(digits: str, style: int) -> str:
    return digits if style % 2 else f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def _company_number(client: Client, _: random.Random, style: int) -> str:
    if client.country == "BE":
        digits = numbers.enterprise(client.number)
        return digits.lstrip("0") if style % 5 == 0 else f"{('', 'BE ')[style % 3 == 0]}{_dotted(digits, style)}"
    if client.country == "FR":
        return numbers.siret(client.number) if style % 2 else numbers.siren(client.number)
    foreign = {"LU": f"B{client.number % 290_000}", "DE": f"HRB {client.number % 90_000}"}
    return foreign.get(client.country, f"{client.number % 10**8:08d}")


def _vat(client: Client, _: random.Random, style: int) -> str:
    number = numbers.vat(client.country, client.number)
    if client.country != "BE":
        return number
    return f"{('BE', 'BE ', 'BTW BE ', '')[style % 4]}{_dotted(number[2:], style)}"


def _iban(client: Client, _: random.Random, style: int) -> str:
    number = numbers.iban(client.country, client.number * 1000 + 7)
    return number if style % 2 else " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _national(client: Client, _: random.Random, style: int) -> str:
    digits = numbers.national(client.number)
    return digits if style % 2 else f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"


def _phone(client: Client, *, style: int, mobile: bool) -> str:
    prefix, area, rest = numbers.phone(client.country, client.number, mobile=mobile)
    if client.country == "LU" or style % 3 == 0:
        return f"+{prefix} {area} {rest}"
    return f"0{area}/{rest[:3]}.{rest[3:]}" if style % 3 == 1 else f"0{area}{rest}"


def _email(client: Client, rng: random.Random, _: int) -> str:
    first, last = _plain(client.first), _plain(client.last)
    if rng.random() < 0.3:
        return f"{first}.{last}{client.number % 97}@gmail.com"
    mailbox = rng.choice(("info", first, f"{first}.{last}", "contact"))
    return f"{mailbox}@{last}{client.number % 97}.{client.country.lower()}"


def _address(client: Client, _: random.Random, style: int) -> str:
    word = {"nl": " bus ", "fr": " bte "}.get(client.language, "/")
    house = f"{client.house}{word}{client.box}" if client.box else client.house
    return f"{house}, {client.street}" if client.language == "fr" and style % 2 else f"{client.street} {house}"


def _code(client: Client, _: random.Random, style: int) -> str:
    letters = f"{_plain(client.last)[:6].upper()}{client.number % 90:02d}"
    return (
        f"{client.number % 9000 + 1000}",
        f"K{client.number % 90000:05d}",
        letters,
        f"{10000 + client.number % 59999}",
    )[style % 4]


def _type(client: Client, _: random.Random, style: int) -> str:
    words = (("Bedrijf", "Persoon"), ("Entreprise", "Particulier"), ("F", "P"), ("Firma", "Privatperson"))
    return words[style % 4][client.person]


def _date(_: Client, rng: random.Random, style: int) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1960, 2024)
    return (f"{day:02d}/{month:02d}/{year}", f"{year}-{month:02d}-{day:02d}", f"{day:02d}.{month:02d}.{year}")[
        style % 3
    ]


def _any(*words: str) -> Maker:
    return lambda _, rng, __: rng.choice(words)


def _styled(*choices: tuple[str, ...]) -> Maker:
    """Return a maker of words that a whole column writes in one way."""
    return lambda _, rng, style: rng.choice(choices[style % len(choices)])


def _others(make: Maker, share: float = 1.0) -> Maker:
    """Return a maker of the same kind of value, of somebody else."""

    def made(client: Client, rng: random.Random, style: int) -> str:
        return make(random_client(rng, client.country, client.language), rng, style) if rng.random() < share else ""

    return made


def _listed(kind: str) -> Maker:
    return lambda client, _, style: known(kind)[client.country][style % len(known(kind)[client.country])]


_FIELDS: Mapping[str, Maker] = {
    "legal_name": lambda client, _, __: client.last if client.person else client.company,
    "client_type": _type,
    "company_number": _company_number,
    "vat_number": _vat,
    "rcs_number": lambda client, _, __: f"B{client.number % 290_000}",
    "national_register_number": _national,
    **dict.fromkeys(("external_reference", "client_code"), _code),
    "contact_name": lambda client, _, style: (
        f"{client.last} {client.first}" if style % 3 == 0 else f"{client.first} {client.last}"
    ),
    "contact_first_name": lambda client, _, __: client.first,
    "contact_last_name": lambda client, _, style: client.last.upper() if style % 4 == 1 else client.last,
    "contact_email": _email,
    "contact_phone": lambda client, _, style: _phone(client, style=style, mobile=False),
    "contact_mobile": lambda client, _, style: _phone(client, style=style, mobile=True),
    **dict.fromkeys(
        ("language", "contact_language"), lambda client, _, style: known("language")[client.language][style % 4]
    ),
    "contact_locale": lambda client, _, __: f"{client.language}-{client.country}",
    "iban": _iban,
    "bic": lambda client, rng, _: rng.choice(known("bic")[client.country]),
    "address": _address,
    "street": lambda client, _, __: client.street,
    "house_number": lambda client, _, __: client.house,
    "box": lambda client, _, __: client.box,
    "postal_code": lambda client, _, style: (
        f"L-{client.postal}" if client.country == "LU" and style % 3 == 0 else client.postal
    ),
    "city": lambda client, _, __: client.city,
    "country": _listed("country"),
    **dict.fromkeys(("assignee_emails", "responsible_email"), _any("ann@office.example", "bob@office.example")),
    "labels": _any("vip", "btw-maand", "prospect, klant", "IPP", ""),
    "mandate": _any("ja", "nee", "ja"),
    "configuration_template": _any("Standard", "Premium"),
    "spouse_national_register_number": _others(_national),
    "spouse_company_number": _others(lambda client, _, style: _dotted(numbers.enterprise(client.number), style)),
    "tax_deadline": _date,
}

_NOTHING: Mapping[str, Maker] = {
    "empty": lambda _, __, ___: "",
    "const": _styled(("C",), ("* myContacts",), ("Work",), ("1",), ("A",)),
    "text": _any(
        "Gebeld op 12/3", "à rappeler", "wacht op documenten", "ok", "contrat signé", "belt liever", "zie mail van 4/5"
    ),
    "code": lambda _, rng, __: f"{rng.choice('ABCDXZ')}{rng.randint(1, 30)}",
    "number": lambda _, rng, style: str(rng.randint(0, 30 if style % 2 else 5)),
    "id": lambda client, _, __: str(8_000_000 + client.number * 3 % 999_983),
    "date": _date,
    "year": lambda _, rng, __: str(rng.randint(1950, 2024)),
    "amount": lambda _, rng, style: f"{rng.randint(0, 9999)}{'.,'[style % 2]}{rng.randint(0, 99):02d}",
    "decimal": lambda _, rng, __: f"{rng.randint(2, 51)}.{rng.randint(100_000, 999_999)}",
    "rate": _styled(("21%", "6%", "12%", "0%"), ("21", "6", "0")),
    "yesno": _styled(("ja", "nee"), ("1", "0"), ("oui", "non"), ("true", "false")),
    "status": _any("Klant", "Prospect", "Actief", "Inactief", "lead", "Client"),
    "gender": _any("M", "V"),
    "bizpriv": _any("geschäftlich", "privat"),
    "title": _styled(("Dhr.", "Mevr."), ("M.", "Mme"), ("Herr", "Frau"), ("Mr", "Ms")),
    "initials": lambda client, _, __: f"{client.first[0]}.",
    "job": _any("Zaakvoerder", "Gérant", "Boekhouder", "Geschäftsführer", "CEO", "Secrétaire", ""),
    "login": lambda client, _, __: f"{_plain(client.first)}{client.number % 97}",
    "office": _any("Ann Claes", "Bob Maes", "Inge Wouters"),
    "company2": lambda client, _, __: client.company,
    "person": _others(_FIELDS["contact_name"], 0.5),
    "firstname": _others(_FIELDS["contact_first_name"], 0.5),
    "lastname": _others(_FIELDS["contact_last_name"], 0.5),
    "company": _others(_FIELDS["legal_name"], 0.5),
    "email": _others(_email, 0.4),
    "phone": _others(_FIELDS["contact_phone"], 0.4),
    "mobile": _others(_FIELDS["contact_mobile"], 0.4),
    "address": _others(_address, 0.5),
    "street": _others(_FIELDS["street"], 0.5),
    "house": _others(_FIELDS["house_number"], 0.5),
    "box": _others(_FIELDS["box"], 0.5),
    "postal": _others(_FIELDS["postal_code"], 0.5),
    "city": _others(_FIELDS["city"], 0.5),
    "country": lambda client, _, __: client.country,
    "countryname": _listed("country"),
    "url": lambda client, _, __: f"www.{_plain(client.last)}{client.number % 97}.{client.country.lower()}",
    "place": lambda client, _, __: f"{client.postal} {client.city}",
    "fulladdress": lambda client, rng, style: f"{_address(client, rng, style)}, {client.postal} {client.city}",
    "region": _any("Antwerpen", "Liège", "Hainaut", "Limburg", "Brabant wallon", ""),
    "bank": _any("KBC", "BNP Paribas Fortis", "ING", "Belfius", "BGL"),
    "currency": _any(*["EUR"] * 19, "USD"),
    "legalform": _any("BV", "NV", "SRL", "SA", "Eenmanszaak"),
    "taxno": lambda _, rng, __: f"{rng.randint(10, 99)}/{rng.randint(100, 999)}/{rng.randint(10_000, 99_999)}",
    "period": _any("maand", "kwartaal", "mensuel", "trimestriel"),
    "ip": lambda _, rng, __: ".".join(str(rng.randint(1, 250)) for _ in range(4)),
    "insee": lambda _, rng, __: str(rng.randint(10_000, 95_999)),
    "siret": lambda client, _, __: numbers.siret(client.number),
    "vestiging": lambda _, rng, __: f"2.{rng.randint(100, 399)}.{rng.randint(100, 999)}.{rng.randint(100, 999)}",
}
"""What columns hold that hold none of our fields."""

MAKERS: Mapping[str, Maker] = {**_FIELDS, **{f"-{kind}": make for kind, make in _NOTHING.items()}}
"""Label -> what a client has there."""
