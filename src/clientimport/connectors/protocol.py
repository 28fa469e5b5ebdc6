"""The protocols of a platform's connector: one that every connector implements, and small optional ones.

Every method raises what it could not do, so that the push knows what may be tried again:

    PlatformRejected    the platform looked at the request and rejected it, in its own words
    AnswerLost          the request may have arrived and its answer did not: check before sending again
    AnotherClient       the platform said yes, and named another client: look before anything more is done
    PlatformUnreachable the request did not arrive, or the platform asks us to stop (errors.py, exit 3)
    CredentialsRefused  the platform does not accept the credentials (errors.py, exit 4)

The first three stand here and not in errors.py: they never end a command, so they have no exit code and no sentence.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Protocol, TypeGuard, TypeVar, runtime_checkable

from clientimport.errors import PlatformUnreachable, UsageError
from clientimport.model.client import Client, Identity
from clientimport.model.masking import mask_reason
from clientimport.model.remote import (
    Account,
    Choices,
    ConfigurationTemplate,
    DocumentSharing,
    PushOptions,
    ReferenceLists,
    RemoteClient,
)


class PlatformRejected(Exception):
    """The platform said no; `reason` is its own text, masked, `may_exist` whether it may have the client already."""

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
        """The status of an answer that leaves open what became of the request."""

    def to_unreachable(self, host: str = "") -> PlatformUnreachable:
        """Return the reason to stop, when it is lost for good."""
        answered = {"status": self.status} if self.status is not None else {}
        return PlatformUnreachable(self.code, host=self.host or host, **answered)


class AnotherClient(Exception):
    """The platform said yes, and named another client, or contact, than the one that was sent."""

    def __init__(self, client_id: str) -> None:
        super().__init__(client_id)
        self.client_id = client_id


@runtime_checkable
class Connector(Protocol):
    """One account on one platform, with what every platform has. What only some have are protocols of their own.

    Methods raise PlatformRejected, AnswerLost, PlatformUnreachable or CredentialsRefused.
    """

    @property
    def platform_name(self) -> str:
        """The platform's name, as people know it."""
        ...

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

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Create a client and return its id. `key` makes the same request harmless twice.

        Sends no mail, but for a platform whose schema says `creating_mails`.
        """
        ...

    async def close(self) -> None:
        """Close the connection."""
        ...


@runtime_checkable
class Updates(Protocol):
    """A platform on which a client can be changed."""

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Overwrite just these fields."""
        ...


@runtime_checkable
class Deletes(Protocol):
    """A platform on which a client can be deleted."""

    async def delete(self, client_id: str) -> None:
        """Delete a client where the platform allows it: drafts, archived and lost ones."""
        ...


@runtime_checkable
class Invites(Protocol):
    """A platform that mails a client in a step of its own, after creating it."""

    async def invite(self, client_id: str, key: str) -> None:
        """Send this client its mail (Luxembourg's Console: provision it)."""
        ...


@runtime_checkable
class TakesContacts(Protocol):
    """A platform on which a client can have more contact persons than one."""

    async def add_contact(self, client_id: str, contact: Mapping[str, str], key: str) -> None:
        """Add a further contact person."""
        ...

    async def remove_contact(self, client_id: str, email: str) -> None:
        """Remove a further contact person."""
        ...


@runtime_checkable
class SharesDocuments(Protocol):
    """A platform that shares a client's documents with the accountant."""

    async def share_documents(self, client_id: str, sharing: DocumentSharing | None) -> None:
        """Share a client's documents so, or no longer."""
        ...


@runtime_checkable
class HasChoices(Protocol):
    """A platform with colleagues or integrations that a client, or a configuration template, can be given."""

    async def choices(self) -> Choices:
        """Return the colleagues and integrations that there are."""
        ...


@runtime_checkable
class AssignsChoices(Protocol):
    """A platform on which the colleagues and integrations of a client can be changed."""

    async def assign(self, client_id: str, users: tuple[str, ...] | None, integrations: tuple[str, ...] | None) -> None:
        """Give a client these colleagues and integrations in place of those it has; None leaves them as they are."""
        ...


@runtime_checkable
class HasConfigurationTemplates(Protocol):
    """A platform with configuration templates."""

    async def configurations(self) -> tuple[ConfigurationTemplate, ...]:
        """Return the configuration templates."""
        ...

    async def create_configuration(self, configuration: ConfigurationTemplate) -> None:
        """Create a configuration template."""
        ...

    async def delete_configuration(self, name: str) -> None:
        """Delete a configuration template."""
        ...


@runtime_checkable
class KnowsCompanies(Protocol):
    """A platform with a public register of companies."""

    async def company_details(self, identity: Identity) -> Mapping[str, str]:
        """Return the name and address of a company; empty when the register does not have it."""
        ...


@runtime_checkable
class KnowsPeppol(Protocol):
    """A platform that knows who receives invoices over Peppol."""

    async def is_on_peppol(self, number: str) -> bool:
        """Return whether a company or VAT number is registered on Peppol."""
        ...


Capability = TypeVar("Capability")


def supports(connector: object, capability: type[Capability]) -> TypeGuard[Capability]:
    """Return whether a connector has one of the optional protocols."""
    return isinstance(connector, capability)


def require(connector: Connector, capability: type[Capability]) -> Capability:
    """Return the connector as one with an optional protocol. Raises UsageError when its platform does not offer it."""
    if supports(connector, capability):
        return connector
    raise UsageError("platform.not_offered", platform=connector.platform_name)
