"""What a repair made of a cell, as a person may read it."""

from __future__ import annotations

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import is_masked_value
from clientimport.messages.worded_value import worded_value
from clientimport.model.finding import Finding
from clientimport.model.masking import mask_value


def repaired_value(messages: MessageCatalog, repair: Finding, *, masks: bool) -> str:
    """Return what a repair made of a cell as it may be shown, in words where it left the cell empty."""
    read_as = worded_value(messages, repair.field, repair.suggestion or repair.facts.get("apart", ""))
    if not read_as:
        return messages.phrase("report.emptied")
    return mask_value(is_masked_value(repair), read_as) if masks else read_as
