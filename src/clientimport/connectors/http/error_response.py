"""Refusals: the platform's own words for why it said no."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.connectors.client_identity import alike
from clientimport.connectors.http.client import NOT_ALLOWED, NOT_FOUND, Response
from clientimport.connectors.http.json_document import JsonDocument, not_the_api
from clientimport.connectors.protocol import AnotherClient, AnswerLost, PlatformRejected
from clientimport.errors import ClientImportError, SettingsUnusable


def done(answer: Response, *, exists: bool = False) -> Response:
    """Return the answer. Raises PlatformRejected when it is a no; `exists` whether the client may be there already."""
    if answer.ok:
        return answer
    raise PlatformRejected(reason(answer), exists=exists)


def there(answer: Response) -> JsonDocument | None:
    """Return what was asked for, None when the platform has not got it.

    Raises PlatformUnreachable for every other no: it says nothing about the client, so nothing may be concluded.
    """
    if answer.status == NOT_FOUND:
        return None
    if not answer.ok:
        raise not_the_api(answer.host)
    return answer.document()


def created(answer: Response, name: str, *, exists: bool) -> str:
    """Return the id that the answer has under `name`.

    Raises PlatformRejected; AnswerLost when it said yes and not to what; SettingsUnusable when there is nobody at this address, for
    what is wrong for one client is then wrong for all.
    """
    if answer.status in (NOT_FOUND, NOT_ALLOWED):
        raise SettingsUnusable("connection.not_the_api", host=answer.host, status=answer.status)
    try:
        return done(answer, exists=exists).document().id(name)
    except ClientImportError:
        raise AnswerLost("not_the_api", answer.host) from None


def added(answer: Response, name: str, contact: Mapping[str, str]) -> None:
    """Raise PlatformRejected for a no, and AnotherClient when the contact that was added is told to be somebody else."""
    told = done(answer).content
    found = told.get(name) if isinstance(told, dict) else None
    email = contact.get("contact_email", "")
    if email and isinstance(found, str) and found and not alike(email, found):
        raise AnotherClient("")


def reason(answer: Response) -> str:
    """Return the words about each field, else about the whole request, else the bare status."""
    errors = answer.content.get("errors") if isinstance(answer.content, dict) else None
    parts = [one for one in errors if isinstance(one, dict)] if isinstance(errors, list) else []
    if parts:
        pairs = ((one.get("field"), one.get("message")) for one in parts)
        said = (" - ".join(text for text in pair if isinstance(text, str) and text) for pair in pairs)
        return "; ".join(filter(None, said)) or f"HTTP {answer.status}"
    words = (answer.text(name) for name in ("detail", "message", "title", "error"))
    return next(filter(None, words), f"HTTP {answer.status}")
