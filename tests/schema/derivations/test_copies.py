"""Whole columns are copied and joined as each row is by itself."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientimport.schema.derivations import copies
from clientimport.schema.derivations.split_address import join_addresses

TEXTS = st.sampled_from(
    [None, "", "BE0419618535", "BE", "LU15027442", "fr", "nl", "3", "bus 3", "1er étage", "An", "Zoé"]
)


def naive_company_number(vat_number: str | None) -> str | None:
    return vat_number[2:] if vat_number and vat_number.startswith("BE") else None


def naive_locale(language: str | None, country: str | None) -> str | None:
    return f"{language}-{country}" if language and country else None


def naive_spaced(*parts: str | None) -> str | None:
    return " ".join(part for part in parts if part) or None


def naive_address(street: str | None, number: str | None, box: str | None, language: str | None) -> str | None:
    worded = (
        None if not box else box if box.startswith(("bus", "1er")) else f"{'bte' if language == 'fr' else 'bus'} {box}"
    )
    return naive_spaced(street, number, worded) if street else None


@pytest.mark.parametrize(
    ("by_column", "by_row", "sources"),
    [
        (copies.company_numbers, naive_company_number, 1),
        (copies.same_texts, lambda text: text or None, 1),
        (copies.locales, naive_locale, 2),
        (copies.spaced, naive_spaced, 2),
        (join_addresses, naive_address, 4),
    ],
)
@given(data=st.data())
def test_columns_hold_what_follows_for_each_row(
    by_column: Callable[..., pa.StringArray], by_row: Callable[..., str | None], sources: int, data: st.DataObject
) -> None:
    rows = data.draw(st.lists(st.tuples(*[TEXTS] * sources), max_size=6))
    columns = [pa.array([row[at] for row in rows], pa.string()) for at in range(sources)]
    assert by_column(*columns).to_pylist() == [by_row(*row) for row in rows]
