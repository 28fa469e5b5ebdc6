"""The selection of an account's clients: by words, by status, and by how long ago their last mail was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from clientimport.cli.client_filter import ClientFilter
from clientimport.errors import UsageError
from clientimport.messages.catalog import LANGUAGES, message_catalog
from clientimport.model.client import STRONG_IDENTIFIERS, display_name
from clientimport.model.did_you_mean import did_you_mean
from clientimport.model.normalize import normalize
from clientimport.push.mail import RESENDABLE
from clientimport.schema.loader import STATUSES

if TYPE_CHECKING:
    from clientimport.model.platform_schema import PlatformSchema
    from clientimport.model.remote import RemoteClient
    from clientimport.push.ledger.client_history import ClientHistory

SEARCHED = ("contact_email", *STRONG_IDENTIFIERS)
"""The fields that are searched beside the name."""
KNOWN = (*STATUSES, "unknown")
"""The canonical states of a client; `unknown` is one that the platform calls by a word never seen."""


@dataclass(frozen=True, slots=True)
class ClientSelection:
    """A filter whose words are known to be the platform's."""

    words: tuple[str, ...]
    statuses: frozenset[str]
    """Empty for all."""
    invited_before: int | None
    now: datetime

    def include(self, client: RemoteClient, history: ClientHistory) -> bool:
        """Return whether a client is among them."""
        return self._has_status(client) and self._is_old_enough(client, history) and _has_words(client, self.words)

    def _has_status(self, client: RemoteClient) -> bool:
        default = () if self.invited_before is None else RESENDABLE
        statuses = self.statuses or default
        return not statuses or client.status in statuses

    def _is_old_enough(self, client: RemoteClient, history: ClientHistory) -> bool:
        days = self.invited_before
        return days is None or history.mailed_before(days, self.now, client.invitations)


def client_selection(wanted: ClientFilter, schema: PlatformSchema, now: datetime, language: str) -> ClientSelection:
    """Return which clients are meant. Raises UsageError for a word that is no status of a client."""
    words = tuple(normalize(wanted.search or "").split())
    statuses = frozenset(_status(word, schema, language) for word in wanted.status or ())
    return ClientSelection(words, statuses, wanted.invited_before, now)


def _status(asked: str, schema: PlatformSchema, language: str) -> str:
    """Return the canonical status that a word stands for: canonical, of the platform's API or page, in any language."""
    messages = message_catalog(language)
    spoken = {message_catalog(code).client_status(status, schema.id): status for code in LANGUAGES for status in KNOWN}
    names = {messages.status_label(status, schema.id): status for status in KNOWN}
    words = {**(schema.api.statuses if schema.api else {}), **spoken, **dict(zip(KNOWN, KNOWN, strict=True))}
    status = {normalize(word): status for word, status in words.items()}.get(normalize(asked))
    if status is None:
        raise UsageError("clients.unknown_status", name=asked, meant=did_you_mean(asked, words), known=", ".join(names))
    return status


def _has_words(client: RemoteClient, words: Sequence[str]) -> bool:
    """Return whether each word is in a client's name, number or e-mail address, as a person would compare them.

    A number is the same with dots and without.
    """
    texts = (display_name(client.fields), client.client_id, *(client.fields.get(name, "") for name in SEARCHED))
    searched = [normalize(text) for text in texts]
    number = "".join(words)
    if any(character.isdigit() for character in number) and any(number in text.replace(" ", "") for text in searched):
        return True
    together = " ".join(searched)
    return all(word in together for word in words)
