"""Only the rows that are asked for are read, and what was left out is said."""

import pytest

from clientimport.errors import UsageError
from clientimport.files.read import ReadRequest, read_table
from clientimport.matching.known_header import is_known_header
from clientimport.model.table import Table
from clientimport.schema.row_filter import where_option

CLIENTS = """\
Naam;Status;Einddatum;E-mail
Actief BV;actief;;a@x.be
Gestopt BV;Stopgezet;31/12/2023;b@x.be
Failliet BV; faillissement ;;c@x.be
Leeg BV;;;d@x.be
Komma BV;"gestopt, failliet";;e@x.be
"""


def read(*where: str, text: str = CLIENTS) -> Table:
    return read_table("-", ReadRequest(where=where), is_known_header, text.encode())


def names(table: Table) -> list[str]:
    return [name for name in table.columns[0].values.to_pylist() if name]


def codes(table: Table) -> list[str]:
    return [finding.code for finding in table.findings]


def test_only_rows_with_one_of_the_values_are_read_whatever_the_case_and_the_spaces() -> None:
    table = read("status=ACTIEF,faillissement")
    assert names(table) == ["Actief BV", "Failliet BV"]
    assert table.rows.tolist() == [2, 4]


def test_all_rows_but_those_with_a_value_are_read() -> None:
    assert names(read("Status!=stopgezet,faillissement")) == ["Actief BV", "Leeg BV", "Komma BV"]


def test_an_empty_value_stands_for_an_empty_cell() -> None:
    assert names(read("Einddatum=")) == ["Actief BV", "Failliet BV", "Leeg BV", "Komma BV"]
    assert names(read("Status!=")) == ["Actief BV", "Gestopt BV", "Failliet BV", "Komma BV"]


def test_all_conditions_must_hold() -> None:
    assert names(read("Einddatum=", "Status!=faillissement", "Status!=")) == ["Actief BV", "Komma BV"]


def test_a_value_with_a_comma_stands_in_quotation_marks_as_the_advised_option_has_it() -> None:
    assert names(read('Status="gestopt, failliet",actief')) == ["Actief BV", "Komma BV"]
    assert where_option("Status", ["gestopt, failliet"], excluding=False) == """--where 'Status="gestopt, failliet"'"""


def test_a_column_is_called_by_its_header_however_it_is_written_or_by_its_letter() -> None:
    assert names(read("e mail=a@x.be")) == names(read("D=a@x.be")) == ["Actief BV"]


def test_a_header_may_hold_an_equals_sign_itself() -> None:
    assert names(read("a=b=ja", text="Naam;a=b\nEen;ja\nTwee;nee\n")) == ["Een"]


def test_how_many_rows_were_left_out_is_said() -> None:
    (finding,) = read("Status=actief").findings
    assert (finding.code, finding.row, dict(finding.facts)) == ("rows.left_out", None, {"count": "4", "kept": "1"})
    assert codes(read("Status!=niemand")) == ["rows.no_such_value"]


def test_a_value_that_no_row_has_is_named_for_it_may_be_misspelt() -> None:
    finding = read("Status!=stopgezt").findings[0]
    assert finding.facts["typed"] == "stopgezt"
    assert "Stopgezet" in finding.facts["known"]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("Statuss=actief", "where.unknown_header"),
        ("Status", "usage.pair"),
        ("=actief", "usage.pair"),
        ("!=actief", "usage.pair"),
    ],
)
def test_a_condition_that_cannot_be_used_is_refused(condition: str, code: str) -> None:
    with pytest.raises(UsageError) as raised:
        read(condition)
    assert raised.value.code == code


def test_the_nearest_header_is_offered() -> None:
    with pytest.raises(UsageError) as raised:
        read("Statuss=actief")
    assert raised.value.facts["meant"] == "Status"


def test_a_header_that_is_there_twice_is_called_by_its_letter() -> None:
    twice = "Naam;Status;Status\nEen;ja;nee\nTwee;nee;ja\n"
    with pytest.raises(UsageError) as raised:
        read("Status=ja", text=twice)
    assert raised.value.code == "where.twice"
    assert names(read("C=ja", text=twice)) == ["Twee"]
