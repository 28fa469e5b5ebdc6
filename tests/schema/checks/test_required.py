from __future__ import annotations

import pyarrow as pa

from clientimport.schema.checks.required import advised, better_empty, expected_with, one_of, required
from records_of import records_of


def test_an_empty_required_cell_is_noticed() -> None:
    found = list(required(records_of(legal_name=["Peeters BV", None]), field="legal_name"))
    assert [(one.position, one.field, one.code) for one in found] == [(1, "legal_name", "required.empty")]


def test_a_required_field_without_a_column_is_noticed_in_every_row() -> None:
    found = required(records_of(legal_name=["Peeters BV", "Maes NV"]), field="iban")
    assert [one.position for one in found] == [0, 1]


def test_one_of_two_numbers_is_enough() -> None:
    rows = records_of(rcs_number=["B82454", None, None], vat_number=[None, "LU15027442", None])
    found = list(one_of(rows, fields=("rcs_number", "vat_number"), code="rcs_number.or_vat_number"))
    assert [(one.position, one.field) for one in found] == [(2, "rcs_number")]


def test_a_text_of_another_form_is_not_one_of_the_two() -> None:
    rows = records_of(rcs_number=["123/AB", "123/AB", "B82454"], vat_number=[None, "LU15027442", None])
    forms = {"rcs_number": "^[A-Z][0-9]{1,7}$"}
    (found,) = one_of(rows, fields=("rcs_number", "vat_number"), code="rcs_number.or_vat_number", forms=forms)
    assert (found.position, found.field) == (0, "rcs_number")


def test_a_cell_that_was_not_understood_is_where_the_missing_number_is_told() -> None:
    rows = records_of(rcs_number=[None], vat_number=["LU00000000"])
    rows = rows.with_field("vat_number", pa.nulls(1, pa.string()))
    (found,) = one_of(rows, fields=("rcs_number", "vat_number"), code="rcs_number.or_vat_number")
    assert found.field == "vat_number"


def test_a_field_is_expected_only_beside_the_other() -> None:
    rows = records_of(company_number=["0566988259", "0419618535", None], vat_number=[None, "BE0419618535", None])
    found = list(expected_with(rows, field="vat_number", beside="company_number", code="vat_number.expected"))
    assert [(one.position, one.field, one.code) for one in found] == [(0, "vat_number", "vat_number.expected")]


def test_what_is_advised_is_told_once_for_the_table() -> None:
    rows = records_of(national_register_number=[None, "93051822361", None])
    (found,) = advised(rows, field="national_register_number", code="national_register_number.advised")
    assert (found.position, found.facts) == (None, {"count": "2"})


def test_what_is_advised_and_there_is_not_told() -> None:
    rows = records_of(national_register_number=["93051822361"])
    assert list(advised(rows, field="national_register_number", code="national_register_number.advised")) == []


def test_a_value_where_none_is_wanted_is_noticed() -> None:
    rows = records_of(tax_deadline=[None, "2027-07-15"])
    found = list(better_empty(rows, field="tax_deadline", code="tax_deadline.better_empty"))
    assert [(one.position, one.code) for one in found] == [(1, "tax_deadline.better_empty")]
