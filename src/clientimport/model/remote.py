"""An account on a platform: its clients, lists and templates as plain data, and what can be asked for beside a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from clientimport.model.client import Client


@dataclass(frozen=True, slots=True)
class Account:
    """Whose clients these are; part of every ledger key, so that two offices never mix."""

    id: str
    name: str
    address: str = ""
    """Where it was reached, as `Connection.address`: what two servers call alike are two accounts."""


@dataclass(frozen=True, slots=True)
class DocumentSharing:
    """Documents shared with the accountant: the delivery channel, and the accountant's own login there."""

    email: str
    channel: str

    @property
    def fields(self) -> dict[str, str]:
        """Both by name."""
        return {"email": self.email, "channel": self.channel}


@dataclass(frozen=True, slots=True)
class Choices:
    """The colleagues and integrations that a client, or a configuration template, can be given."""

    users: tuple[str, ...] = ()
    integrations: tuple[str, ...] = ()

    def to_document(self) -> dict[str, tuple[str, ...]]:
        """Return them under the keys of the JSON."""
        return {"users": self.users, "integrations": self.integrations}


@dataclass(frozen=True, slots=True)
class RemoteClient:
    """A client as the platform has it, in canonical fields."""

    client_id: str
    status: str
    """draft, invited, active, archived, lost or failed; `unknown` for a word we have never seen."""
    fields: Mapping[str, str]
    invitations: int | None = None
    """Mails sent so far; None where the platform does not tell."""
    contacts: tuple[Mapping[str, str], ...] | None = None
    """Its further contact persons, as contact fields; None where the platform does not tell."""
    sharing: DocumentSharing | None = None
    """Where its documents go; None where they are not shared, or the platform does not tell."""
    users: tuple[str, ...] = ()
    """The colleagues who manage it."""
    integrations: Mapping[str, str] = field(default_factory=dict)
    """What it is connected to there, Peppol for one, and the platform's word for how far that is."""


def has_contact(remote: RemoteClient, email: str) -> bool:
    """Return whether a client has a further contact person with this address."""
    return email.casefold() in {contact.get("contact_email", "").casefold() for contact in remote.contacts or ()}


@dataclass(frozen=True, slots=True)
class ConfigurationTemplate:
    """A configuration template: who will manage the client, and which integrations it gets."""

    name: str
    description: str = ""
    users: tuple[str, ...] = ()
    integrations: tuple[str, ...] = ()
    default: bool = False

    def to_document(self) -> dict[str, object]:
        """Return it under the keys of the JSON."""
        return {
            "name": self.name,
            "description": self.description,
            "users": self.users,
            "integrations": self.integrations,
            "default": self.default,
        }


@dataclass(frozen=True, slots=True)
class ReferenceLists:
    """What exists on the platform for a client to refer to; None where the platform cannot tell."""

    configurations: tuple[str, ...] | None = None
    default_configuration: str | None = None
    """The configuration template that a new client gets when none is named."""
    languages: tuple[str, ...] | None = None
    """Canonical language codes that the office chose."""
    users: tuple[str, ...] | None = None
    questionnaires: Mapping[str, tuple[str, ...]] | None = None
    """Canonical language code -> names."""


@dataclass(frozen=True, slots=True)
class PushOptions:
    """Settings of a push that are in no file."""

    questionnaires: Mapping[str, str] | None = None
    """Canonical language code -> name; the key `*` stands for every language."""
    share_documents: str | None = None
    """The accountant's own login e-mail at the delivery channel."""
    share_channel: str | None = None

    @property
    def sharing(self) -> DocumentSharing | None:
        """Where the documents of the clients are to go."""
        return DocumentSharing(self.share_documents, self.share_channel or "") if self.share_documents else None

    def questionnaire(self, language: str) -> str | None:
        """Return the name of the questionnaire for a client of this canonical language."""
        asked = self.questionnaires or {}
        return asked.get(language) or asked.get("*")

    def content_of_new_client(self, client: Client) -> dict[str, object]:
        """Return everything that is said of a new client: an answer to it holds while all of this is the same."""
        content = {
            "--questionnaire": self.questionnaire(client.fields.get("language", "")),
            "--share-documents": self.share_documents,
            "--share-channel": self.share_channel,
            "contacts": [dict(contact) for contact in client.contacts],
        }
        return {**client.fields, **{name: value for name, value in content.items() if value}}
