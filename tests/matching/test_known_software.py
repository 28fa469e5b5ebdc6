from __future__ import annotations

import pytest

from clientimport.matching.known_software import KnownSoftware, known_software, recognise_software
from clientimport.schema.fields import canonical_fields
from mapping_sheet import fields, matched, table


@pytest.mark.parametrize("program", known_software(), ids=lambda program: program.name)
def test_a_program_is_recognised_by_its_own_headers(program: KnownSoftware) -> None:
    found = recognise_software(table([(header, []) for header in program.columns]))
    assert found is not None
    assert found.name == program.name


@pytest.mark.parametrize(
    "program", [one for one in known_software() if len(one.columns) >= 14], ids=lambda program: program.name
)
def test_a_program_is_recognised_with_two_columns_gone_and_two_added(program: KnownSoftware) -> None:
    headers = [
        header
        for header in program.columns
        if header not in sorted(set(program.columns) - program.distinctive_headers)[:2]
    ]
    found = recognise_software(table([(header, []) for header in [*headers, "Kleur", "Opmerking van ons"]]))
    assert found is not None
    assert found.name == program.name


@pytest.mark.parametrize("program", known_software(), ids=lambda program: program.name)
def test_a_programs_columns_are_fields_each_once(program: KnownSoftware) -> None:
    known = [field for field in program.columns.values() if field not in ("ignore", "ask")]
    assert set(known) <= canonical_fields().keys()
    assert len(known) == len(set(known))


def test_a_list_made_by_hand_is_no_program() -> None:
    headers = ["Naam", "Bedrijfsnaam", "Btw-nummer", "Contact", "Adres", "Stad", "Land", "Telefoon", "Mobiel", "E-mail"]
    assert recognise_software(table([(header, []) for header in [*headers, "Fax", "Website"]])) is None


def test_values_that_deny_the_programs_word_leave_the_column_alone() -> None:
    program = next(one for one in known_software() if one.name == "SnelStart")
    mapping = matched([(header, ["21%", "6%", "12%"] if header == "btwnummer" else []) for header in program.columns])
    assert dict(zip(program.columns, fields(mapping), strict=True))["btwnummer"] is None
