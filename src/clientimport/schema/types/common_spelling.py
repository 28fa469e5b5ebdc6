"""Common spellings: ways in which many people write a value, read for a whole column at once.

A spelling never decides what is right: what it makes of a text counts only where the type finds that canonical, and a
property test (tests/schema/types/test_common_spelling.py) holds it against the type's own `parse`, value by value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

Rewrite = Callable[[pa.StringArray], pa.StringArray]


@dataclass(frozen=True, slots=True)
class CommonSpelling:
    """One way of writing."""

    expression: str
    """What the whole text matches (RE2, as Arrow takes it)."""
    rewrite: Rewrite
    """Returns the canonical values of texts that match."""
    code: str
    """The repair."""
    countries: tuple[str, ...] = ()
    """Countries of the rows in which it is read so; none: everywhere."""


def without(characters: str, prefix: str = "") -> Rewrite:
    """Return what takes these characters (an expression) away, and puts a prefix before the rest.

    >>> without("[. ]", "BE")(pa.array(["0403.019 261"])).to_pylist()
    ['BE0403019261']
    """
    return partial(_without, characters, prefix)


def _without(characters: str, prefix: str, texts: pa.StringArray) -> pa.StringArray:
    rest: Any = pc.replace_substring_regex(texts, characters, "")
    return cast("pa.StringArray", pc.binary_join_element_wise(pa.scalar(prefix), rest, pa.scalar("")))


def on_one_line(texts: pa.StringArray) -> pa.StringArray:
    """Return texts without outer and double spaces.

    >>> on_one_line(pa.array([" Jan  Maes "])).to_pylist()
    ['Jan Maes']
    """
    return pc.replace_substring_regex(pc.utf8_trim(texts, " "), " +", " ")


SPACES = CommonSpelling("^ *[^ ]+(?: +[^ ]+)* *$", on_one_line, "text.spaces")
"""Spaces around a text and between its words."""
