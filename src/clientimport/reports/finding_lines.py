"""A column of findings as lines of JSON, all at once."""

from __future__ import annotations

from json.encoder import encode_basestring_ascii

import pyarrow as pa

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.column_messages import column_messages
from clientimport.messages.finding_messages import is_masked_value
from clientimport.model.findings import FindingColumn
from clientimport.model.masking import mask_text, mask_values
from clientimport.model.object_columns import object_form


def column_lines(column: FindingColumn, messages: MessageCatalog, *, masks: bool) -> list[str]:
    """Return what `json.dumps` makes of each finding's data (`json_report.finding_data`)."""
    header = mask_text(column.header) if column.header and masks else column.header
    head = {"code": column.code, "severity": column.severity, "row": None, "column": column.column, "cell": None}
    tail = {"field": column.field, "header": header, "value": None, "message": None, "suggestion": None}
    form = object_form(
        {**head, **tail}, {"row": "%d", **dict.fromkeys(("cell", "value", "message", "suggestion"), "%s")}
    )
    rows = column.rows.tolist()
    cells = [f'"{column.column}{row}"' for row in rows] if column.column else ["null"] * len(rows)
    sentences = column_messages(messages, column, show_personal_data=not masks)
    values, suggestions = (_encoded_values(column, texts, masks=masks) for texts in (column.values, column.suggestions))
    return [
        form % texts
        for texts in zip(rows, cells, values, map(encode_basestring_ascii, sentences), suggestions, strict=True)
    ]


def _encoded_values(column: FindingColumn, texts: pa.StringArray | None, *, masks: bool) -> list[str]:
    if texts is None:
        return ["null"] * len(column)
    given = texts.to_pylist()
    shown = [text or "" for text in given]
    if masks:
        shown = mask_values(is_masked_value(column), shown)
    return ["null" if text is None else encode_basestring_ascii(seen) for text, seen in zip(given, shown, strict=True)]
