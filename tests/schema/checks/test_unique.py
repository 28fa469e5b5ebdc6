"""What every client needs for itself, and two have."""

from __future__ import annotations

from collections.abc import Sequence

from clientimport.schema.checks.unique import unlike_other_clients
from records_of import records_of


def noticed(emails: Sequence[str | None], numbers: Sequence[str | None]) -> list[tuple[int | None, str]]:
    records = records_of(contact_email=emails, vat_number=numbers)
    found = unlike_other_clients(records, field="contact_email", code="x", apart=("vat_number",))
    return [(one.position, one.facts["other"]) for one in found]


def test_every_row_of_the_clients_that_share_it_is_noticed_and_names_another() -> None:
    assert noticed(["o@k.be", "a@b.be", "O@k.be", "o@k.be"], ["1", "2", "3", "4"]) == [(0, "4"), (2, "2"), (3, "2")]


def test_one_client_on_several_rows_shares_it_by_right() -> None:
    assert noticed(["o@k.be", "o@k.be", None, None], ["1", "1", "2", "3"]) == []
