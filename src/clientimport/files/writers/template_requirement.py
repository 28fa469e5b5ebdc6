"""A requirement: whether a column of a platform's file must be filled in, in words."""

from __future__ import annotations

from clientimport.messages.catalog import MessageCatalog
from clientimport.model.platform_schema import PlatformColumn, PlatformSchema


def requirement_text(schema: PlatformSchema, column: PlatformColumn, phrases: MessageCatalog) -> str:
    """Return "Required", "Optional", or which other columns must be filled in when this one is not."""
    if column.required:
        return phrases.phrase("template.required")
    for group in schema.alternatives:
        if column.field in group:
            others = (other for other in schema.columns if other.field in group and other is not column)
            return phrases.phrase(
                "template.either", others=" / ".join(other.header(phrases.language) for other in others)
            )
    return phrases.phrase("template.optional")
