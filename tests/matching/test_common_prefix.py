from __future__ import annotations

from mapping_sheet import certain, fields, matched

PLACES = ["Gent", "Brugge", "Leuven"]
MAILS = ["an@peeters.be", "jan@claes.be", "els@maes.be"]
CODES = ["9000", "8000", "3000"]


def test_a_word_before_all_headers_says_nothing() -> None:
    sheet = [("RECIPIENT_CITY", PLACES), ("RECIPIENT_EMAIL", MAILS), ("RECIPIENT_ZIP", CODES)]
    assert fields(matched(sheet)) == ["city", "contact_email", "postal_code"]


def test_nobody_is_certain_of_what_such_a_word_means() -> None:
    sheet = [("RECIPIENT_CITY", PLACES), ("RECIPIENT_EMAIL", MAILS), ("RECIPIENT_ZIP", CODES)]
    assert not any(certain(matched(sheet)))


def test_two_headers_do_not_make_a_word_the_tables_own() -> None:
    assert fields(matched([("RECIPIENT_CITY", PLACES), ("RECIPIENT_ZIP", CODES)])) == [None, None]


def test_one_block_of_several_is_left_alone() -> None:
    service = [("Service city", PLACES), ("Service ZIP", CODES), ("Service e-mail", MAILS)]
    assert fields(matched([*service, ("Billing city", PLACES[::-1])])) == [None] * 4


def test_a_word_behind_headers_is_read_over_too() -> None:
    sheet = [
        ("Commune de l'employeur", PLACES),
        ("Code postal de l'employeur", CODES),
        ("E-mail de l'employeur", MAILS),
    ]
    assert fields(matched(sheet)) == ["city", "postal_code", "contact_email"]
