"""A value in a column of its own is never changed by what another column makes of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from clientimport.model.field_type import ParsedValue
from clientimport.model.platform_schema import PlatformSchema
from clientimport.schema.derivations.apply import apply_derivations
from clientimport.schema.derivations.split_cells import COMBINED_CELLS, split_combined_cells
from clientimport.schema.loader import load_schema
from clientimport.schema.types.missing_value import is_missing
from clientimport.validation.parse_table import field_type, parse_table
from tables import mapped, table

TYPED = {
    "address": ["Kerkstraat 12 bus 3", "Meir 1, 2000 Antwerpen", "Grote Markt"],
    "street": ["Kerkstraat", "Meir 24", "Rue du 8 Mai 1945"],
    "house_number": ["12", "12A", "12/4", "14 bus 2", "12 A02"],
    "box": ["B12", "b3", "3", "bus 4", "0101", "A"],
    "postal_code": ["9000", "B-9000", "L - 1611", "9000 Gent", "1012 AB", "1000.0"],
    "city": ["Gent", "As", "Ay", "Y", "Ul", "Å", "9000 Gent", "B"],
    "country": ["BE", "LU", "NL"],
    "contact_name": ["Peeters, An", "Bosch, Jan van den", "Marie Dupont ép. Martin"],
    "contact_first_name": ["An", "M. Claire", "Dr. Jan"],
    "contact_last_name": ["De Smet", "Van Damme", "Dupont née Martin"],
    "language": ["nl", "fr"],
    "contact_language": ["fr", "de"],
    "contact_locale": ["fr-BE", "nl-BE"],
    "company_number": ["0566988259", "not a number"],
    "vat_number": ["BE0419618535", "LU15027442"],
    "iban": ["BE32123456789002", "BE32123456789002 KREDBEBB"],
    "bic": ["GKCCBEBB", "CTBKBEBX"],
    "client_code": ["K1", "B12"],
    "external_reference": ["R1", "1.0"],
}
rows = st.fixed_dictionaries({field: st.none() | st.sampled_from(values) for field, values in TYPED.items()})
PLATFORMS = [load_schema(name) for name in ("banqup-partner", "banqup-console-be", "accounton", "billit")]


@given(rows, st.sampled_from(PLATFORMS))
@settings(deadline=None)
def test_a_derivation_fills_what_is_empty_and_changes_nothing(
    row: dict[str, str | None], schema: PlatformSchema
) -> None:
    read = table({field: [text] for field, text in row.items()})
    before = parse_table(read, mapped(read), schema, {}).records
    after, _ = apply_derivations(before, schema)
    for field in TYPED.keys() & before.fields.keys():
        typed = before.typed_value(field, 0)
        if typed is not None:
            assert after.values(field) == before.values(field), field


@given(row=rows)
@settings(deadline=None)
def test_taking_one_cell_apart_leaves_the_others_as_typed(row: dict[str, str | None]) -> None:
    read = table({field: [text] for field, text in row.items()})
    result, _ = split_combined_cells({one.header: one for one in read.columns}, read, set(TYPED), set(TYPED))
    sources = {one.field for one in COMBINED_CELLS if row[one.field] is not None}
    for field, typed in row.items():
        if typed is not None and not is_missing(typed) and field not in sources:
            assert result[field].values.to_pylist() == [typed], field


@given(box=st.sampled_from(TYPED["box"]), number=st.sampled_from(TYPED["house_number"]))
def test_a_box_is_what_its_own_column_says(box: str, number: str) -> None:
    schema = PLATFORMS[0]
    read = table({"street": ["Kerkstraat"], "house_number": [number], "box": [box]})
    alone = field_type("box", schema).parse(box, "BE")
    assert isinstance(alone, ParsedValue)
    assert parse_table(read, mapped(read), schema, {}).records.values("box") == [alone.value]
