"""One address beside many clients is a warning; a couple of firms with one address is not."""

from __future__ import annotations

from clientimport.checks.shared_address import shared_address
from clientimport.record import Records
from records_of import records_of


def rows(records: Records) -> list[int | None]:
    return [one.position for one in shared_address(records, field="contact_email", apart=("legal_name",))]


def test_an_address_beside_three_clients_is_noticed_on_each_row() -> None:
    office = records_of(legal_name=["A", "B", "C", "D"], contact_email=["o@k.be", "O@k.be", "x@y.be", "o@k.be"])
    assert rows(office) == [0, 1, 3]


def test_two_clients_with_one_address_are_only_worth_knowing() -> None:
    two = records_of(legal_name=["A", "B"], contact_email=["o@k.be", "o@k.be"])
    noticed = list(shared_address(two, field="contact_email", apart=("legal_name",)))
    assert [one.problem.code for one in noticed] == ["contact_email.of_two"] * 2


def test_one_client_on_three_rows_is_one_client() -> None:
    assert rows(records_of(legal_name=["A", "A", "A"], contact_email=["o@k.be"] * 3)) == []
