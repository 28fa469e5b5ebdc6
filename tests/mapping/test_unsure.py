from __future__ import annotations

from clientimport.finding import Severity
from clientimport.mapping.unsure import unsure
from mapping_sheet import matched

MAILS = ["an@peeters.be", "jan@claes.be", "els@maes.be"]


def test_a_proposal_that_is_worked_with_is_said() -> None:
    findings = unsure(matched([("Naam", ["Peeters", "Claes", "Maes"]), ("Kleur", ["rood", "", ""])]))
    assert [(one.code, one.severity, one.column, one.field) for one in findings] == [
        ("mapping.proposed", Severity.INFO, "A", "legal_name")
    ]


def test_a_column_left_in_doubt_is_said() -> None:
    findings = unsure(matched([("E-mail", MAILS), ("Mail", [*MAILS[:2], "info@maes.be"])]))
    assert [(one.code, one.column, one.field) for one in findings] == [
        ("mapping.unsure", "A", "contact_email"),
        ("mapping.unsure", "B", "contact_email"),
    ]


def test_nothing_is_said_about_what_the_platform_does_not_take_or_the_user_decided() -> None:
    assert unsure(matched([("Code", ["A1", "A2", "A3"]), ("Mail", MAILS)], decisions={"Mail": "ignore"})) == ()
