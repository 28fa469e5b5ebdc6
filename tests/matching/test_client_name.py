from __future__ import annotations

from mapping_sheet import certain, fields, matched

COMPANIES = ["Bakkerij Peeters BV", "Garage Claes NV", "De Smet & Zonen BV"]
TRADES = ["De Korenbloem", "Quick Fix", "Smet Bouw"]
SHOPS = ["De Hoek", "Fix", ""]


def test_of_several_names_the_one_with_legal_forms_is_proposed() -> None:
    mapping = matched([("Firma", TRADES), ("Bedrijfsnaam", COMPANIES)])
    assert (fields(mapping), certain(mapping)) == ([None, "legal_name"], [False, False])
    assert [one.reasons[-1].code for one in mapping.matches][1] == "several_names"
    assert mapping.matches[0].reasons[0].code == "lost"


def test_without_legal_forms_the_fullest_is_proposed_and_else_the_left_one() -> None:
    assert fields(matched([("Firma", SHOPS), ("Bedrijfsnaam", TRADES)])) == [None, "legal_name"]
    assert fields(matched([("Firma", TRADES), ("Bedrijfsnaam", TRADES[::-1])])) == ["legal_name", None]


def test_two_addresses_to_mail_to_are_nobodys_choice() -> None:
    mails = ["an@peeters.be", "jan@claes.be", "els@maes.be"]
    assert fields(matched([("E-mail", mails), ("Mailadres", [f"x{one}" for one in mails])])) == [None, None]
