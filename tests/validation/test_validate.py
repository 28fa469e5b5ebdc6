"""From a table to a report and to the clients that may be sent."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.model.finding import Severity
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import Validation, validate
from tables import mapped, table

GOOD: dict[str, str | None] = {
    "legal_name": "Bakkerij Peeters",
    "country": "BE",
    "contact_email": "an@bakkerijpeeters.be",
    "contact_first_name": "An",
    "contact_last_name": "Peeters",
    "contact_locale": "nl-BE",
    "company_number": "0419618535",
}


def validated(*rows: Mapping[str, str | None], strict: bool = False) -> Validation:
    """Return the validation of a Partner Space table with these changes to a good row."""
    whole = [{**GOOD, **row} for row in rows]
    read = table({field: [row[field] for row in whole] for field in whole[0]})
    return validate(read, mapped(read), load_schema("banqup-partner"), strict=strict)


def found(validation: Validation) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.cell) for finding in validation.report.findings]


def test_a_good_row_has_no_finding_and_becomes_a_client() -> None:
    validation = validated({})
    assert found(validation) == []
    (client,) = validation.clients
    assert (client.row, client.fields) == (2, GOOD)
    assert validation.report.totals.clean_rows == 1


def test_an_empty_required_cell_is_an_error_and_the_row_is_not_sent() -> None:
    validation = validated({"contact_email": None}, {"company_number": "0566988259"})
    assert found(validation) == [("required.empty", "C2")]
    assert validation.invalid_rows == (2,)
    assert [client.row for client in validation.clients] == [3]


def test_a_cell_with_an_error_is_not_called_empty_as_well() -> None:
    validation = validated({"country": "Atlantis"})
    assert [code for code, cell in found(validation) if cell == "B2"] == ["country.unknown"]


def test_rows_with_warnings_are_sent_but_not_clean() -> None:
    validation = validated({"company_number": "1018265814"})
    assert [client.row for client in validation.clients] == [2]
    assert validation.report.totals.clean_rows == 0


def test_further_contacts_of_the_same_client_travel_with_it() -> None:
    tom = {"contact_email": "tom@bakkerijpeeters.be", "contact_first_name": "Tom", "contact_last_name": "Claes"}
    (client,) = validated({}, tom).clients
    assert client.rows == (2, 3)
    assert client.fields["contact_email"] == "an@bakkerijpeeters.be"
    assert [contact["contact_email"] for contact in client.contacts] == ["tom@bakkerijpeeters.be"]


def test_when_the_first_row_of_a_client_has_an_error_the_next_one_stands_for_it() -> None:
    tom = {"contact_email": "tom@bakkerijpeeters.be", "contact_first_name": "Tom", "contact_last_name": "Claes"}
    validation = validated({"contact_email": "no address"}, tom)
    assert [(client.row, client.rows) for client in validation.clients] == [(3, (3,))]


def test_a_vat_number_of_another_company_is_an_error() -> None:
    validation = validated({"vat_number": "BE0566988259"})
    assert validation.invalid_rows == (2,)


def test_under_strict_a_repair_is_an_error() -> None:
    row = {"company_number": "0419.618.535"}
    assert validated(row).invalid_rows == ()
    strict = validated(row, strict=True)
    assert "company_number.separators" in {code for code, _ in found(strict)}
    assert all(one.severity is not Severity.REPAIR for one in strict.report.findings)
    assert strict.invalid_rows == (2,)


def test_under_strict_a_header_the_platform_does_not_know_is_an_error() -> None:
    codes = {code for code, _ in found(validated({}, strict=True))}
    assert codes == {"header.not_the_platforms"}


def test_findings_come_in_the_order_of_the_file() -> None:
    validation = validated({"contact_email": None}, {"legal_name": None, "company_number": "0566988259"})
    assert [finding.cell for finding in validation.report.findings] == ["C2", "A3"]


LUXEMBOURGISH: dict[str, str | None] = {
    "legal_name": "Thill SARL",
    "address": "Rue de la Gare 12",
    "postal_code": "1611",
    "city": "Luxembourg",
    "country": "LU",
    "rcs_number": "B82454",
    "vat_number": None,
    "iban": "LU280019400644750000",
    "language": "fr",
    "contact_name": "Anne Muller",
    "contact_language": "fr",
    "contact_email": "anne@thill.lu",
}


def luxembourgish(**changes: str | None) -> list[tuple[str, str, str | None]]:
    """Return what is found in a row of Luxembourg's Console with these changes."""
    row = {**LUXEMBOURGISH, **changes}
    read = table({field: [value] for field, value in row.items()})
    report = validate(read, mapped(read), load_schema("banqup-console-lu")).report
    return [(one.code, one.severity.value, one.cell) for one in report.findings]


def test_a_text_that_cannot_be_an_rcs_number_is_none_of_the_two_numbers() -> None:
    assert luxembourgish() == []
    assert luxembourgish(rcs_number="123/AB") == [("rcs_number.or_vat_number", "error", "F2")]
    assert luxembourgish(rcs_number="123/AB", vat_number="LU15027442") == [("rcs_number.form", "warning", "F2")]


def test_another_number_in_the_place_of_the_rcs_number_is_an_error_whatever_stands_beside_it() -> None:
    for vat in (None, "LU15027442"):
        assert luxembourgish(rcs_number="1893120105732", vat_number=vat) == [
            ("rcs_number.is_matricule_of_person", "error", "F2")
        ]
        assert luxembourgish(rcs_number="LU10000053", vat_number=vat) == [("rcs_number.is_vat_number", "error", "F2")]


def test_wrong_check_digits_of_the_platforms_own_country_are_an_error() -> None:
    assert luxembourgish(vat_number="LU10004999") == [("vat_number.check_digits", "error", "G2")]
    assert luxembourgish(vat_number="FR40303265045") == []
