"""Why a row was rejected, as text: finding codes as sentences, and a platform's own words explained."""

from __future__ import annotations

from clientimport.messages.catalog import MessageCatalog, fill_placeholders, placeholders
from clientimport.schema.reference.platform_rejections import rejection_codes


def reason_text(messages: MessageCatalog, reason: str) -> str:
    """Return a reason as the ledger keeps it in words.

    Our own are codes, with what to do; one about a client has its id behind a colon. A platform's are its own words,
    with ours behind them where we know what they mean.
    """
    if not reason:
        return ""
    code, _, client_id = reason.partition(": ")
    if client_id and code in messages.findings:
        return fill_placeholders(_sentences(messages, code), {"id": client_id})
    codes = reason.split(", ")
    if all(code in messages.findings for code in codes):
        return "; ".join(_title(messages, code) for code in codes)
    return " ".join([reason, *(f"({_sentences(messages, code)})" for code in rejection_codes(reason))])


def _sentences(messages: MessageCatalog, code: str) -> str:
    return f"{messages.findings[code].message} {messages.findings[code].mend}"


def _title(messages: MessageCatalog, code: str) -> str:
    """Return what a finding is, and what to do about it where that says nothing of the row."""
    known = messages.findings[code]
    return known.title if placeholders(known.mend) else f"{known.title}: {known.mend.rstrip('.')}"
