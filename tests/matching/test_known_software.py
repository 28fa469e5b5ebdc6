from __future__ import annotations

import pytest

from clientimport.matching.known_software import KnownSoftware, exported, programs
from clientimport.schema.fields import vocabulary
from mapping_sheet import fields, matched, table


@pytest.mark.parametrize("program", programs(), ids=lambda program: program.name)
def test_a_program_is_recognised_by_its_own_headers(program: KnownSoftware) -> None:
    found = exported(table([(header, []) for header in program.columns]))
    assert found is not None
    assert found.program == program.name


@pytest.mark.parametrize(
    "program", [one for one in programs() if len(one.columns) >= 14], ids=lambda program: program.name
)
def test_a_program_is_recognised_with_two_columns_gone_and_two_added(program: KnownSoftware) -> None:
    headers = [header for header in program.columns if header not in sorted(set(program.columns) - program.telling)[:2]]
    found = exported(table([(header, []) for header in [*headers, "Kleur", "Opmerking van ons"]]))
    assert found is not None
    assert found.program == program.name


@pytest.mark.parametrize("program", programs(), ids=lambda program: program.name)
def test_a_programs_columns_are_fields_each_once(program: KnownSoftware) -> None:
    known = [field for field in program.columns.values() if field not in ("ignore", "ask")]
    assert set(known) <= vocabulary().keys()
    assert len(known) == len(set(known))


def test_a_list_made_by_hand_is_no_program() -> None:
    headers = ["Naam", "Bedrijfsnaam", "Btw-nummer", "Contact", "Adres", "Stad", "Land", "Telefoon", "Mobiel", "E-mail"]
    assert exported(table([(header, []) for header in [*headers, "Fax", "Website"]])) is None


def test_values_that_deny_the_programs_word_leave_the_column_alone() -> None:
    program = next(one for one in programs() if one.name == "SnelStart")
    mapping = matched([(header, ["21%", "6%", "12%"] if header == "btwnummer" else []) for header in program.columns])
    assert dict(zip(program.columns, fields(mapping), strict=True))["btwnummer"] is None
