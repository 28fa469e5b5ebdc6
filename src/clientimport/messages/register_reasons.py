"""Why a register could not say something, in the words of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientimport.messages.catalog import MessageCatalog

_KINDS = {
    "busy": (
        *("MS_MAX_CONCURRENT_REQ", "MS_MAX_CONCURRENT_REQ_TIME"),
        *("GLOBAL_MAX_CONCURRENT_REQ", "GLOBAL_MAX_CONCURRENT_REQ_TIME", "too_many_requests"),
    ),
    "silent": (
        *("SERVICE_UNAVAILABLE", "MS_UNAVAILABLE", "TIMEOUT", "unavailable", "unreachable", "timeout"),
        *("dns_timeout", "dns_failed", "smp_failed"),
    ),
    "blocked": ("VAT_BLOCKED", "IP_BLOCKED"),
    "requester": ("INVALID_REQUESTER_INFO",),
    "input": ("INVALID_INPUT",),
    "not_in_vies": ("not_in_vies",),
    "leftover": ("leftover",),
    "unknown_to_smp": ("unknown_to_smp",),
    "access_point_unknown": ("access_point_unknown",),
}
_KIND_OF = {reason: kind for kind, reasons in _KINDS.items() for reason in reasons}


def register_reason(words: MessageCatalog, reason: str) -> str:
    """Return a reason in words; one that nobody foresaw is shown as it is."""
    return words.phrase(f"registers.reason.{_KIND_OF.get(reason, 'other')}", code=reason)
