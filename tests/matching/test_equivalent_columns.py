from __future__ import annotations

from mapping_sheet import certain, fields, matched

CODES = ["BE", "FR", "BE", "LU"]
NAMES = ["België", "Frankrijk", "België", "Luxemburg"]
COMPANIES = ["Bakkerij Peeters BV", "Garage Claes NV", "De Smet & Zonen BV", "Immo Noord BV"]
MAILS = [f"info@client{at}.be" for at in range(40)]


def test_a_country_said_twice_is_taken_once() -> None:
    mapping = matched([("Country", CODES), ("Country name", NAMES)])
    assert fields(mapping) == ["country", None]
    assert certain(mapping)[0]


def test_a_gap_in_the_second_says_nothing_else() -> None:
    assert fields(matched([("Country", CODES), ("Country name", ["", *NAMES[1:]])])) == ["country", None]


def test_two_countries_that_differ_are_left_alone() -> None:
    assert fields(matched([("Country", CODES), ("Country name", NAMES[::-1])])) == [None, None]


def test_two_headers_for_one_name_do_not_cancel_each_other() -> None:
    mapping = matched([("Klant", COMPANIES), ("Bedrijfsnaam", [one.upper() for one in COMPANIES])])
    assert (fields(mapping), certain(mapping)) == ([None, "legal_name"], [False, True])
    assert [reason.code for reason in mapping.matches[0].reasons] == ["copy"]


def test_the_much_fuller_of_two_is_taken() -> None:
    gaps = [one if at % 2 else "" for at, one in enumerate(MAILS)]
    assert fields(matched([("E-mail", gaps), ("Mail", MAILS)])) == [None, "contact_email"]
    assert fields(matched([("E-mail", [*MAILS[:39], ""]), ("Mail", MAILS)])) == ["contact_email", None]


def test_a_slip_of_the_pen_leaves_a_doubt_and_more_of_them_two_columns() -> None:
    once = matched([("E-mail", MAILS), ("Mail", ["an@client0.be", *MAILS[1:]])])
    assert (fields(once), certain(once)) == (["contact_email", None], [False, False])
    often = matched([("E-mail", MAILS), ("Mail", [*(f"an@client{at}.be" for at in range(3)), *MAILS[3:]])])
    assert fields(often) == [None, None]


def test_a_self_employed_persons_two_names_stay_two_columns() -> None:
    last = ["Peeters", "Maes", "Claes", "Bo"]
    assert fields(matched([("Naam klant", last), ("Voornaam", ["An"] * 4), ("Familienaam", last)])) == [
        *("legal_name", "contact_first_name", "contact_last_name")
    ]


def test_a_second_of_its_kind_is_no_twin() -> None:
    assert fields(matched([("E-mail", MAILS), ("E-mail 2", MAILS)])) == ["contact_email", None]
