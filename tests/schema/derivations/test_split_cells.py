"""Cells that hold two things are taken apart, shown, and never at the cost of what stands in a cell of its own."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.schema.derivations.split_cells import COMBINED_CELLS, CombinedCell, split_combined_cells
from tables import table

EVERYTHING = {"address", "street", "house_number", "box", "postal_code", "city"}


def apart(
    columns: dict[str, list[str | None]], wanted: set[str] = EVERYTHING
) -> tuple[dict[str, list[str | None]], list[str]]:
    read = table(columns)
    result, findings = split_combined_cells({one.header: one for one in read.columns}, read, wanted, wanted)
    values = {name: column.values.to_pylist() for name, column in result.items()}
    return values, [f"{one.code} {one.cell}" for one in findings]


def test_a_whole_address_in_one_cell_gives_postal_code_and_city() -> None:
    values, findings = apart({"address": ["Grote Markt 7A bus A, 3000 Leuven", "Meir 1"]})
    assert values == {
        "address": ["Grote Markt 7A bus A", "Meir 1"],
        "postal_code": ["3000", None],
        "city": ["Leuven", None],
    }
    assert findings == ["derived.place A2"]


def test_a_line_break_parts_address_and_place() -> None:
    values, _ = apart({"street": ["Gentsesteenweg 12 bus A\n8000 Brugge"]}, {"postal_code", "city"})
    assert (values["street"], values["city"]) == (["Gentsesteenweg 12 bus A"], ["Brugge"])


def test_a_year_in_a_street_name_is_no_postal_code() -> None:
    values, findings = apart({"address": ["Rue du 11 Novembre 1918 Haut"]})
    assert values == {"address": ["Rue du 11 Novembre 1918 Haut"]}
    assert findings == []


def test_a_box_in_the_cell_of_the_house_number_gets_its_own() -> None:
    values, findings = apart({"house_number": ["12 bus 4", "12", "12-14"], "box": [None, "A", None]})
    assert values == {"house_number": ["12", "12", "12-14"], "box": ["4", "A", None]}
    assert findings == ["derived.box A2"]


def test_what_stands_in_a_cell_of_its_own_stays() -> None:
    values, _ = apart({"city": ["9000 Gent"], "postal_code": ["9050"]})
    assert values == {"city": ["Gent"], "postal_code": ["9050"]}


def test_a_part_that_contradicts_a_cell_of_its_own_is_told() -> None:
    _, findings = apart({"city": ["9000 Gent", "9000 Gent"], "postal_code": ["9050", "B-9000"]})
    assert findings == ["derived.place A2", "derived.place A3", "derived.other_value A2"]


def test_a_town_may_have_another_name_beside_the_same_postal_code() -> None:
    _, findings = apart({"address": ["Rue Haute 1, 1000 Bruxelles"], "postal_code": ["1000"], "city": ["Brussel"]})
    assert findings == ["derived.place A2"]


def test_a_house_number_keeps_its_box_beside_another_one() -> None:
    values, findings = apart({"house_number": ["12/4", "12/4"], "box": ["B", "4"]})
    assert values == {"house_number": ["12/4", "12"], "box": ["B", "4"]}
    assert findings == ["derived.box A3"]


def test_a_word_for_nothing_is_filled_as_an_empty_cell_is() -> None:
    values, findings = apart({"city": ["9000 Gent"], "postal_code": ["-"]})
    assert values == {"city": ["Gent"], "postal_code": ["9000"]}
    assert findings == ["derived.place A2"]


def test_a_countrys_letters_beside_a_postal_code_are_no_city() -> None:
    values, findings = apart({"postal_code": ["B 9000", "L - 6630", "1012 ab", "9000 Gent"], "city": [None] * 4})
    assert values == {"postal_code": ["B 9000", "L - 6630", "1012 ab", "9000"], "city": [None, None, None, "Gent"]}
    assert findings == ["derived.place A5"]


def test_a_postal_code_in_the_citys_cell_is_moved_and_the_city_stays_empty() -> None:
    values, findings = apart({"city": ["B-9000", "As", "Y"], "postal_code": [None, "3665", "80190"]})
    assert values == {"city": [None, "As", "Y"], "postal_code": ["B-9000", "3665", "80190"]}
    assert findings == ["derived.code_in_city A2"]


def test_nothing_is_taken_apart_for_a_platform_that_does_not_want_it() -> None:
    values, findings = apart({"house_number": ["12 bus 4"]}, {"house_number"})
    assert values == {"house_number": ["12 bus 4"]}
    assert findings == []


def test_a_street_that_holds_its_number_gives_it_where_the_number_has_no_column() -> None:
    values, findings = apart({"street": ["Meir 24A bus 2", "Place du 8 Mai 1945"]})
    assert values["street"] == ["Meir", "Place du 8 Mai 1945"]
    assert (values["house_number"], values["box"]) == (["24A", None], ["2", None])
    assert findings == ["derived.street A2"]
    assert apart({"street": ["Meir 24"], "house_number": ["26"]})[0]["street"] == ["Meir 24"]


def test_a_street_is_taken_apart_beside_an_empty_number_as_without_its_column() -> None:
    values, findings = apart({"street": ["Meir 24", "Zone 3"], "house_number": [None, "26"], "box": ["B12", None]})
    assert values == {"street": ["Meir", "Zone 3"], "house_number": ["24", "26"], "box": ["B12", None]}
    assert findings == ["derived.street A2"]


def test_a_name_is_turned_round_only_for_a_platform_that_takes_it_whole() -> None:
    names: dict[str, list[str | None]] = {"contact_name": ["Thill, Marc", "M. Marc Thill", "Thill Marc"]}
    values, findings = apart(names, {"contact_name"})
    assert values["contact_name"] == ["Marc Thill", "Marc Thill", "Thill Marc"]
    assert findings == ["contact_name.turned A2", "contact_name.shortened A3"]
    assert apart(names, {"contact_first_name"})[0] == names


PIECES = st.sampled_from(
    [
        *("9000", "Gent", " ", ",", "L-", "1611", "12", "bus 3", "A", "\n", "-", "Kerkstraat", "1234 AB", "\u0661"),
        "²",
        "é",
    ]
)


@pytest.mark.parametrize("shared", COMBINED_CELLS, ids=lambda one: f"{one.field} {one.code}")
@given(cell=st.lists(PIECES | st.text(max_size=3), max_size=7).map("".join) | st.text())
def test_no_cell_that_is_taken_apart_is_passed_over(shared: CombinedCell, cell: str) -> None:
    if shared.split(cell) is not None:
        assert pc.match_substring_regex(pa.array([cell]), shared.sign).to_pylist() == [True]


ACCOUNTS = {"iban", "bic"}


def test_a_bic_beside_an_account_goes_into_its_own_column() -> None:
    values, findings = apart({"iban": ["GKCCBEBB BE71 0961 2345 6769", "BE62510007547061"]}, ACCOUNTS)
    assert values == {"iban": ["BE71096123456769", "BE62510007547061"], "bic": ["GKCCBEBB", None]}
    assert findings == ["derived.bic A2"]


def test_a_bic_in_its_own_cell_counts_and_another_one_is_told() -> None:
    cells: dict[str, list[str | None]] = {
        "iban": ["BE71096123456769 / GKCCBEBB", "BE71096123456769 (GKCCBEBB)", "BE71096123456769 GKCCBEBB"],
        "bic": ["KREDBEBB", "gkcc be bb", None],
    }
    values, findings = apart(cells, ACCOUNTS)
    assert values == {"iban": ["BE71096123456769"] * 3, "bic": ["KREDBEBB", "gkcc be bb", "GKCCBEBB"]}
    assert findings == ["derived.bic A2", "derived.bic A3", "derived.bic A4", "bic.two B2"]


@pytest.mark.parametrize("cell", ["BE71096123456769 BE62510007547061 GKCCBEBB", "NL91ABNA0417164300", "GKCCBEBB"])
def test_two_accounts_or_one_alone_are_left_as_they_are(cell: str) -> None:
    assert apart({"iban": [cell]}, ACCOUNTS) == ({"iban": [cell]}, [])


NUMBERS = {"company_number", "vat_number"}


def under(header: str, field: str, cells: list[str | None]) -> dict[str, list[str | None]]:
    """Return what cells of a column with this header are, read as `field`."""
    read = table({header: cells})
    result, _ = split_combined_cells({field: read.columns[0]}, read, NUMBERS, NUMBERS)
    return {name: column.values.to_pylist() for name, column in result.items()}


def test_under_a_header_of_both_numbers_the_letters_of_a_country_make_a_vat_number() -> None:
    cells: list[str | None] = ["BE 0403.019.261", "0403.019.261", "NL001234567B01", "vrijgesteld", None]
    assert under("BTW-nr / Ondernemingsnr", "company_number", cells) == {
        "company_number": ["0403019261", "0403.019.261", None, "vrijgesteld", None],
        "vat_number": ["BE0403019261", None, "NL001234567B01", None, None],
    }


def test_read_as_vat_numbers_those_without_letters_are_only_company_numbers() -> None:
    cells: list[str | None] = ["BE 0403.019.261", "0403.019.261", "NL001234567B01", "vrijgesteld"]
    assert under("TVA/BCE", "vat_number", cells) == {
        "company_number": [None, "0403.019.261", None, None],
        "vat_number": ["BE 0403.019.261", None, "NL001234567B01", "vrijgesteld"],
    }


def test_a_belgian_number_with_wrong_check_digits_is_told_once() -> None:
    cells: list[str | None] = ["BE 0403.019.262"]
    assert under("BTW/KBO", "company_number", cells) == {"company_number": cells}


@pytest.mark.parametrize("cell", ["HRB 12345", "SC123456", "CHE-107.787.577", "0208:0403019261"])
def test_letters_of_a_register_make_no_vat_number(cell: str) -> None:
    assert under("BTW/KBO", "company_number", [cell]) == {"company_number": [cell]}


@pytest.mark.parametrize("header", ["Ondernemingsnummer", "KBO/BCE"])
def test_a_header_of_the_company_number_alone_makes_no_vat_number(header: str) -> None:
    cells: list[str | None] = ["BE 0403.019.261"]
    assert under(header, "company_number", cells) == {"company_number": cells}


def test_a_header_of_the_vat_number_alone_keeps_numbers_without_letters() -> None:
    cells: list[str | None] = ["0403.019.261"]
    assert under("BTW-nummer", "vat_number", cells) == {"vat_number": cells}
