"""Portfolios as practices really have them, made from what they mean, so that the two can be compared field by field.

The truth is a list of clients in canonical fields. A style writes them down: in one of four languages, with that
language's headers and words, columns in any order, numbers dotted or shorn of zeros, a title above, a total below.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from make import belgian_iban, dotted, enterprise, iban, luxembourg_vat, national, spaced

Fields = dict[str, str]

STREETS = {
    "nl": ("Kerkstraat", "Grote Markt", "Stationsplein", "Meir", "Korte Nieuwstraat", "Steenweg op Brussel"),
    "fr": ("Rue de la Loi", "Avenue Louise", "Place Saint-Lambert", "Chaussée de Namur", "Boulevard du Nord"),
    "de": ("Klosterstraße", "Hauptstraße", "Am Bach", "Neustraße"),
    "en": ("Rue de la Gare", "Avenue de la Liberté", "Grand-Rue"),
}
CITIES = {
    "nl": (("9000", "Gent"), ("2000", "Antwerpen"), ("3000", "Leuven"), ("9870", "Sint-Martens-Latem")),
    "fr": (("1000", "Bruxelles"), ("4000", "Liège"), ("5000", "Namur"), ("1348", "Louvain-la-Neuve")),
    "de": (("4700", "Eupen"), ("4780", "Sankt Vith")),
    "en": (("1040", "Bruxelles"), ("8000", "Brugge")),
}
NAMES = {
    "nl": ("Bakkerij {}", "{} & Zonen", "Garage {}", "Bouwbedrijf {}", "{} Consulting"),
    "fr": ("Boulangerie {}", "Garage {}", "Établissements {}", "Cabinet {}", "Menuiserie {}"),
    "de": ("Bäckerei {}", "{} Bau", "Autohaus {}"),
    "en": ("{} Trading", "{} Consulting", "{} Partners"),
}
FORMS = {"nl": ("BV", "NV", "VZW"), "fr": ("SRL", "SA", "ASBL"), "de": ("GmbH", "AG"), "en": ("BV", "SA")}
FIRST = ("An", "Jan", "Céline", "Marc", "Eva", "Léa", "Karl", "Sofie", "Tom", "Anne-Marie", "Jürgen", "Luc")
LAST = ("Peeters", "Janssens", "Dubois", "De Smet", "van den Berg", "Lambert", "Schmidt", "Maes", "Müller", "Claes")
LANGUAGES = ("nl", "fr", "de")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """A file's rows, and what they mean."""

    rows: list[list[object]]
    truth: list[Fields]
    platform: str


def truth(platform: str, count: int, rnd: random.Random) -> list[Fields]:
    """Return clients in canonical fields, as they should be on the platform."""
    make = {"accounton": _taxpayer, "banqup-console-lu": _luxembourger}.get(platform, _company)
    return [make(platform, at, rnd) for at in range(count)]


def _person(rnd: random.Random, at: int) -> Fields:
    first, last = rnd.choice(FIRST), rnd.choice(LAST)
    plain = f"{first}.{last}".lower().replace(" ", "").translate(str.maketrans("éüä", "eua"))
    return {"contact_first_name": first, "contact_last_name": last, "contact_email": f"{plain}{at}@kantoorpost.be"}


def _place(language: str, rnd: random.Random) -> Fields:
    code, city = rnd.choice(CITIES[language])
    fields = {"street": rnd.choice(STREETS[language]), "house_number": str(rnd.randint(1, 300))}
    if rnd.random() < 0.2:
        fields["house_number"] += rnd.choice("AB")
    if rnd.random() < 0.3:
        fields["box"] = str(rnd.randint(1, 20))
    return {**fields, "postal_code": code, "city": city}


def _company(platform: str, at: int, rnd: random.Random) -> Fields:
    language = rnd.choice(LANGUAGES)
    person, place = _person(rnd, at), _place(language, rnd)
    number = enterprise(rnd.choice((2_000_000, 10_000_000)) + rnd.randint(0, 7_999_999))
    name = f"{rnd.choice(NAMES[language]).format(rnd.choice(LAST))} {rnd.choice(FORMS[language])}"
    account = belgian_iban(rnd.choice((1, 63, 96, 123, 310, 363, 737)), rnd.randint(0, 9_999_999))
    fields = {
        "legal_name": name,
        "country": "BE",
        "company_number": number,
        "vat_number": f"BE{number}",
        "iban": account,
        "contact_email": person["contact_email"],
    }
    if platform == "banqup-partner":
        extra = {"contact_locale": f"{language}-BE", "external_reference": f"K{at:03d}", "mandate": "yes"}
        return {**fields, **person, **place, **extra, "configuration_template": rnd.choice(("Standard", "Premium"))}
    return {**fields, **_in_one(person, place, language), "language": language, "contact_language": language}


def _in_one(person: Fields, place: Fields, language: str) -> Fields:
    box = f" {'bte' if language == 'fr' else 'bus'} {place['box']}" if "box" in place else ""
    return {
        "contact_name": f"{person['contact_first_name']} {person['contact_last_name']}",
        "address": f"{place['street']} {place['house_number']}{box}",
        "postal_code": place["postal_code"],
        "city": place["city"],
    }


def _luxembourger(platform: str, at: int, rnd: random.Random) -> Fields:
    language = rnd.choice(("fr", "en"))
    person, place = _person(rnd, at), _place("en", rnd)
    place.pop("box", None)
    place |= {"postal_code": str(rnd.randint(1009, 9999)), "city": rnd.choice(("Luxembourg", "Esch-sur-Alzette"))}
    fields = {
        "legal_name": f"{rnd.choice(LAST)} {rnd.choice(('S.A.', 'S.à r.l.'))}",
        "country": "LU",
        "rcs_number": f"B{rnd.randint(10_000, 299_999)}",
        "vat_number": luxembourg_vat(rnd.randint(100_000, 999_999)),
        "iban": iban("LU", f"001{rnd.randint(0, 10**13 - 1):013d}"),
        "contact_email": person["contact_email"],
    }
    return {**fields, **_in_one(person, place, language), "language": language, "contact_language": language}


def _taxpayer(platform: str, at: int, rnd: random.Random) -> Fields:
    language = rnd.choice(("nl", "fr"))
    young = rnd.random() < 0.4
    birth = f"{rnd.randint(0, 5) if young else rnd.randint(40, 99):02d}{rnd.randint(1, 12):02d}{rnd.randint(1, 28):02d}"
    fields = {
        "national_register_number": national(birth, rnd.randint(1, 997), since_2000=young),
        "country": "BE",
        "contact_mobile": f"+324{rnd.choice((7, 8, 9))}{rnd.randint(0, 9_999_999):07d}",
        "language": language,
        "client_code": f"P{at:03d}",
        "responsible_email": "ann@office.example",
    }
    if rnd.random() < 0.3:
        fields["labels"] = "kantoor Gent,dossier X"
    return {**fields, **_person(rnd, at), **_place(language, rnd), "person_type": "person"}


HEADERS: dict[str, dict[str, tuple[str, ...]]] = {
    "legal_name": {
        "nl": ("Naam klant", "Bedrijfsnaam", "Firmanaam"),
        "fr": ("Raison sociale", "Dénomination"),
        "de": ("Firmenname", "Firma"),
    },
    "company_number": {
        "nl": ("Ondernemingsnummer", "Ond.nr", "KBO-nummer"),
        "fr": ("N° d'entreprise", "Numéro BCE"),
        "de": ("Unternehmensnummer", "Unternehmensnr."),
    },
    "vat_number": {
        "nl": ("BTW-nummer", "BTW nr"),
        "fr": ("N° TVA", "Numéro de TVA"),
        "de": ("MwSt.-Nummer", "USt-IdNr."),
    },
    "rcs_number": {"nl": ("RCS-nummer",), "fr": ("RCS", "N° RCS"), "de": ("RCS-Nummer",)},
    "iban": {"nl": ("IBAN", "Rekeningnummer"), "fr": ("IBAN", "Compte bancaire"), "de": ("IBAN", "Bankkonto")},
    "street": {"nl": ("Straat",), "fr": ("Rue",), "de": ("Straße",)},
    "house_number": {"nl": ("Huisnummer", "Nr", "Huisnr."), "fr": ("N°", "Numéro"), "de": ("Hausnummer", "Hausnr.")},
    "box": {"nl": ("Bus", "Busnr"), "fr": ("Boîte", "Bte"), "de": ("Briefkasten", "Bus")},
    "address": {
        "nl": ("Adres", "Straat en nummer"),
        "fr": ("Adresse", "Rue et numéro"),
        "de": ("Adresse", "Straße und Hausnummer"),
    },
    "postal_code": {"nl": ("Postcode", "Postnr"), "fr": ("Code postal", "CP"), "de": ("PLZ", "Postleitzahl")},
    "city": {"nl": ("Gemeente", "Plaats", "Stad"), "fr": ("Localité", "Commune", "Ville"), "de": ("Ort", "Stadt")},
    "country": {"nl": ("Land",), "fr": ("Pays",), "de": ("Land",)},
    "contact_first_name": {
        "nl": ("Voornaam contactpersoon", "Voornaam"),
        "fr": ("Prénom contact", "Prénom"),
        "de": ("Vorname",),
    },
    "contact_last_name": {
        "nl": ("Achternaam contactpersoon", "Familienaam"),
        "fr": ("Nom de famille",),
        "de": ("Nachname",),
    },
    "contact_name": {
        "nl": ("Contactpersoon",),
        "fr": ("Personne de contact",),
        "de": ("Ansprechpartner", "Kontaktperson"),
    },
    "contact_email": {
        "nl": ("E-mail", "E-mailadres"),
        "fr": ("E-mail", "Courriel"),
        "de": ("E-Mail", "E-Mail-Adresse"),
    },
    "contact_mobile": {"nl": ("GSM", "Mobiel nummer"), "fr": ("GSM", "Portable"), "de": ("Handy", "Mobil")},
    "language": {"nl": ("Taal",), "fr": ("Langue",), "de": ("Sprache",)},
    "national_register_number": {
        "nl": ("Rijksregisternummer", "RRN", "INSZ"),
        "fr": ("NISS", "Numéro de registre national"),
        "de": ("Nationalregisternummer",),
    },
    "external_reference": {"nl": ("Externe referentie",), "fr": ("Référence externe",), "de": ("Externe Referenz",)},
    "client_code": {"nl": ("Klantcode", "Klantnr"), "fr": ("Code client",), "de": ("Mandantennummer", "Kundennummer")},
    "mandate": {"nl": ("Mandaat",), "fr": ("Mandat",), "de": ("Mandat",)},
    "configuration_template": {"nl": ("Sjabloon",), "fr": ("Modèle",), "de": ("Vorlage",)},
    "labels": {"nl": ("Labels",), "fr": ("Étiquettes",), "de": ("Labels",)},
    "responsible_email": {
        "nl": ("Dossierbeheerder", "Hoofdverantwoordelijke"),
        "fr": ("Responsable",),
        "de": ("Verantwortlicher",),
    },
}

LANGUAGE_WORDS = {
    "nl": ("NL", "nl", "Nederlands", "Néerlandais", "N"),
    "fr": ("FR", "fr", "Français", "Frans", "F"),
    "de": ("DE", "Deutsch", "Duits", "Allemand", "D"),
    "en": ("EN", "English", "Engels", "Anglais"),
}
COUNTRY_WORDS = {"BE": ("BE", "België", "Belgique", "Belgien", "be", "BELGIE"), "LU": ("LU", "Luxembourg", "Luxemburg")}
TITLES = {
    "nl": "Klantenlijst november 2026",
    "fr": "Liste des clients – novembre 2026",
    "de": "Mandantenliste November 2026",
}
TOTALS = {"nl": "Totaal: {} klanten", "fr": "Total : {} clients", "de": "Summe: {} Mandanten"}


def _number(value: str, rnd: random.Random) -> object:
    return rnd.choice((value, dotted(value), f"BE {dotted(value)}", int(value)))


def _vat(value: str, rnd: random.Random) -> object:
    digits = value[2:]
    if not value.startswith("BE"):
        return rnd.choice((value, f"LU {digits}", value.lower()))
    return rnd.choice((value, f"BE {dotted(digits)}", f"BE{dotted(digits)}", f"BE {digits.lstrip('0')}"))


def _national(value: str, rnd: random.Random) -> object:
    punctuated = f"{value[:2]}.{value[2:4]}.{value[4:6]}-{value[6:9]}.{value[9:]}"
    return rnd.choice((value, punctuated, punctuated.replace(".", " "), int(value)))


def _mobile(value: str, rnd: random.Random) -> object:
    local = "0" + value[3:]
    return rnd.choice(
        (
            value,
            f"{local[:4]}/{local[4:6]}.{local[6:8]}.{local[8:]}",
            f"+32 (0){value[3:6]} {value[6:]}",
            int(value[3:]),
        )
    )


MESS: dict[str, Callable[[str, random.Random], object]] = {
    "company_number": _number,
    "vat_number": _vat,
    "national_register_number": _national,
    "contact_mobile": _mobile,
    "rcs_number": lambda v, r: r.choice((v, f"{v[0]} {v[1:]}", f"RCS Luxembourg {v}", v.lower())),
    "iban": lambda v, r: r.choice((v, spaced(v), v.lower())),
    "country": lambda v, r: r.choice(COUNTRY_WORDS[v]),
    "language": lambda v, r: r.choice(LANGUAGE_WORDS[v]),
    "mandate": lambda _, r: r.choice(("Ja", "ja", "Oui", "J", "x", "yes")),
    "postal_code": lambda v, r: r.choice((v, int(v))),
    "labels": lambda v, r: v.replace(",", r.choice((",", ", ", "; "))),
    "contact_email": lambda v, r: r.choice((v, v, f"{v} ", f"mailto:{v}")),
    "house_number": lambda v, r: int(v) if v.isdigit() and r.random() < 0.5 else v,
}


def portfolio(platform: str, seed: int, count: int = 25) -> Portfolio:
    """Return a file as a practice would have it, the same for the same seed."""
    rnd = random.Random(seed)
    clients = truth(platform, count, rnd)
    language = rnd.choice(LANGUAGES)
    typed = [_as_kept(fields, seed) for fields in clients]
    names = list(dict.fromkeys(name for fields in typed for name in fields))
    rnd.shuffle(names)
    head: list[object] = [rnd.choice(HEADERS[name][language]) for name in names]
    body = [[_typed(name, fields.get(name), rnd) for name in names] for fields in typed]
    for row in ([*head], *body):
        row.append("")
    rows: list[list[object]] = [[TITLES[language]], []] if rnd.random() < 0.5 else []
    rows += [head, *body]
    if rnd.random() < 0.5:
        rows += [[], [TOTALS[language].format(count)]]
    return Portfolio(rows, clients, platform)


def _typed(name: str, value: str | None, rnd: random.Random) -> object:
    if value is None or name not in MESS:
        return value
    return MESS[name](value, rnd)


def _as_kept(fields: Fields, seed: int) -> Fields:
    """Return the fields as the practice's own list has them: address, name, language in the form it keeps them in."""
    rnd = random.Random(seed + 1)
    kept = {name: value for name, value in fields.items() if name not in {"person_type", "contact_language"}}
    if "contact_locale" in kept:
        kept["language"] = kept.pop("contact_locale")[:2]
    if "street" in kept and rnd.random() < 0.4:
        box = f" bus {kept.pop('box')}" if "box" in kept else ""
        kept["address"] = f"{kept.pop('street')} {kept.pop('house_number')}{box}"
    if "contact_first_name" in kept and rnd.random() < 0.3 and "national_register_number" not in kept:
        kept["contact_name"] = f"{kept.pop('contact_last_name')}, {kept.pop('contact_first_name')}"
    return kept
