"""Whatever a cell or a platform says, the terminal shows it and obeys none of it."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from rich.markup import escape

from clientimport.messages.printable import printable
from command_line import clientimport

STEERING = {chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@example("".join(sorted(STEERING)))
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_no_character_steers_the_terminal_or_the_direction_of_reading(text: str) -> None:
    shown = printable(text)
    assert not STEERING & set(shown)
    assert len(shown) == len(text)


def test_every_character_there_is_has_a_shape_or_a_mark() -> None:
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    shown = printable(everything)
    assert not STEERING & set(shown)
    assert {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Zl", "Zp"} <= {"Cf"}


def test_what_looks_like_markup_is_shown_as_it_stands() -> None:
    for harm in ("[/red]", "[link=https://evil.example]x[/link]", "[bold"):
        answer = clientimport("explain", harm)
        assert harm in answer.out + answer.err, escape(harm)
