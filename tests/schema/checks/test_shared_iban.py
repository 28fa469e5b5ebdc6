"""One account beside several clients."""

from __future__ import annotations

from clientimport.schema.checks.shared_iban import shared_accounts
from records_of import records_of

ACCOUNT, OTHER = "BE71096123456769", "BE62510007547061"


def test_an_account_at_another_client_is_noticed_with_the_first_row() -> None:
    rows = records_of(
        legal_name=["Peeters BV", "Maes NV", "Claes BV", "Wouters BV"],
        company_number=["0419618535", "0566988259", "0471730202", "0403019261"],
        iban=[ACCOUNT, ACCOUNT, OTHER, ACCOUNT],
    )
    found = list(shared_accounts(rows))
    assert [(one.position, one.field, one.code) for one in found] == [
        (1, "iban", "iban.shared"),
        (3, "iban", "iban.shared"),
    ]
    assert found[0].facts == {"first_row": "2"}


def test_rows_of_one_client_share_its_account() -> None:
    rows = records_of(
        legal_name=["Peeters BV", "Bakkerij Peeters", "Peeters BV", "PEETERS BV"],
        company_number=["0419618535", "0419618535", None, None],
        vat_number=[None, "BE0419618535", None, None],
        iban=[ACCOUNT] * 4,
    )
    assert list(shared_accounts(rows)) == []


def test_a_row_without_name_and_number_says_nothing_of_another_client() -> None:
    rows = records_of(legal_name=["Peeters BV", None], iban=[ACCOUNT, ACCOUNT])
    assert list(shared_accounts(rows)) == []


def test_empty_accounts_are_shared_by_nobody() -> None:
    assert list(shared_accounts(records_of(legal_name=["Peeters BV", "Maes NV"], iban=[None, None]))) == []
