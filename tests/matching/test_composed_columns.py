from __future__ import annotations

import pyarrow as pa
import pytest

from clientimport.errors import UsageError
from clientimport.matching.composed_columns import compose_columns
from clientimport.model.table import CellFlag, Column
from tables import table

CLIENTS: dict[str, list[str | None]] = {
    "Naam": ["Peeters", "Claes", None, " Maes "],
    "Rechtsvorm": ["BV", None, "NV", "VOF"],
    "Contact": ["An Van den Berg", "Jo", None, "Els Maes"],
    "Voornaam + naam": ["An Peeters", None, None, None],
    "Nr": ["KL-0012", "kl-13", None, "14"],
    "Tel. werk": ["1", "2", "3", "4"],
}


def composed(expression: str, field: str = "legal_name") -> list[str | None]:
    (column,) = compose_columns(table(CLIENTS), {field: expression}).columns
    return column.column.values.to_pylist()


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("Naam + Rechtsvorm", ["Peeters BV", "Claes", "NV", "Maes VOF"]),
        ("naam+RECHTSVORM", ["Peeters BV", "Claes", "NV", "Maes VOF"]),
        ("A + B", ["Peeters BV", "Claes", "NV", "Maes VOF"]),
        ("Rechtsvorm + Naam + Nr", ["BV Peeters KL-0012", "Claes kl-13", "NV", "VOF Maes 14"]),
        ("Contact.first", ["An", "Jo", None, "Els"]),
        ("Contact.after_first", ["Van den Berg", None, None, "Maes"]),
        ("Contact.last", ["Berg", "Jo", None, "Maes"]),
        ("Contact.before_last", ["An Van den", None, None, "Els"]),
        ("Contact.after_first + Contact.first", ["Van den Berg An", "Jo", None, "Maes Els"]),
        ("Nr - 'KL-'", ["0012", "13", None, "14"]),
        ('"B" + Nr - "KL-"', ["B0012", "B13", None, "B14"]),
        ("Naam + ' (' + Rechtsvorm + ')'", ["Peeters (BV)", "Claes ()", "(NV)", "Maes (VOF)"]),
        ("Voornaam + naam", ["An Peeters", None, None, None]),
        ("Tel. werk", ["1", "2", "3", "4"]),
    ],
)
def test_an_expression_puts_a_field_together(expression: str, values: list[str | None]) -> None:
    assert composed(expression) == values


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("Naam + Vorm", "set.unknown_header"),
        ("Contact.middle", "set.unknown_header"),
        ("Naam +", "set.expression"),
        ("+", "set.expression"),
        ("Naam + 'BV", "set.expression"),
        ("Naam + + Nr", "set.expression"),
        ("__import__('os')", "set.unknown_header"),
    ],
)
def test_what_is_no_expression_is_refused(expression: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        composed(expression)
    assert refused.value.code == code


ODD = {
    "Naam": ["Peeters"],
    "Vorm": ["BV"],
    "Naam vorm": ["both"],
    "Naam + vorm": ["plus"],
    "Contact": ["An Maes"],
    "Contact.first": ["own"],
    "Contact last": ["another"],
    "Nr": ["x-1"],
    "Nr - 'x'": ["cut"],
    "Nr x-": ["another"],
    'Say "hi"': ["said"],
    "O'Nr": ["five"],
}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("Vorm + Naam", "BV Peeters"),
        ("Naam + vorm", "plus"),
        ("Naam+vorm", "plus"),
        ("Vorm + Naam + vorm", "BV plus"),
        ("Naam vorm", "both"),
        ("Contact.first", "own"),
        ("Contact.LAST", "Maes"),
        ("Contact.first.first", "own"),
        ("Nr - 'x'", "cut"),
        ("Nr - 'x-'", "1"),
        ("Nr - 'x' - 'cu'", "t"),
        ('Say "hi" + Naam', "said Peeters"),
        ("O'Nr + \"'\" + Nr", "five'x-1"),
    ],
)
def test_a_header_may_hold_every_sign_of_an_expression(expression: str, value: str) -> None:
    (column,) = compose_columns(table(ODD), {"legal_name": expression}).columns
    assert column.column.values.to_pylist() == [value]


def test_a_plus_sign_is_never_read_as_a_space() -> None:
    columns = {"Naam": ["Peeters"], "Vorm": ["BV"], "Naam vorm": ["another"]}
    (column,) = compose_columns(table(columns), {"legal_name": "Naam + Vorm"}).columns
    assert column.column.values.to_pylist() == ["Peeters BV"]


@pytest.mark.parametrize("expression", ["Naam + 'it''s'", "'a''b' + Naam", "''", "'' + ' '", "'it's' + Naam"])
def test_marks_that_do_not_fit_are_refused_and_never_waited_for(expression: str) -> None:
    with pytest.raises(UsageError) as refused:
        compose_columns(table(CLIENTS), {"legal_name": expression})
    assert refused.value.code == "set.expression"


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        ("Contact.frist", "Contact.first"),
        ("Contact.afterfirst + Naam", "Contact.after_first"),
        ("Nr - KL-", "Nr - 'KL-'"),
        ("Naan + Rechtsvorm", "Naam"),
        ("Contct.first", "Contact"),
        ("Nrr - 'KL-'", "Nr"),
    ],
)
def test_a_name_that_does_not_exist_is_an_error_with_the_closest_one(expression: str, meant: str) -> None:
    with pytest.raises(UsageError) as refused:
        compose_columns(table(CLIENTS), {"legal_name": expression})
    assert (refused.value.code, refused.value.facts["meant"].strip("–")) == ("set.unknown_header", meant)


def test_a_fixed_word_is_the_same_in_every_row() -> None:
    composition = compose_columns(table(CLIENTS), {"country": '"BE"'})
    assert (composition.columns, composition.fixed) == ((), {"country": "BE"})


def test_nobody_has_signed_because_of_a_fixed_word() -> None:
    with pytest.raises(UsageError) as refused:
        compose_columns(table(CLIENTS), {"mandate": "'yes'"})
    assert refused.value.code == "usage.default_mandate"


def test_a_header_that_occurs_twice_is_named_with_its_letters() -> None:
    twice = table({"Naam": ["An"]})
    columns = (*twice.columns, Column(1, "Naam", pa.array(["Bo"])))
    with pytest.raises(UsageError) as refused:
        compose_columns(type(twice)(twice.file, twice.sheet, 1, columns, twice.rows), {"legal_name": "Naam + A"})
    assert refused.value.code == "set.ambiguous_header"


def test_a_cell_with_an_error_stays_one() -> None:
    read = table({"Naam": ["#N/A"], "Vorm": ["BV"]})
    columns = (Column(0, "Naam", pa.array(["#N/A"]), {0: CellFlag.ERROR}), read.columns[1])
    (column,) = compose_columns(
        type(read)(read.file, read.sheet, 1, columns, read.rows), {"legal_name": "Naam + Vorm"}
    ).columns
    assert column.column.cell_flags == {0: CellFlag.ERROR}
