"""What a cell can contain: one module per kind of content, by the name that schemas use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clientimport.types.interface import Type

TYPES: Mapping[str, Callable[..., Type]] = {}
"""Every type by its name in schema files."""
