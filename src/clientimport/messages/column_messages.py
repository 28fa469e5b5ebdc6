"""The sentences of a column of findings: as `finding_message` makes them one by one, but all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter

from clientimport.messages.catalog import MessageCatalog
from clientimport.messages.finding_messages import WORDED_FACTS, finding_message, is_masked_value
from clientimport.messages.printable import printable
from clientimport.messages.worded_value import worded_values
from clientimport.model.findings import FindingColumn
from clientimport.model.masking import mask_text, mask_texts, mask_values


def column_messages(messages: MessageCatalog, column: FindingColumn, *, show_personal_data: bool = False) -> list[str]:
    """Return the sentence of each finding, with register numbers masked unless `show_personal_data`."""
    if not WORDED_FACTS.isdisjoint(column.facts):
        return [finding_message(messages, finding, show_personal_data=show_personal_data) for finding in column]
    sentence = messages.findings[column.code].message
    varying = _varying(messages, column, show_personal_data)
    same = _same(messages, column)
    shown = same if show_personal_data else {name: mask_text(text) for name, text in same.items()}
    form, names = _percent_form(sentence, varying, shown)
    if not names:
        return [form % ()] * len(column)
    return [form % texts for texts in zip(*(_printable(varying[name]) for name in names), strict=True)]


def _varying(messages: MessageCatalog, column: FindingColumn, show: bool) -> dict[str, Sequence[str]]:
    """Return what differs from finding to finding, by placeholder."""
    rows = {"row": [str(row) for row in column.rows.tolist()]}
    facts = {name: _texts(texts.to_pylist()) for name, texts in column.facts.items()}
    told = {"value": column.values, "suggestion": column.suggestions}
    values: dict[str, Sequence[str]] = {
        name: _texts(texts.to_pylist()) for name, texts in told.items() if texts is not None
    }
    if "suggestion" in values:
        values["suggestion"] = worded_values(messages, column.field, values["suggestion"])
    if show:
        return {**rows, **facts, **values}
    hidden = is_masked_value(column)
    return {
        **{name: mask_texts(texts) for name, texts in {**rows, **facts}.items()},
        **{name: mask_values(hidden, texts) for name, texts in values.items()},
    }


def _same(messages: MessageCatalog, column: FindingColumn) -> dict[str, str]:
    return {
        "column": column.column or "",
        "header": column.header or "",
        "field": column.field or "",
        "label": messages.label(column.field) if column.field else "",
    }


def _percent_form(sentence: str, varying: Mapping[str, object], same: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return the sentence in the form of the operator `%`, which is quickest, and the names of what it leaves open."""
    form, names = "", list[str]()
    for text, name, _, _ in Formatter().parse(sentence):
        form += text.replace("%", "%%")
        if name and name in varying:
            form, names = f"{form}%s", [*names, name]
        elif name:
            form += printable(same.get(name, "")).replace("%", "%%")
    return form, names


def _texts(texts: Sequence[str | None]) -> list[str]:
    return [text or "" for text in texts]


def _printable(texts: Sequence[str]) -> Sequence[str]:
    return texts if "".join(texts).isprintable() else list(map(printable, texts))
