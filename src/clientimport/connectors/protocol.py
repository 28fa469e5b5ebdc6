"""What a platform can do for us: the one protocol that every platform module implements.

Every method raises what it could not do, so that the push can tell what may be tried again:

    Refused             the platform looked at it and said no, in its own words
    Lost                the request may have arrived and its answer did not: ask before sending again
    AnotherClient       the platform said yes, and told of somebody else: look before anything more is done
    PlatformUnreachable the request did not arrive, or the platform asks us to stop (errors.py, exit 3)
    CredentialsRefused  we are not let in (errors.py, exit 4)
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from clientimport.errors import PlatformUnreachable
from clientimport.model.client import Client, Identity
from clientimport.model.masking import mask_reason


class PlatformRejected(Exception):
    """The platform said no; `reason` is its own text, masked, `exists` whether the client may be there already."""

    def __init__(self, reason: str, *, may_exist: bool = False) -> None:
        self.reason = mask_reason(reason)
        super().__init__(self.reason)
        self.may_exist = may_exist


class AnswerLost(Exception):
    """The answer to a request that may have been carried out was lost; `code` and `host` say how, as errors.py does."""

    def __init__(self, code: str = "platform_down", host: str = "", status: int | None = None) -> None:
        super().__init__(code, host)
        self.code = code
        self.host = host
        self.status = status
        """The status of an answer that says nothing about what became of the request."""

    def to_unreachable(self, host: str = "") -> PlatformUnreachable:
        """Return the reason to stop, when it is lost for good."""
        answered = {"status": self.status} if self.status is not None else {}
        return PlatformUnreachable(self.code, host=self.host or host, **answered)


class AnotherClient(Exception):
    """The platform said yes, and told of another client, or contact, than the one that was sent."""

    def __init__(self, client_id: str) -> None:
        super().__init__(client_id)
        self.client_id = client_id


@dataclass(frozen=True, slots=True)
class Account:
    """Whose clients these are; part of every ledger key, so that two offices never mix."""

    id: str
    name: str
    address: str = ""
    """Where it was reached, as `Connection.account_address`: what two servers call alike are two accounts."""


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
class ClientSettings:
    """What a client can have beside its fields; None leaves it as it is."""

    sharing: DocumentSharing | None = None
    stop_sharing: bool = False
    """Share its documents no longer."""
    users: tuple[str, ...] | None = None
    integrations: tuple[str, ...] | None = None


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
    return email.casefold() in {one.get("contact_email", "").casefold() for one in remote.contacts or ()}


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
        said = {
            "--questionnaire": self.questionnaire(client.fields.get("language", "")),
            "--share-documents": self.share_documents,
            "--share-channel": self.share_channel,
            "contacts": [dict(contact) for contact in client.contacts],
        }
        return {**client.fields, **{name: value for name, value in said.items() if value}}


class Connector(Protocol):
    """One account on one platform.

    Methods raise PlatformRejected, AnswerLost, PlatformUnreachable or CredentialsRefused.
    """

    async def account(self) -> Account:
        """Return whose account this is; the first call of every command."""
        ...

    async def lists(self) -> ReferenceLists:
        """Return the lists that values must exist in."""
        ...

    def clients(self) -> AsyncIterator[RemoteClient]:
        """Yield every client of the account."""
        ...

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one client, or None when it is not there."""
        ...

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the clients with this identity, asked of the platform now."""
        ...

    async def company_details(self, identity: Identity) -> Mapping[str, str]:
        """Return what the platform knows publicly about a company (name, address); empty when it cannot tell."""
        ...

    async def is_on_peppol(self, number: str) -> bool | None:
        """Return whether a company or VAT number is registered on Peppol; None where the platform cannot tell."""
        ...

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Create a client and return its id. `key` makes the same request harmless twice.

        Sends no mail, but for a platform whose schema says `creating_mails`.
        """
        ...

    async def add_contact(self, client_id: str, contact: Mapping[str, str], key: str) -> None:
        """Add a further contact person; UsageError where the platform has one only."""
        ...

    async def remove_contact(self, client_id: str, email: str) -> None:
        """Remove a further contact person; UsageError where the API cannot."""
        ...

    async def change_settings(self, client_id: str, settings: ClientSettings) -> None:
        """Change what a client has beside its fields; UsageError for what the platform has no place for."""
        ...

    async def choices(self) -> Choices:
        """Return the colleagues and integrations that there are."""
        ...

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Overwrite just these fields."""
        ...

    async def delete(self, client_id: str) -> None:
        """Delete a client that the platform lets go: drafts, archived and lost ones."""
        ...

    async def invite(self, client_id: str, key: str) -> None:
        """Send this client its mail (Luxembourg's Console: provision it)."""
        ...

    async def configurations(self) -> tuple[ConfigurationTemplate, ...]:
        """Return the configuration templates."""
        ...

    async def create_configuration(self, configuration: ConfigurationTemplate) -> None:
        """Create a configuration template."""
        ...

    async def delete_configuration(self, name: str) -> None:
        """Delete a configuration template."""
        ...

    async def close(self) -> None:
        """Let go of the connection."""
        ...
