"""Contents: what stands under a header in a practice's list, made up from a seed, gaps and mess included."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from unicodedata import normalize

import check_digits as numbers
from client import Client, client, known

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
    cells = [make(one, rng, style) if rng.random() >= gaps else "" for one in people]
    return [rng.choice(_MESS)(cell) if cell and rng.random() < _MESSY else cell for cell in cells]


def _plain(text: str) -> str:
    return "".join(c for c in normalize("NFKD", text.casefold()) if c.isascii() and c.isalnum())


def _dotted(digits: str, style: int) -> str:
    return digits if style % 2 else f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def _company_number(one: Client, _: random.Random, style: int) -> str:
    if one.country == "BE":
        digits = numbers.enterprise(one.number)
        return digits.lstrip("0") if style % 5 == 0 else f"{('', 'BE ')[style % 3 == 0]}{_dotted(digits, style)}"
    if one.country == "FR":
        return numbers.siret(one.number) if style % 2 else numbers.siren(one.number)
    own = {"LU": f"B{one.number % 290_000}", "DE": f"HRB {one.number % 90_000}"}
    return own.get(one.country, f"{one.number % 10**8:08d}")


def _vat(one: Client, _: random.Random, style: int) -> str:
    number = numbers.vat(one.country, one.number)
    if one.country != "BE":
        return number
    return f"{('BE', 'BE ', 'BTW BE ', '')[style % 4]}{_dotted(number[2:], style)}"


def _iban(one: Client, _: random.Random, style: int) -> str:
    number = numbers.iban(one.country, one.number * 1000 + 7)
    return number if style % 2 else " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _national(one: Client, _: random.Random, style: int) -> str:
    digits = numbers.national(one.number)
    return digits if style % 2 else f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"


def _phone(one: Client, *, style: int, mobile: bool) -> str:
    prefix, area, rest = numbers.phone(one.country, one.number, mobile=mobile)
    if one.country == "LU" or style % 3 == 0:
        return f"+{prefix} {area} {rest}"
    return f"0{area}/{rest[:3]}.{rest[3:]}" if style % 3 == 1 else f"0{area}{rest}"


def _email(one: Client, rng: random.Random, _: int) -> str:
    first, last = _plain(one.first), _plain(one.last)
    if rng.random() < 0.3:
        return f"{first}.{last}{one.number % 97}@gmail.com"
    return f"{rng.choice(('info', first, f'{first}.{last}', 'contact'))}@{last}{one.number % 97}.{one.country.lower()}"


def _address(one: Client, _: random.Random, style: int) -> str:
    word = {"nl": " bus ", "fr": " bte "}.get(one.language, "/")
    house = f"{one.house}{word}{one.box}" if one.box else one.house
    return f"{house}, {one.street}" if one.language == "fr" and style % 2 else f"{one.street} {house}"


def _code(one: Client, _: random.Random, style: int) -> str:
    letters = f"{_plain(one.last)[:6].upper()}{one.number % 90:02d}"
    return (f"{one.number % 9000 + 1000}", f"K{one.number % 90000:05d}", letters, f"{10000 + one.number % 59999}")[
        style % 4
    ]


def _type(one: Client, _: random.Random, style: int) -> str:
    words = (("Bedrijf", "Persoon"), ("Entreprise", "Particulier"), ("F", "P"), ("Firma", "Privatperson"))
    return words[style % 4][one.person]


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

    def made(one: Client, rng: random.Random, style: int) -> str:
        return make(client(rng, one.country, one.language), rng, style) if rng.random() < share else ""

    return made


def _listed(kind: str) -> Maker:
    return lambda one, _, style: known(kind)[one.country][style % len(known(kind)[one.country])]


_FIELDS: Mapping[str, Maker] = {
    "legal_name": lambda one, _, __: one.last if one.person else one.company,
    "client_type": _type,
    "company_number": _company_number,
    "vat_number": _vat,
    "rcs_number": lambda one, _, __: f"B{one.number % 290_000}",
    "national_register_number": _national,
    **dict.fromkeys(("external_reference", "client_code"), _code),
    "contact_name": lambda one, _, style: f"{one.last} {one.first}" if style % 3 == 0 else f"{one.first} {one.last}",
    "contact_first_name": lambda one, _, __: one.first,
    "contact_last_name": lambda one, _, style: one.last.upper() if style % 4 == 1 else one.last,
    "contact_email": _email,
    "contact_phone": lambda one, _, style: _phone(one, style=style, mobile=False),
    "contact_mobile": lambda one, _, style: _phone(one, style=style, mobile=True),
    **dict.fromkeys(("language", "contact_language"), lambda one, _, style: known("language")[one.language][style % 4]),
    "contact_locale": lambda one, _, __: f"{one.language}-{one.country}",
    "iban": _iban,
    "bic": lambda one, rng, _: rng.choice(known("bic")[one.country]),
    "address": _address,
    "street": lambda one, _, __: one.street,
    "house_number": lambda one, _, __: one.house,
    "box": lambda one, _, __: one.box,
    "postal_code": lambda one, _, style: f"L-{one.postal}" if one.country == "LU" and style % 3 == 0 else one.postal,
    "city": lambda one, _, __: one.city,
    "country": _listed("country"),
    **dict.fromkeys(("assignee_emails", "responsible_email"), _any("ann@office.example", "bob@office.example")),
    "labels": _any("vip", "btw-maand", "prospect, klant", "IPP", ""),
    "mandate": _any("ja", "nee", "ja"),
    "configuration_template": _any("Standard", "Premium"),
    "spouse_national_register_number": _others(_national),
    "spouse_company_number": _others(lambda one, _, style: _dotted(numbers.enterprise(one.number), style)),
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
    "id": lambda one, _, __: str(8_000_000 + one.number * 3 % 999_983),
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
    "initials": lambda one, _, __: f"{one.first[0]}.",
    "job": _any("Zaakvoerder", "Gérant", "Boekhouder", "Geschäftsführer", "CEO", "Secrétaire", ""),
    "login": lambda one, _, __: f"{_plain(one.first)}{one.number % 97}",
    "office": _any("Ann Claes", "Bob Maes", "Inge Wouters"),
    "company2": lambda one, _, __: one.company,
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
    "country": lambda one, _, __: one.country,
    "countryname": _listed("country"),
    "url": lambda one, _, __: f"www.{_plain(one.last)}{one.number % 97}.{one.country.lower()}",
    "place": lambda one, _, __: f"{one.postal} {one.city}",
    "fulladdress": lambda one, rng, style: f"{_address(one, rng, style)}, {one.postal} {one.city}",
    "region": _any("Antwerpen", "Liège", "Hainaut", "Limburg", "Brabant wallon", ""),
    "bank": _any("KBC", "BNP Paribas Fortis", "ING", "Belfius", "BGL"),
    "currency": _any(*["EUR"] * 19, "USD"),
    "legalform": _any("BV", "NV", "SRL", "SA", "Eenmanszaak"),
    "taxno": lambda _, rng, __: f"{rng.randint(10, 99)}/{rng.randint(100, 999)}/{rng.randint(10_000, 99_999)}",
    "period": _any("maand", "kwartaal", "mensuel", "trimestriel"),
    "ip": lambda _, rng, __: ".".join(str(rng.randint(1, 250)) for _ in range(4)),
    "insee": lambda _, rng, __: str(rng.randint(10_000, 95_999)),
    "siret": lambda one, _, __: numbers.siret(one.number),
    "vestiging": lambda _, rng, __: f"2.{rng.randint(100, 399)}.{rng.randint(100, 999)}.{rng.randint(100, 999)}",
}
"""What columns hold that hold none of our fields."""

MAKERS: Mapping[str, Maker] = {**_FIELDS, **{f"-{kind}": make for kind, make in _NOTHING.items()}}
"""Label -> what a client has there."""
