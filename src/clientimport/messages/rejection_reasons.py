"""Why a row was rejected, as text: finding codes as sentences, and a platform's own words explained beside them."""

from __future__ import annotations

from collections.abc import Iterator

from clientimport.messages.catalog import MessageCatalog, fill_placeholders, placeholders
from clientimport.schema.reference.platform_rejections import rejection_codes
from clientimport.schema.reference.rejection_words import RefusedValue, refused_values


def reason_text(messages: MessageCatalog, reason: str, platform: str = "") -> str:
    """Return a reason as the ledger keeps it in words.

    Our own are codes, with what to do; one about a client has its id behind a colon. A platform's are its own words,
    with ours behind them where we know what they mean: its sentence, or its code of a field and what is wrong with it.
    """
    if not reason:
        return ""
    code, _, client_id = reason.partition(": ")
    if client_id and code in messages.findings:
        return fill_placeholders(_sentences(messages, code), {"id": client_id})
    codes = reason.split(", ")
    if all(code in messages.findings for code in codes):
        return messages.series(_title(messages, code) for code in codes)
    explanation = " ".join(explanations(messages, reason, platform))
    return f"{reason} ({explanation})" if explanation else reason


def explanations(messages: MessageCatalog, reason: str, platform: str = "") -> Iterator[str]:
    """Yield what a platform's own words mean, in the user's language, part by part; nothing of those not known."""
    for part in reason.split("; "):
        codes = rejection_codes(part)
        if codes:
            yield from (_sentences(messages, code) for code in codes)
        else:
            yield from (_meaning(messages, value, platform) for value in refused_values(part, platform))


def _meaning(messages: MessageCatalog, value: RefusedValue, platform: str) -> str:
    """Return what was refused: the field by its label, what is wrong with it, and what belongs there."""
    if value.field is None:
        return messages.phrase(f"refused.client.{value.kind}")
    label = messages.label(value.field) if value.field in messages.fields else messages.phrase(f"label.{value.field}")
    wrong = messages.phrase(f"refused.{value.kind or 'other'}", field=label)
    rule = messages.rule(platform, value.field) if value.field in messages.fields else ""
    return f"{wrong} {rule}" if rule and value.kind != "taken" else wrong


def _sentences(messages: MessageCatalog, code: str) -> str:
    return f"{messages.findings[code].message} {messages.findings[code].mend}"


def _title(messages: MessageCatalog, code: str) -> str:
    """Return what a finding is, and what to do about it where that says nothing of the row."""
    known = messages.findings[code]
    return known.title if placeholders(known.mend) else f"{known.title}. {known.mend.rstrip('.')}"
