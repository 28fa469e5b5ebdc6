from __future__ import annotations

from clientimport.matching.mapping_findings import mapping_findings
from clientimport.model.finding import Severity
from mapping_sheet import matched

MAILS = ["an@peeters.be", "jan@claes.be", "els@maes.be"]


def test_a_proposal_that_is_worked_with_is_said() -> None:
    findings = mapping_findings(matched([("Naam", ["Peeters", "Claes", "Maes"]), ("Land", ["", "", ""])]))
    assert [(one.code, one.severity, one.column, one.field) for one in findings] == [
        ("mapping.proposed", Severity.INFO, "A", "legal_name")
    ]


def test_a_column_left_in_doubt_is_said() -> None:
    findings = mapping_findings(matched([("E-mail", MAILS), ("Mail", [*MAILS[:2], "info@maes.be"])]))
    assert [(one.code, one.column, one.field) for one in findings[:-1]] == [
        ("mapping.unsure", "A", "contact_email"),
        ("mapping.unsure", "B", "contact_email"),
    ]


def test_nothing_is_said_about_what_the_platform_does_not_take_or_the_user_decided() -> None:
    assert (
        mapping_findings(matched([("Land", ["BE", "BE", "FR"]), ("Mail", MAILS)], decisions={"Mail": "ignore"})) == ()
    )


def test_one_info_names_all_filled_columns_that_are_not_sent() -> None:
    findings = mapping_findings(
        matched([("Land", ["BE", "FR", "BE"]), ("GSM", ["0470 12 34 56"] * 3), ("", ["x", "y", "z"])])
    )
    assert [(one.code, one.severity, one.column) for one in findings] == [("mapping.unused", Severity.INFO, None)]
    assert findings[0].facts == {"columns": "B (GSM), C", "count": "2"}
