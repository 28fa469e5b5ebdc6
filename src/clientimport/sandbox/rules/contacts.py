"""Checks of e-mail addresses, mobile numbers and languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from clientimport.sandbox.rules.addresses import COUNTRIES

EMAIL = "must contain @ and ."
LOCALE = "must be a language code and a country code, such as nl-BE"
MOBILE = "Mobile number is invalid or enter mobile number with country code"

_BLANK_OR_LIST = re.compile(r"[\s;,<>]")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_BELGIAN_MOBILE = re.compile(r"\+324[0-9]{8}")


def email(value: str) -> str | None:
    """Check one e-mail address as the pages say: valid only when "@" and "." are there."""
    return None if "@" in value and "." in value and not _BLANK_OR_LIST.search(value) else EMAIL


def locale(value: str) -> str | None:
    """Check a locale: language-COUNTRY.

    >>> locale("nl-BE"), locale("nl_BE") == LOCALE
    (None, True)
    """
    language, _, country = value.partition("-")
    return None if language in {"nl", "fr", "en", "de"} and country in COUNTRIES else LOCALE


def mobile(value: str) -> str | None:
    """Check a mobile number: E.164, and a Belgian one +324 and eight digits."""
    match = (_BELGIAN_MOBILE if value.startswith("+32") else _E164).fullmatch(value)
    return None if match else MOBILE


def one_of(*words: str) -> Callable[[str], str | None]:
    """Return a check that a value is one of these words."""
    problem = f"must be one of {', '.join(words)}"
    return lambda value: None if value in words else problem
