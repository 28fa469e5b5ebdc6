"""Refusals: the platform's own words for why it said no."""

from __future__ import annotations

from typing import Any

from clientimport.errors import PlatformUnreachable, SettingsUnusable
from clientimport.platforms.http_session import NOT_ALLOWED, NOT_FOUND, Answer
from clientimport.platforms.interface import Lost, Refused


def done(answer: Answer, *, exists: bool = False) -> Answer:
    """Return the answer. Raises Refused when it is a no; `exists` whether the client may be there already."""
    if answer.ok:
        return answer
    raise Refused(reason(answer), exists=exists)


def there(answer: Answer) -> dict[str, Any] | None:
    """Return what was asked for, None when the platform has not got it.

    Raises PlatformUnreachable for every other no: it says nothing about the client, so nothing may be concluded.
    """
    if answer.status == NOT_FOUND:
        return None
    if not answer.ok:
        raise PlatformUnreachable("platform_down", host=answer.host)
    return answer.object()


def created(answer: Answer, name: str, *, exists: bool) -> str:
    """Return the id that the answer has under `name`.

    Raises Refused; Lost when it said yes and not to what; SettingsUnusable when there is nobody at this address, for
    what is wrong for one client is then wrong for all.
    """
    if answer.status in (NOT_FOUND, NOT_ALLOWED):
        raise SettingsUnusable("connection.not_the_api", host=answer.host, status=answer.status)
    client_id = done(answer, exists=exists).text(name)
    if not client_id:
        raise Lost("platform_down", answer.host)
    return client_id


def reason(answer: Answer) -> str:
    """Return the words about each field, else about the whole request, else the bare status."""
    errors = answer.content.get("errors") if isinstance(answer.content, dict) else None
    parts = [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    if parts:
        pairs = ((one.get("field"), one.get("message")) for one in parts)
        return "; ".join(" - ".join(str(said) for said in pair if said) for pair in pairs)
    words = (answer.text(name) for name in ("detail", "message", "title", "error"))
    return next(filter(None, words), f"HTTP {answer.status}")
