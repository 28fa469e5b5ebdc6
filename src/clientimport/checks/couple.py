"""A couple is one row: the partner stands beside the declarant, never on a row of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.compute as pc

from clientimport.checks.positions import positions
from clientimport.finding import Problem
from clientimport.record import Records
from clientimport.schema import Noticed


def spouse_on_own_row(records: Records) -> Iterator[Noticed]:
    """Notice the row of somebody who is the partner on another row; of two that name each other, the later one.

    https://accounton.freshdesk.com/support/solutions/articles/101000403544-klanten-importeren-via-een-excel-file
    """
    own, spouse = records.column("national_register_number"), records.column("spouse_national_register_number")
    rows_of_partners = pc.index_in(spouse, value_set=own, skip_nulls=True)
    partner_of: list[int] = rows_of_partners.fill_null(-1).to_numpy().tolist()
    own_again = frozenset(positions(pc.equal(own, spouse)))
    noticed: set[tuple[int, int]] = set()
    for position in positions(pc.is_valid(rows_of_partners)):
        if position in own_again:
            continue
        partner = partner_of[position]
        mutual = partner_of[partner] == position
        row, other = (max(position, partner), min(position, partner)) if mutual else (partner, position)
        if (row, other) not in noticed:
            noticed.add((row, other))
            facts = {"other_row": str(records.rows[other])}
            yield Noticed(row, "national_register_number", Problem("spouse.on_own_row", facts))


def spouse_is_self(records: Records) -> Iterator[Noticed]:
    """Notice every row whose partner has the client's own national register number."""
    same = pc.equal(records.column("national_register_number"), records.column("spouse_national_register_number"))
    for position in positions(same):
        yield Noticed(position, "spouse_national_register_number", Problem("spouse.is_self"))
