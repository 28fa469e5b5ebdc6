"""Plain texts are cleaned on a shorter way, to the same result."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from clientimport.schema.types.cleaning import clean, clean_text

INVISIBLE = "\u200b"
"""Without meaning, and enough for the longer way."""


@example("a  b")
@example("a_x000D_b")
@given(st.text(alphabet="aB1 '\"`-_x000dD\t\n~", max_size=12))
def test_a_plain_text_becomes_what_it_becomes_beside_an_invisible_character(text: str) -> None:
    assert clean(text) == clean(INVISIBLE + text)
    assert clean_text(text) == clean_text(INVISIBLE + text)
