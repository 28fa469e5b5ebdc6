"""Clients' codes are certain only where nothing shows that they are something else."""

from __future__ import annotations

import pytest

from mapping_sheet import certain, fields, matched

ROWS = 12
COMPANIES = [f"Bakkerij {letter} BV" for letter in "ABCDEFGHIJKL"]
NUMBERS = ["0403.019.261", "0566.988.259", "0419.618.535"]


@pytest.mark.parametrize("header", ["Klantnummer", "Code client", "Kundennummer", "Client ID", "Code comptable"])
@pytest.mark.parametrize("codes", [[str(at % 5) for at in range(ROWS)], ["A1", "B2", "C3"] * 4])
def test_codes_that_several_clients_share_are_asked_about(header: str, codes: list[str]) -> None:
    mapping = matched([("Firma", COMPANIES), (header, codes)], "accounton")
    assert certain(mapping)[1] is False


def test_codes_of_their_own_are_certain_and_two_slips_change_nothing() -> None:
    codes = [f"K{100 + at}" for at in range(ROWS)]
    for listed in (codes, [codes[1], *codes[1:]]):
        mapping = matched([("Firma", COMPANIES), ("Klantnummer", listed)], "accounton")
        assert (fields(mapping)[1], certain(mapping)[1]) == ("client_code", True)


def test_codes_that_repeat_as_often_as_the_clients_are_certain() -> None:
    rows = [at // 3 for at in range(ROWS)]  # three contacts of each client
    sheet = [("Firma", [COMPANIES[at] for at in rows]), ("Klantnummer", [f"K{100 + at}" for at in rows])]
    mapping = matched(sheet)
    assert (fields(mapping)[1], certain(mapping)[1]) == ("client_code", True)


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_company_numbers_are_no_codes_for_certain(rows: int) -> None:
    mapping = matched([("Firma", COMPANIES[:rows]), ("Klantnummer", NUMBERS[:rows])])
    assert certain(mapping)[1] is False
    assert "company_numbers" in [reason.code for reason in mapping.matches[1].reasons]


def test_the_reason_is_said() -> None:
    mapping = matched([("Firma", COMPANIES), ("Klantnummer", ["1", "2", "3"] * 4)])
    assert mapping.matches[1].reasons[-1].code == "repeated_codes"
