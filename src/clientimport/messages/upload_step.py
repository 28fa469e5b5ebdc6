"""How a file gets onto a platform by hand: the platform's own menus, in the language of the messages."""

from __future__ import annotations

from clientimport.messages.catalog import MessageCatalog
from clientimport.model.platform_schema import PlatformSchema


def upload_step(messages: MessageCatalog, schema: PlatformSchema, file: str) -> str:
    """Return where to click to upload `file`, and what remains to be done after that."""
    key = f"template.step.upload.{schema.id}"
    return messages.phrase(key if key in messages.phrases else "template.step.upload", platform=schema.name, file=file)
