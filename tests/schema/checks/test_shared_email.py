"""One address beside many clients is a warning; a couple of firms with one address is not."""

from __future__ import annotations

from clientimport.model.records import Records
from clientimport.schema.checks.shared_email import shared_address
from records_of import records_of


def rows(records: Records) -> list[int | None]:
    return [one.position for one in shared_address(records, field="contact_email", apart=("legal_name",))]


def test_an_address_beside_three_clients_is_noticed_once_and_names_their_rows() -> None:
    office = records_of(legal_name=["A", "B", "C", "D"], contact_email=["o@k.be", "O@k.be", "x@y.be", "o@k.be"])
    (noticed,) = shared_address(office, field="contact_email", apart=("legal_name",))
    assert (noticed.position, noticed.code) == (0, "contact_email.shared")
    assert noticed.facts == {"count": "3", "rows": "2-3, 5"}


def test_two_clients_with_one_address_are_only_worth_knowing_at_the_later() -> None:
    two = records_of(legal_name=["A", "B"], contact_email=["o@k.be", "o@k.be"])
    (noticed,) = shared_address(two, field="contact_email", apart=("legal_name",))
    assert (noticed.position, noticed.code) == (1, "contact_email.of_two")
    assert noticed.facts == {"other_row": "2"}


def test_one_client_on_three_rows_is_one_client_however_it_is_written() -> None:
    assert rows(records_of(legal_name=["A b", "A B", "a-b"], contact_email=["o@k.be"] * 3)) == []
