"""One cause is one finding, at the cell that can mend it."""

import pytest

from clientimport.files.read import ReadRequest, read_table
from clientimport.matching.known_header import is_known_header
from clientimport.matching.matcher import match_columns
from clientimport.model.finding import Severity
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import validate

PARTNER = "Naam;Taal;Land;E-mail;Voornaam;Achternaam\n"
CONSOLE = "Naam;Adres;Postcode;Gemeente;Land;Ondernemingsnummer;BTW-nummer;IBAN;Taal;Contactpersoon;E-mail\n"


def errors(platform: str, text: str) -> list[tuple[str, str | None]]:
    return [(code, cell) for severity, code, cell in noticed(platform, text) if severity is Severity.ERROR]


def noticed(platform: str, text: str) -> list[tuple[Severity, str, str | None]]:
    schema = load_schema(platform)
    table = read_table("-", ReadRequest(), is_known_header, text.encode())
    report = validate(table, match_columns(table, schema, {}, None), schema).report
    return [(finding.severity, finding.code, finding.cell) for finding in report.findings if finding.row]


def test_an_empty_country_is_not_an_error_of_the_language_beside_it_as_well() -> None:
    assert errors("banqup-partner", f"{PARTNER}Claes BV;nl;;an@claes.be;An;Claes\n") == [("required.empty", "C2")]


def test_a_country_that_is_none_is_not_an_error_of_the_language_as_well() -> None:
    row = "Claes BV;Nederlands;Vlaanderenland;an@claes.be;An;Claes\nMaes BV;nl;BE;els@maes.be;Els;Maes\n"
    assert errors("banqup-partner", f"{PARTNER}{row}") == [("country.unknown", "C2")]


def test_two_empty_cells_are_two_absences() -> None:
    row = "Claes BV;;;an@claes.be;An;Claes\nMaes BV;nl;BE;els@maes.be;Els;Maes\n"
    assert errors("banqup-partner", f"{PARTNER}{row}") == [("required.empty", "B2"), ("required.empty", "C2")]


def test_an_empty_language_of_client_and_contact_is_one_absence() -> None:
    row = "Claes BV;Kerkstraat 1;9000;Gent;BE;0419618535;BE0419618535;BE68539007547034;;An Claes;an@claes.be\n"
    full = "Maes BV;Kerkstraat 2;9000;Gent;BE;0403019261;BE0403019261;BE71096123456769;nl;Els Maes;els@maes.be\n"
    assert errors("banqup-console-be", f"{CONSOLE}{row}{full}") == [("required.empty", "I2")]


def test_words_in_place_of_a_required_account_are_one_finding() -> None:
    schema = load_schema("banqup-console-be")
    row = "Claes BV;Kerkstraat 1;9000;Gent;BE;0419618535;BE0419618535;voir dossier;nl;An Claes;an@claes.be\n"
    full = "Maes BV;Kerkstraat 2;9000;Gent;BE;0403019261;BE0403019261;BE71096123456769;nl;Els Maes;els@maes.be\n"
    table = read_table("-", ReadRequest(), is_known_header, f"{CONSOLE}{row}{full}".encode())
    report = validate(table, match_columns(table, schema, {}, None), schema).report
    assert [finding.code for finding in report.findings if finding.cell == "H2"] == ["required.empty"]


SOUND = {
    "Naam": "Maes BV",
    "Adres": "Kerkstraat 2",
    "Postcode": "9000",
    "Gemeente": "Gent",
    "Land": "BE",
    "Ondernemingsnummer": "0403019261",
    "BTW-nummer": "BE0403019261",
    "IBAN": "BE71096123456769",
    "Taal": "nl",
    "Taal contactpersoon": "nl",
    "Contactpersoon": "Els Maes",
    "Voornaam contactpersoon": "Els",
    "Achternaam contactpersoon": "Maes",
    "E-mail contactpersoon": "els@maes.be",
}
"""A client in whose row nothing is noticed."""
FOUR_MORE = (
    ("Claes BV", "0419618535", "BE68539007547034"),
    ("Wouters NV", "0876543270", "BE56363123456788"),
    ("Dubois SRL", "0554433291", "BE43068999999501"),
    ("Bogaert BV", "0200068636", "BE62510007547061"),
)


def beside_sound_rows(platform: str, without: str, **cells: str) -> list[tuple[Severity, str, str | None]]:
    """Return errors and warnings about the row with these cells, the last of a list whose other rows are sound."""
    row = {header: cell for header, cell in SOUND.items() if header not in without.split("|")}
    others = [
        {
            **row,
            "Naam": name,
            "Ondernemingsnummer": number,
            "BTW-nummer": f"BE{number}",
            "IBAN": iban,
            "E-mail contactpersoon": f"els@{name.partition(' ')[0].lower()}.be",
        }
        for name, number, iban in FOUR_MORE
    ]
    lines = [";".join(row), *(";".join(line[header] for header in row) for line in (*others, {**row, **cells}))]
    found = noticed(platform, "\n".join(lines))
    return [finding for finding in found if finding[0] in {Severity.ERROR, Severity.WARNING}]


NAMES, PARTS, VAT = (
    "Voornaam contactpersoon|Achternaam contactpersoon",
    "Contactpersoon",
    {"BTW-nummer": "BE0403019262"},
)
NO_PARTS = {"Voornaam contactpersoon": "", "Achternaam contactpersoon": ""}


@pytest.mark.parametrize(
    ("platform", "without", "cells", "code"),
    [
        ("banqup-console-be", NAMES, {"Ondernemingsnummer": "", **VAT}, "vat_number.check_digits"),
        ("banqup-console-be", NAMES, {"Taal": "Chinees", "Taal contactpersoon": ""}, "language.not_offered"),
        ("banqup-console-be", NAMES, {"Taal": "", "Taal contactpersoon": "Chinees"}, "language.not_offered"),
        ("banqup-console-be", NAMES, {"Land": "", "Postcode": "1234 AB"}, "required.empty"),
        ("banqup-console-be", NAMES, {"Land": "Absurdistan", "Postcode": "L-1234"}, "country.unknown"),
        ("banqup-console-be", NAMES, {"Postcode": "99999"}, "postal_code.form"),
        ("banqup-partner", "", {**NO_PARTS, "Contactpersoon": "Maes"}, "contact_name.one_part"),
        ("banqup-partner", PARTS, {"E-mail contactpersoon": "noreply@test.test"}, "email.reserved_domain"),
    ],
)  # fmt: skip
def test_one_cause_is_one_finding(platform: str, without: str, cells: dict[str, str], code: str) -> None:
    assert [finding[1] for finding in beside_sound_rows(platform, without, **cells)] == [code]


@pytest.mark.parametrize(
    ("platform", "without", "cells", "codes"),
    [
        ("banqup-console-be", NAMES, {"Ondernemingsnummer": "", "BTW-nummer": ""}, ["required.empty"]),
        ("banqup-console-be", NAMES, {"Taal": "", "Taal contactpersoon": ""}, ["required.empty"]),
        ("banqup-console-be", NAMES, {"Land": "", "Ondernemingsnummer": "", **VAT},
         ["required.empty", "vat_number.check_digits"]),
        ("banqup-console-be", NAMES, {"Postcode": "", "Gemeente": ""}, ["required.empty", "required.empty"]),
        ("banqup-console-be", NAMES, {"Postcode": "1234 AB"}, ["postal_code.form"]),
        ("banqup-console-be", NAMES, {"Ondernemingsnummer": "0403019262", **VAT},
         ["company_number.check_digits", "vat_number.check_digits"]),
        ("banqup-partner", PARTS, {"Voornaam contactpersoon": "", "E-mail contactpersoon": ""},
         ["required.empty", "required.empty"]),
    ],
)  # fmt: skip
def test_two_cells_to_mend_are_two_findings(
    platform: str, without: str, cells: dict[str, str], codes: list[str]
) -> None:
    assert sorted(finding[1] for finding in beside_sound_rows(platform, without, **cells)) == sorted(codes)
