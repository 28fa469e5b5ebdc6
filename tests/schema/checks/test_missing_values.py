"""One cause is one finding, at the cell that can mend it."""

from clientimport.files.read import ReadRequest, read_table
from clientimport.matching.known_header import is_known_header
from clientimport.matching.matcher import match_columns
from clientimport.model.finding import Severity
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import validate

PARTNER = "Naam;Taal;Land;E-mail;Voornaam;Achternaam\n"
CONSOLE = "Naam;Adres;Postcode;Gemeente;Land;Ondernemingsnummer;BTW-nummer;IBAN;Taal;Contactpersoon;E-mail\n"


def errors(platform: str, text: str) -> list[tuple[str, str | None]]:
    schema = load_schema(platform)
    table = read_table("-", ReadRequest(), is_known_header, text.encode())
    report = validate(table, match_columns(table, schema, {}, None), schema).report
    return [(finding.code, finding.cell) for finding in report.findings if finding.severity is Severity.ERROR]


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
