"""The top-level domains are those that exist, in letters of their own too."""

from __future__ import annotations

import pytest

from clientimport.schema.data_files import data_folder
from clientimport.schema.reference.top_level_domains import FILE, is_top_level_domain, top_level_domain


@pytest.mark.parametrize("name", ["be", "BE", "brussels", "vlaanderen", "gent", "lu", "xn--80adxhks", "москва", "бел"])
def test_an_ending_that_exists_is_known(name: str) -> None:
    assert is_top_level_domain(name)


@pytest.mark.parametrize("name", ["bee", "con", "c", "example", "test", "onion", "local", ""])
def test_an_ending_that_does_not_exist_is_known(name: str) -> None:
    assert not is_top_level_domain(name)


def test_the_list_says_where_it_is_from_and_of_which_day() -> None:
    head = (data_folder("schemas") / FILE).read_text(encoding="ascii").splitlines()[:3]
    assert "iana.org" in head[0]
    assert any("2026-10-23" in line for line in head)
    assert top_level_domain("Peeters.BE") == "be"
