"""Error responses: a rejection in the platform's own words, and what other responses must hold."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.connectors.client_identity import same_value
from clientimport.connectors.http.client import NOT_ALLOWED, NOT_FOUND, Response
from clientimport.connectors.http.json_document import JsonDocument, not_the_api
from clientimport.connectors.protocol import AnotherClient, AnswerLost, PlatformRejected
from clientimport.errors import ClientImportError, SettingsUnusable


def raise_for_rejection(response: Response, *, may_exist: bool = False) -> Response:
    """Return the answer. Raises PlatformRejected when it is a no; `exists` whether the client may be there already."""
    if response.ok:
        return response
    raise PlatformRejected(rejection_reason(response), may_exist=may_exist)


def document_or_none(response: Response) -> JsonDocument | None:
    """Return what was asked for, None when the platform has not got it.

    Raises PlatformUnreachable for every other error: whether the client is there is not known.
    """
    if response.status == NOT_FOUND:
        return None
    if not response.ok:
        raise not_the_api(response.host)
    return response.document()


def created_id(response: Response, name: str, *, may_exist: bool) -> str:
    """Return the id that the answer has under `name`.

    Raises PlatformRejected; AnswerLost when it was accepted without an id; SettingsUnusable when the address does not
    exist, for what is wrong for one client is then wrong for all.
    """
    if response.status in (NOT_FOUND, NOT_ALLOWED):
        raise SettingsUnusable("connection.not_the_api", host=response.host, status=response.status)
    try:
        return raise_for_rejection(response, may_exist=may_exist).document().id(name)
    except ClientImportError:
        raise AnswerLost("not_the_api", response.host) from None


def require_added_contact(response: Response, name: str, contact: Mapping[str, str]) -> None:
    """Raise PlatformRejected for a rejection, AnotherClient when the answer shows another contact than was added."""
    content = raise_for_rejection(response).content
    named = content.get(name) if isinstance(content, dict) else None
    email = contact.get("contact_email", "")
    if email and isinstance(named, str) and named and not same_value(email, named):
        raise AnotherClient("")


def rejection_reason(response: Response) -> str:
    """Return the words about each field, else about the whole request, else the bare status."""
    errors = response.content.get("errors") if isinstance(response.content, dict) else None
    parts = [part for part in errors if isinstance(part, dict)] if isinstance(errors, list) else []
    if parts:
        pairs = ((part.get("field"), part.get("message")) for part in parts)
        sentences = (" - ".join(text for text in pair if isinstance(text, str) and text) for pair in pairs)
        return "; ".join(filter(None, sentences)) or f"HTTP {response.status}"
    words = (response.text(name) for name in ("detail", "message", "title", "error"))
    return next(filter(None, words), f"HTTP {response.status}")
