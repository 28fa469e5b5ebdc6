"""What VIES says of one VAT number. Not checked is never invalid."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from clientimport.registers.exchange import NoAnswer, RegisterResponse

RETRIED = frozenset(
    {
        *("SERVICE_UNAVAILABLE", "MS_UNAVAILABLE", "TIMEOUT"),
        *("GLOBAL_MAX_CONCURRENT_REQ", "GLOBAL_MAX_CONCURRENT_REQ_TIME"),
        *("MS_MAX_CONCURRENT_REQ", "MS_MAX_CONCURRENT_REQ_TIME"),
    }
)
"""Refusals of the moment: https://ec.europa.eu/taxation_customs/vies/checkVatTestService.wsdl. The others stay."""
MEMBERS = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU"),
        *("LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "XI"),
    )
)
"""The prefixes that VIES knows: Greece is EL, Northern Ireland XI, and Great Britain is not in it."""
_NOT_GIVEN = "---"
_TOO_MANY, _SERVER_ERROR = 429, 500


class ViesState(StrEnum):
    """What is known of a VAT number."""

    VALID = "valid"
    INVALID = "invalid"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class ViesAnswer:
    """The answer about one VAT number."""

    state: ViesState
    checked_at: str | None = None
    """ISO 8601, UTC."""
    name: str | None = None
    address: str | None = None
    consultation: str | None = None
    """The number under which VIES remembers that this requester asked: the proof."""
    reason: str | None = None
    """Why it was not checked."""


class ViesRefusal(Exception):
    """VIES answered, and did not say whether the number is valid."""

    def __init__(self, reason: str, *, passing: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.passing = passing
        """Whether asking again may help."""


def read_answer(answer: RegisterResponse, number: str, checked_at: str) -> ViesAnswer:
    """Return what an answer says of `number`, its prefix included. Raises ViesRefusal, and NoAnswer when it is none."""
    document = _document(answer)
    wrappers = document.get("errorWrappers")
    if document.get("actionSucceed") is False or wrappers:
        errors = wrappers if isinstance(wrappers, list) else []
        reason = next((str(error["error"]) for error in errors if isinstance(error, dict) and error.get("error")), "?")
        raise ViesRefusal(reason, passing=reason in RETRIED or answer.status >= _SERVER_ERROR)
    valid = document.get("valid")
    if not isinstance(valid, bool) or answer.status != 200:  # noqa: PLR2004 -- HTTP's own number
        raise NoAnswer("not_the_service")
    if _answered_for(document, number) != number:
        raise ViesRefusal("other_number", passing=False)
    texts = (_text(document, name) for name in ("name", "address", "requestIdentifier"))
    return ViesAnswer(ViesState.VALID if valid else ViesState.INVALID, checked_at, *texts)


def _document(answer: RegisterResponse) -> Mapping[str, Any]:
    if answer.status == _TOO_MANY:
        raise ViesRefusal("too_many_requests", passing=True)
    try:
        document = json.loads(answer.body)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        raise NoAnswer("not_the_service" if answer.status < _SERVER_ERROR else "unavailable")
    return document


def _answered_for(document: Mapping[str, Any], number: str) -> str:
    """Return the number that an answer is about; one that does not name it is about the one that was asked for."""
    country = str(document.get("countryCode") or number[:2])
    digits = str(document.get("vatNumber") or number[2:])
    return f"{country}{digits}".replace(" ", "").upper()


def _text(document: Mapping[str, Any], name: str) -> str | None:
    value = document.get(name)
    return value.strip() if isinstance(value, str) and value.strip() not in ("", _NOT_GIVEN) else None
