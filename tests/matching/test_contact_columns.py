from __future__ import annotations

import pytest

from mapping_sheet import Sheet, certain, fields, matched

COUNT = 12
FIRST = ["An", "Jan", "Els", "Tom", "Luc", "Karel", "Marie", "Pierre", "Julie", "Dirk", "Sofie", "Koen"]
LAST = ["Peeters", "Claes", "Maes", "Smets", "Wouters", "Aerts", "Dupont", "Lambert", "Simon", "Cools", "Nijs", "Bo"]
FULL = [f"{first} {last}" for first, last in zip(FIRST, LAST, strict=True)]
MAILS = [f"{first.lower()}@client{at}.be" for at, first in enumerate(FIRST)]
INFO = [f"info@client{at}.be" for at in range(COUNT)]
OFFICE = ["sofie@office.example", "koen@office.example"] * 6
COMPANIES = [f"Garage {last} BV" for last in LAST]
CONTACT = ["contact_last_name", "contact_first_name", "contact_email"]


@pytest.mark.parametrize(
    "headers",
    [
        ("Nom du gérant", "Prénom du gérant", "Courriel du gérant"),
        ("Zaakvoerder naam", "Zaakvoerder voornaam", "Zaakvoerder e-mail"),
        ("Nachname Geschäftsführer", "Vorname Geschäftsführer", "E-Mail Geschäftsführer"),
        ("Nom responsable", "Prénom responsable", "Email responsable"),
    ],
)
def test_a_complete_family_without_a_rival_is_the_contact(headers: tuple[str, str, str]) -> None:
    mapping = matched([("Société", COMPANIES), *zip(headers, (LAST, FIRST, MAILS), strict=True)])
    assert (fields(mapping)[1:], certain(mapping)) == (CONTACT, [True] * 4)


def test_one_column_with_the_whole_name_is_enough() -> None:
    mapping = matched([("Bedrijf", COMPANIES), ("Zaakvoerder", FULL), ("Mailadres zaakvoerder", MAILS)])
    assert (fields(mapping)[1:], certain(mapping)) == (["contact_name", "contact_email"], [True] * 3)


DIRECTOR: Sheet = [("Zaakvoerder naam", LAST), ("Zaakvoerder voornaam", FIRST), ("Zaakvoerder e-mail", MAILS)]


@pytest.mark.parametrize(
    "rival",
    [
        *(("E-mail", INFO), ("E-mail contactpersoon", INFO), ("Contactpersoon", FULL), ("Voornaam", FIRST[::-1])),
        ("Naam en voornaam", FULL[::-1]),
        *(("Bestuurder e-mail", INFO), ("Correspondent", INFO)),
    ],
)
def test_a_rival_leaves_a_doubt(rival: tuple[str, list[str]]) -> None:
    mapping = matched([*DIRECTOR, rival])
    assert not any(one.certain for one in mapping.matches if one.column.header.startswith("Zaakvoerder"))


@pytest.mark.parametrize("missing", range(3))
def test_an_incomplete_family_leaves_a_doubt(missing: int) -> None:
    assert not any(certain(matched([one for at, one in enumerate(DIRECTOR) if at != missing])))


def test_two_of_them_leave_a_doubt() -> None:
    assert not any(certain(matched([*DIRECTOR, ("Zaakvoerder 2 e-mail", INFO)])))


def test_a_contact_that_the_user_chose_is_a_rival() -> None:
    mapping = matched([*DIRECTOR, ("X", INFO)], decisions={"X": "contact_email"})
    assert certain(mapping) == [False, False, False, True]


def test_the_offices_own_people_are_never_the_contact() -> None:
    sheet = [("Nom responsable", ["Claes", "Nijs"] * 6), ("Prénom responsable", ["Sofie", "Koen"] * 6)]
    assert fields(matched([*sheet, ("Email responsable", OFFICE)])) == [None, None, "responsible_email"]
    large = [("Nom responsable", LAST), ("Prénom responsable", FIRST)]
    house = [f"{name.lower()}@office.example" for name in FIRST]
    mapping = matched([*large, ("Email responsable", house)])
    assert (fields(mapping)[2], certain(mapping)[2]) == ("responsible_email", False)


@pytest.mark.parametrize("person", ["boekhouder", "dossierbeheerder", "gestionnaire", "conjoint"])
def test_whoever_keeps_the_books_is_never_the_contact(person: str) -> None:
    sheet = [(f"Naam {person}", LAST), (f"Voornaam {person}", FIRST), (f"E-mail {person}", MAILS)]
    assert not any(certain(matched(sheet)))


def test_the_partners_private_address_is_the_partners() -> None:
    assert (
        fields(matched([("E-mail privé conjoint", MAILS), ("Privé e-mail partner", INFO)], "accounton")) == [None] * 2
    )


def test_a_responsible_with_an_address_per_client_is_not_certain() -> None:
    mapping = matched([("Nom", LAST), ("Prénom", FIRST), ("Email responsable", MAILS)], "accounton")
    assert (fields(mapping)[2], certain(mapping)[2]) == ("responsible_email", False)
    mapping = matched([("Email responsable", MAILS), ("Gestionnaire", OFFICE)], "accounton")
    assert (fields(mapping), certain(mapping)) == ([None, "responsible_email"], [False, True])


def test_the_home_is_for_platforms_of_persons_and_the_business_for_those_of_companies() -> None:
    sheet = [("Home Country/Region", ["BE", "BE", "FR"]), ("Business Country/Region", ["BE", "LU", "FR"])]
    assert fields(matched(sheet, "accounton")) == ["country", None]
    assert fields(matched(sheet, "banqup-partner")) == [None, "country"]
    sheet = [("Home City", ["Gent", "Brugge", "Aalst"]), ("Business City", ["Mons", "Namur", "Huy"])]
    assert fields(matched(sheet, "accounton")) == ["city", None]
    assert fields(matched(sheet, "banqup-partner")) == [None, "city"]
    assert fields(matched([("Mail privé", MAILS)], "accounton")) == ["contact_email"]
    assert fields(matched([("Mail privé", MAILS)], "banqup-partner")) == [None]
