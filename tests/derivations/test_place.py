"""Postal code and city in one cell."""

from __future__ import annotations

import pytest

from clientimport.derivations.place import taken_apart


@pytest.mark.parametrize(
    ("cell", "code", "city"),
    [
        ("9000 Gent", "9000", "Gent"),
        ("B-9000 Gent", "9000", "Gent"),
        ("L-1611 Luxembourg", "1611", "Luxembourg"),
        ("1348 Louvain-la-Neuve", "1348", "Louvain-la-Neuve"),
        ("1234 AB Amsterdam", "1234 AB", "Amsterdam"),
        ("59000 Lille", "59000", "Lille"),
        ("9870, Sint-Martens-Latem", "9870", "Sint-Martens-Latem"),
        ("Gent 9000", "9000", "Gent"),
        ("Louvain-la-Neuve (1348)", "1348", "Louvain-la-Neuve"),
    ],
)
def test_both_are_found(cell: str, code: str, city: str) -> None:
    derived = taken_apart(cell)
    assert derived is not None
    assert derived.values == (code, city)


@pytest.mark.parametrize("cell", ["Gent", "9000", "1234 AB", "", None, "12 Gent", "Gent 90"])
def test_one_of_them_alone_is_left_alone(cell: str | None) -> None:
    assert taken_apart(cell) is None
