"""A finding as sentences of one language, with its place and value filled in and personal data masked."""

from __future__ import annotations

from datetime import date

from clientimport.messages.catalog import MessageCatalog, fill_placeholders, placeholders
from clientimport.messages.register_reasons import register_reason
from clientimport.messages.worded_value import worded_value
from clientimport.model.finding import Finding
from clientimport.model.findings import FindingColumn
from clientimport.model.masking import mask_text, mask_value, may_hold_number
from clientimport.schema.fields import canonical_fields
from clientimport.schema.finding_catalog import finding_kinds

WORDED_FACTS = frozenset({"count", "register_date", "register_reason", "countries"})
"""Facts that are put into words of the language."""


def finding_message(messages: MessageCatalog, finding: Finding, *, show_personal_data: bool = False) -> str:
    """Return what is there and what would be right, with register numbers masked unless `show_personal_data`."""
    sentence = _sentence(messages, messages.findings[finding.code].message, finding, show_personal_data)
    if finding.sheet is None:
        return sentence
    place = messages.phrase("report.on_sheet", sheet=finding.sheet, row=finding.sheet_row)
    return f"{sentence} {place}"


def finding_advice(messages: MessageCatalog, finding: Finding, *, show_personal_data: bool = False) -> str:
    """Return what to do about it. National register numbers are masked unless `show_personal_data`."""
    return _sentence(messages, messages.findings[finding.code].mend, finding, show_personal_data)


def finding_label(messages: MessageCatalog, finding: Finding) -> str:
    """Return what the field of a finding is called; nothing where it has none or the title says it already."""
    if not finding.field or finding.field not in messages.fields:
        return ""
    label = messages.label(finding.field)
    return "" if messages.findings[finding.code].title.casefold().startswith(label.casefold()) else label


def kind_title(messages: MessageCatalog, finding: Finding) -> str:
    """Return what the findings of this kind are called, behind the field that they are about."""
    label, title = finding_label(messages, finding), messages.findings[finding.code].title
    return messages.with_label(label, title) if label else title


def is_masked_field(field: str | None) -> bool:
    """Return whether the values of a canonical field are national register numbers."""
    known = canonical_fields().get(field) if field else None
    return known is not None and known.masked


def is_masked_value(finding: Finding | FindingColumn) -> bool:
    """Return whether the typed value is a person's number, by its field or by the kind of finding."""
    kind = finding_kinds().get(finding.code)
    return is_masked_field(finding.field) or (kind is not None and kind.masked)


def _sentence(messages: MessageCatalog, sentence: str, finding: Finding, show: bool) -> str:
    asked = placeholders(sentence)
    facts = {**_place(messages, finding), **finding.facts}
    if (count := facts.get("count", "")).isdigit():
        facts["counted_rows"] = messages.plural("report.rows", int(count))
    if facts.get("register_date"):
        facts["date"] = messages.format_date(date.fromisoformat(facts["register_date"]))
    if facts.get("register_reason"):
        facts["reason"] = register_reason(messages, facts["register_reason"])
    if "countries" in facts:
        facts["countries"] = _country_names(facts["countries"], messages.language)
    facts_shown = {name: facts[name] for name in asked if name in facts}
    if not show and may_hold_number(facts_shown.values()):
        facts_shown = {name: mask_text(fact) for name, fact in facts_shown.items()}
    return fill_placeholders(sentence, {**facts_shown, **_values(messages, finding, show)})


def _place(messages: MessageCatalog, finding: Finding) -> dict[str, str]:
    return {
        "row": str(finding.row or ""),
        "column": finding.column or "",
        "header": finding.header or "",
        "field": finding.field or "",
        "label": messages.label(finding.field) if finding.field else "",
    }


def _country_names(codes: str, language: str) -> str:
    """Return the countries by name and code.

    >>> _country_names("CD, CG", "nl")
    'Congo-Kinshasa (CD), Congo-Brazzaville (CG)'
    """
    from babel import Locale  # only where a name means several countries

    names = Locale(language).territories
    return ", ".join(f"{names.get(code, code)} ({code})" for code in codes.split(", "))


def _values(messages: MessageCatalog, finding: Finding, show: bool) -> dict[str, str]:
    hidden = is_masked_value(finding) and not show
    values = {"value": finding.value, "suggestion": worded_value(messages, finding.field, finding.suggestion or "")}
    return {name: value if show else mask_value(hidden, value) for name, value in values.items() if value}
