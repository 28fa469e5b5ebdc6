"""Further contacts in columns travel with their client, as those on further rows do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clientimport.files.read import ReadRequest, read_table
from clientimport.matching.known_header import is_known_header
from clientimport.matching.matcher import match_columns
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.loader import load_schema
from clientimport.validation.validate import Validation, validate

HEADER = "Bedrijf;Voornaam;Achternaam;E-mail;Taal;Land;KBO;Contact 2 voornaam;Contact 2 naam;Contact 2 e-mail\n"
CLAES = "Claes BV;An;Claes;an@claes.be;nl;BE;0419618535;"
MAES = "Maes BV;Els;Maes;els@maes.be;nl;BE;0403019261;Mia;Goossens;mia@maes.be\n"


def validated(*rows: str, schema: PlatformSchema | None = None) -> Validation:
    schema = schema or load_schema("banqup-partner")
    table = read_table("-", ReadRequest(), is_known_header, (HEADER + "".join(rows)).encode())
    return validate(table, match_columns(table, schema, {}, None), schema)


def told(validation: Validation) -> list[tuple[str, str | None]]:
    missing = ("contact_email.further_missing", "contact_name.further_missing")
    codes = ("client.further_contact", *missing, "email.no_at", "email.invalid")
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


@pytest.mark.parametrize(
    ("names", "cell"), [(";", "H2"), ("n.v.t.;", "I2"), ("Tom;", "I2"), (";Willems", "H2"), ("-;-", "J2")]
)
def test_an_address_alone_is_no_person_and_not_sent(names: str, cell: str) -> None:
    validation = validated(f"{CLAES}{names};tom@claes.be\n", MAES)
    assert validation.clients[0].contacts == ()
    assert told(validation) == [("contact_name.further_missing", cell), ("client.further_contact", "J3")]
    assert validation.invalid_rows == ()


def test_of_a_platform_that_asks_for_no_name_one_half_of_it_is_enough() -> None:
    platform = load_schema("banqup-partner")
    names = ("contact_first_name", "contact_last_name")
    columns = tuple(
        replace(column, required=column.required and column.field not in names) for column in platform.columns
    )
    validation = validated(f"{CLAES}Tom;;tom@claes.be\n", f"{MAES}", schema=replace(platform, columns=columns))
    assert [len(client.contacts) for client in validation.clients] == [1, 1]
    nameless = validated(f"{CLAES};;tom@claes.be\n", f"{MAES}", schema=replace(platform, columns=columns))
    assert [len(client.contacts) for client in nameless.clients] == [0, 1]


def test_a_wrong_address_costs_that_contact_and_not_the_client() -> None:
    validation = validated(f"{CLAES}Tom;Willems;tom.claes.be\n", MAES)
    assert [client.contacts for client in validation.clients if client.row == 2] == [()]
    warned = {(finding.cell, finding.severity) for finding in validation.report.findings if finding.cell == "J2"}
    assert warned == {("J2", "warning")}


def test_the_first_contact_again_is_no_further_one() -> None:
    validation = validated(f"{CLAES}An;Claes;an@claes.be\n", MAES)
    assert validation.clients[0].contacts == ()
