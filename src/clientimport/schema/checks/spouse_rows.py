"""A couple is one row: the partner stands beside the declarant, never on a row of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from clientimport.model.columns import repeated_positions, true_positions
from clientimport.model.finding import Issue
from clientimport.model.records import Records


def spouse_on_own_row(records: Records) -> Iterator[Issue]:
    """Notice the later of two rows of which one names the other's client as partner: one return, not two.

    https://accounton.freshdesk.com/support/solutions/articles/101000403544-klanten-importeren-via-een-excel-file
    """
    client, spouse = records.column("national_register_number"), records.column("spouse_national_register_number")
    rows_of_partners = pc.index_in(spouse, value_set=client, skip_nulls=True)
    partner_of: list[int] = rows_of_partners.fill_null(-1).to_numpy().tolist()
    own_again = frozenset(true_positions(pc.equal(client, spouse)))
    rows = (position for position in true_positions(pc.is_valid(rows_of_partners)) if position not in own_again)
    couples = ((max(row, partner_of[row]), min(row, partner_of[row])) for row in rows)
    for later, first in dict.fromkeys(couples):
        yield Issue("spouse.on_own_row", {"other_row": str(records.rows[first])}).at(later, "national_register_number")


def spouse_of_two(records: Records) -> Iterator[Issue]:
    """Notice each row whose partner an earlier row of another client names as well."""
    clients, spouse = records.column("national_register_number"), records.column("spouse_national_register_number")
    named = repeated_positions(spouse)
    first_rows: dict[str | None, tuple[int, str | None]] = {}
    pairs = zip(named.tolist(), spouse.take(named).to_pylist(), clients.take(named).to_pylist(), strict=True)
    for position, partner, client in pairs:
        first, first_client = first_rows.setdefault(partner, (position, client))
        if first != position and not (client and client == first_client):
            facts = {"other_row": str(records.rows[first])}
            yield Issue("spouse.of_two", facts).at(position, "spouse_national_register_number")


def spouse_is_self(records: Records) -> Iterator[Issue]:
    """Notice every row whose partner has the client's own national register number."""
    same = pc.equal(records.column("national_register_number"), records.column("spouse_national_register_number"))
    for position in true_positions(same):
        yield Issue("spouse.is_self").at(position, "spouse_national_register_number")
