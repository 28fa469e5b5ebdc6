"""A column is taken for the same and as surely however long the list is, as long as its values are of the same kind."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from clientimport.matching.column_mapping import ColumnMapping
from mapping_sheet import certain, fields, matched

SIZES = (5, 20, 200, 2000)
SURNAMES = ("Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems")
FIRST = ("An", "Els", "Jan", "Luc", "Marc", "Sofie")
TOWNS = ("Gent", "Brussel", "Antwerpen", "Luik")
FORMS = ("BV", "NV", "SRL")
Cell = Callable[[random.Random, int], str]


def one_of(*values: str) -> Cell:
    """Return a cell that holds one of these values, each in turn at first."""
    return lambda rng, at: values[at] if at < len(values) else rng.choice(values)


def slip(cell: Cell, *slips: str, share: float = 0.03) -> Cell:
    """Return a cell that is mistyped now and then, in another way each time."""
    return lambda rng, at: f"{rng.choice(slips)}{at}" if at >= 5 and rng.random() < share else cell(rng, at)


def number(_: random.Random, at: int) -> str:
    digits = 4_000_000 + at
    return f"0{digits:07d}{97 - digits % 97:02d}"


def mail(rng: random.Random, at: int) -> str:
    return f"{rng.choice(FIRST).lower()}{at}@bedrijf{at}.be"


LIST: dict[str, Cell] = {
    "Bedrijfsnaam": lambda rng, at: f"{rng.choice(SURNAMES)} {at % 40} {rng.choice(FORMS)}",
    "Ondernemingsnummer": number,
    "E-mail": mail,
    "Voornaam": one_of(*FIRST),
    "Achternaam": one_of(*SURNAMES),
    "Postcode": one_of("9000", "1000", "2000", "4000"),
    "Gemeente": one_of(*TOWNS),
    "Land": slip(one_of("BE", "BE", "LU"), "Belgx", "onbek "),
    "Taal": slip(one_of("nl", "fr"), "nederl", "xx"),
}


def grown(cells: dict[str, Cell], rows: int, platform: str = "banqup-partner") -> ColumnMapping:
    rng = random.Random(rows)
    sheet = [(header, [cell(rng, at) for at in range(rows)]) for header, cell in cells.items()]
    return matched(sheet, platform)


def same_at_all_sizes(cells: dict[str, Cell], platform: str = "banqup-partner") -> tuple[list[str | None], list[bool]]:
    found = [grown(cells, rows, platform) for rows in SIZES]
    first = (fields(found[0]), certain(found[0]))
    assert [(fields(one), certain(one)) for one in found] == [first] * len(SIZES)
    return first


@pytest.mark.parametrize("platform", ["banqup-partner", "banqup-console-be", "accounton", "billit"])
def test_a_list_of_companies_is_read_alike_at_every_length(platform: str) -> None:
    taken, _ = same_at_all_sizes(LIST, platform)
    assert taken[3:5] == ["contact_first_name", "contact_last_name"]


def test_all_of_it_is_certain_where_nothing_but_the_length_could_be_held_against_it() -> None:
    taken, sure = same_at_all_sizes(LIST)
    assert taken[:3] == ["legal_name", "company_number", "contact_email"]
    assert all(sure)


def test_surnames_under_a_bare_header_beside_first_names_stay_certain() -> None:
    cells = {"Firma": LIST["Bedrijfsnaam"], "Naam": LIST["Achternaam"], "Voornaam": LIST["Voornaam"], "E-mail": mail}
    taken, sure = same_at_all_sizes(cells)
    assert (taken, sure) == (["legal_name", "contact_last_name", "contact_first_name", "contact_email"], [True] * 4)


def test_a_header_that_means_last_names_is_not_lost_to_a_bare_one_because_its_values_repeat() -> None:
    cells = {"Naam": LIST["Bedrijfsnaam"], "Achternaam": one_of("Maes", "Claes", "Aerts"), "Voornaam": LIST["Voornaam"]}
    taken, sure = same_at_all_sizes(cells)
    assert (taken[1], sure[1]) == ("contact_last_name", True)


def test_whole_names_of_few_people_stay_certain() -> None:
    people = [f"{first} {last}" for first in FIRST for last in SURNAMES[:2]]
    taken, sure = same_at_all_sizes({**LIST, "Contactpersoon": one_of(*people), "Voornaam": lambda *_: ""})
    assert (taken[-1], sure[-1]) == ("contact_name", True)


def test_rows_that_come_again_as_a_whole_say_nothing_against_their_addresses() -> None:
    rng = random.Random(1)
    rows = [[cell(rng, at) for cell in LIST.values()] for at in range(12)]
    cells = {header: one_of_rows(rows, index) for index, header in enumerate(LIST)}
    taken, sure = same_at_all_sizes(cells)
    assert (taken[2], sure[2]) == ("contact_email", True)


def one_of_rows(rows: list[list[str]], index: int) -> Cell:
    return lambda _, at: rows[at % len(rows)][index]


@pytest.mark.parametrize("rows", [20, 200, 2000])
def test_the_addresses_of_an_office_s_own_people_are_certain_in_no_long_list(rows: int) -> None:
    office = tuple(f"{name}@kantoor.be" for name in ("sofie", "koen", "els", "jan"))
    found = grown({**LIST, "E-mail": one_of(*office)}, rows)
    assert certain(found)[2] is False
