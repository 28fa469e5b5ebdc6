"""A display: the language of what is shown, and whether national register numbers are masked in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from clientimport.errors import UsageError
from clientimport.files.detect import STDIN
from clientimport.messages.catalog import LANGUAGES, MessageCatalog, message_catalog
from clientimport.messages.finding_messages import is_masked_field
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.masking import mask_text, mask_value
from clientimport.reports.json_envelope import masked_object

BYTES = "<bytes>"
"""What is shown for a list that has no file: the command line reads it from standard input, a program from bytes."""


@dataclass(frozen=True, slots=True)
class Display:
    """How results are shown."""

    language: str = "en"
    masks: bool = True
    """Whether national register numbers are hidden."""

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            meant, known = did_you_mean(self.language, LANGUAGES), ", ".join(LANGUAGES)
            raise UsageError("usage.unknown_language", name=self.language, meant=meant, known=known)

    def in_language(self, language: str | None) -> Display:
        """Return the display in a language, if one is named. Raises UsageError for one that there is not."""
        return self if language is None else replace(self, language=language)

    @property
    def messages(self) -> MessageCatalog:
        """The sentences, none of which has an option of the command line in it."""
        return message_catalog(self.language, for_pages=True)

    def value(self, field: str, value: str) -> str:
        """Return a field's value as it may be shown."""
        return mask_value(is_masked_field(field), value) if self.masks else value

    def text(self, text: str | None) -> str | None:
        """Return a text as it may be shown."""
        return mask_text(text) if text and self.masks else text

    def file(self, name: str) -> str:
        """Return what a list is called."""
        return BYTES if name == STDIN else str(self.text(name))

    def document(self, document: dict[str, Any]) -> dict[str, Any]:
        """Return what JSON says as it may be shown."""
        return masked_object(document) if self.masks else document
