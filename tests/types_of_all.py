"""One of each type."""

from __future__ import annotations

from clientimport.schema.types import TYPES
from clientimport.schema.types.fixed_value import FixedValue

EVERY = {name: FixedValue("person") if name == "literal" else build() for name, build in TYPES.items()}
