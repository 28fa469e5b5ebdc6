"""Which sheet of a file was read and which row names its columns, as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientimport.messages.printable import printable

if TYPE_CHECKING:
    from clientimport.messages.catalog import MessageCatalog
    from clientimport.model.table import Table


def sheet_read(table: Table, messages: MessageCatalog) -> str:
    """Return which sheet was read, and which row for the headers."""
    code = f"map.read{'' if table.header_row else '_bare'}{'' if table.sheet else '_text'}"
    return messages.phrase(code, sheet=printable(table.sheet or ""), row=str(table.header_row))
