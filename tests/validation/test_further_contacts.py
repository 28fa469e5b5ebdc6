"""Further contacts in columns travel with their client, as those on further rows do."""

from __future__ import annotations

from clientimport.files.read import ReadRequest, read_table
from clientimport.matching.known_header import is_known_header
from clientimport.matching.matcher import match_columns
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import Validation, validate

HEADER = "Bedrijf;Voornaam;Achternaam;E-mail;Taal;Land;KBO;Contact 2 voornaam;Contact 2 naam;Contact 2 e-mail\n"
CLAES = "Claes BV;An;Claes;an@claes.be;nl;BE;0419618535;"
MAES = "Maes BV;Els;Maes;els@maes.be;nl;BE;0403019261;Mia;Goossens;mia@maes.be\n"


def validated(*rows: str) -> Validation:
    schema = load_schema("banqup-partner")
    table = read_table("-", ReadRequest(), is_known_header, (HEADER + "".join(rows)).encode())
    return validate(table, match_columns(table, schema, {}, None), schema)


def told(validation: Validation) -> list[tuple[str, str | None]]:
    codes = ("client.further_contact", "contact_email.further_missing", "email.no_at", "email.invalid")
    return [(finding.code, finding.cell) for finding in validation.report.findings if finding.code in codes]


def test_a_second_contact_goes_with_its_client_and_has_its_language() -> None:
    validation = validated(f"{CLAES}Tom;Willems;Tom@claes.be\n", MAES)
    (tom,) = validation.clients[0].contacts
    assert tom["contact_email"] == "Tom@claes.be"
    assert (tom["contact_first_name"], tom["contact_last_name"], tom["contact_locale"]) == ("Tom", "Willems", "nl-BE")
    assert validation.clients[0].fields["contact_email"] == "an@claes.be"
    assert told(validation) == [("client.further_contact", "J2"), ("client.further_contact", "J3")]


def test_a_name_without_an_address_is_a_warning_and_not_sent() -> None:
    validation = validated(f"{CLAES}Tom;Willems;\n", MAES)
    assert validation.clients[0].contacts == ()
    assert told(validation) == [("contact_email.further_missing", "J2"), ("client.further_contact", "J3")]
    assert validation.invalid_rows == ()


def test_a_wrong_address_costs_that_contact_and_not_the_client() -> None:
    validation = validated(f"{CLAES}Tom;Willems;tom.claes.be\n", MAES)
    assert [client.contacts for client in validation.clients if client.row == 2] == [()]
    warned = {(finding.cell, finding.severity) for finding in validation.report.findings if finding.cell == "J2"}
    assert warned == {("J2", "warning")}


def test_the_first_contact_again_is_no_further_one() -> None:
    validation = validated(f"{CLAES}An;Claes;an@claes.be\n", MAES)
    assert validation.clients[0].contacts == ()
