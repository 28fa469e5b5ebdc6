"""One of each type."""

from __future__ import annotations

from clientimport.types import TYPES
from clientimport.types.literal import Literal

EVERY = {name: Literal("person") if name == "literal" else build() for name, build in TYPES.items()}
