"""A dead person's cell is told as it was typed, on every platform and wherever the name stands."""

from __future__ import annotations

import pytest

from clientimport.schema.loader import load_schema
from clientimport.validation.parse_table import parse_table
from tables import mapped, table


@pytest.mark.parametrize("platform", ["banqup-partner", "banqup-console-be", "banqup-console-lu", "billit"])
def test_a_dagger_in_one_cell_with_the_name_is_a_warning_at_that_cell(platform: str) -> None:
    read = table(
        {"legal_name": ["Bakkerij BV"] * 3, "contact_name": ["Jan Peeters †", "An Maes", "Bo Maes (overleden)"]}
    )
    found = parse_table(read, mapped(read), load_schema(platform), {}).findings
    dead = [(one.cell, one.severity, one.value) for one in found if one.code == "contact.deceased"]
    assert dead == [("B2", "warning", "Jan Peeters †"), ("B4", "warning", "Bo Maes (overleden)")]


def test_names_in_cells_of_their_own_are_told_and_written_without_it() -> None:
    read = table({"contact_first_name": ["Jan", "wijlen Jan Karel"], "contact_last_name": ["Peeters †", "Maes"]})
    found = parse_table(read, mapped(read), load_schema("accounton"), {})
    assert [one.cell for one in found.findings if one.code == "contact.deceased"] == ["A3", "B2"]
    assert found.records.values("contact_last_name") == ["Peeters", "Maes"]
    assert found.records.values("contact_first_name") == ["Jan", "Jan Karel"]


@pytest.mark.parametrize("platform", ["accounton", "banqup-partner", "billit"])
def test_the_same_mark_is_told_in_the_cell_of_a_first_and_of_a_last_name(platform: str) -> None:
    first, last = ["Jan", "feu Jean", "Erven", "An"], ["wijlen Peeters", "Dupont", "Maes", "(weduwe) Claes"]
    read = table({"contact_first_name": first, "contact_last_name": last, "legal_name": ["Bakkerij BV"] * 4})
    found = parse_table(read, mapped(read), load_schema(platform), {})
    assert [one.cell for one in found.findings if one.code == "contact.deceased"] == ["A3", "A4", "B2"]
    assert found.records.values("contact_last_name") == ["Peeters", "Dupont", "Maes", "Claes"]
    assert found.records.values("contact_first_name") == ["Jan", "Jean", "Erven", "An"]
    repaired = {(one.cell, one.severity) for one in found.findings if one.code == "name.remark"}
    assert {("A3", "repair"), ("B2", "repair")} <= repaired


def test_a_client_who_is_a_person_is_told_and_kept_as_typed() -> None:
    read = table({"legal_name": ["Peeters Jan †", "Feu Vert SA"]})
    found = parse_table(read, mapped(read), load_schema("banqup-partner"), {})
    assert [(one.code, one.cell) for one in found.findings] == [("contact.deceased", "A2")]
    assert found.records.values("legal_name") == ["Peeters Jan †", "Feu Vert SA"]
