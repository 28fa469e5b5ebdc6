"""Banqup Partner Space: clients with several contacts, configuration templates, and the public company register."""
# ruff: noqa: ARG002 -- the Connector protocol asks of every platform what not every platform has

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

from clientimport.connectors.banqup_common import CONTACT, BanqupClient, banqup_client
from clientimport.connectors.http.error_response import raise_for_rejection, require_added_contact
from clientimport.connectors.http.json_document import JsonDocument
from clientimport.connectors.protocol import (
    Account,
    Choices,
    ClientSettings,
    ConfigurationTemplate,
    PushOptions,
    ReferenceLists,
    RemoteClient,
)
from clientimport.errors import UsageError
from clientimport.model.client import Client, Identity
from clientimport.model.clock import Clock
from clientimport.model.connection import Connection
from clientimport.model.platform_schema import PlatformSchema

_COMPANY = {
    "name": "legal_name",
    "street": "street",
    "houseNumber": "house_number",
    "box": "box",
    "postalCode": "postal_code",
    "city": "city",
    "country": "country",
}


class BanqupPartner:
    """The Connector of one Partner Space."""

    def __init__(self, space: BanqupClient, name: str) -> None:
        self._space = space
        self._name = name

    async def account(self) -> Account:
        """Return the space."""
        return await self._space.account()

    async def lists(self) -> ReferenceLists:
        """Return the configuration templates and the colleagues."""
        templates = await self.configurations()
        default = next((template.name for template in templates if template.default), None)
        return ReferenceLists(tuple(template.name for template in templates), default, users=await self._space.users())

    def clients(self) -> AsyncIterator[RemoteClient]:
        """Yield every client."""
        return self._space.clients()

    async def client(self, client_id: str) -> RemoteClient | None:
        """Return one client."""
        return await self._space.client(client_id)

    async def find(self, identity: Identity) -> tuple[RemoteClient, ...]:
        """Return the clients with this identity."""
        return await self._space.find(identity)

    async def company_details(self, identity: Identity) -> Mapping[str, str]:
        """Return name and address of a Belgian company, by its number or VAT number."""
        if identity.kind not in ("company_number", "vat_number"):
            return {}
        answer = await self._space.read("companies", {"number": identity.value.removeprefix("BE")})
        company = next(iter(answer.objects("companies")), None)
        told = {field: company.text(name) for name, field in _COMPANY.items()} if company else {}
        return {field: value for field, value in told.items() if value}

    async def is_on_peppol(self, number: str) -> bool | None:
        """Return None: no call tells."""
        return None

    async def create(self, client: Client, options: PushOptions, key: str) -> str:
        """Create a draft."""
        return await self._space.create(client.fields, {}, key)

    async def add_contact(self, client_id: str, contact: Mapping[str, str], key: str) -> None:
        """Add a further contact person."""
        document = CONTACT.to_json({field: value for field, value in contact.items() if value})
        require_added_contact(
            await self._space.call("POST", "contacts", key=key, json=document, client_id=client_id), "email", contact
        )

    async def remove_contact(self, client_id: str, email: str) -> None:
        """Remove a further contact person."""
        raise_for_rejection(await self._space.call("DELETE", "contact", client_id=client_id, email=email))

    async def change_settings(self, client_id: str, settings: ClientSettings) -> None:
        """Change the colleagues and integrations; UsageError for documents, which are shared in the Console."""
        if settings.sharing or settings.stop_sharing:
            raise UsageError("platform.not_offered", platform=self._name)
        given = {"users": settings.users, "integrations": settings.integrations}
        await self._space.patch(client_id, {name: list(value) for name, value in given.items() if value is not None})

    async def choices(self) -> Choices:
        """Return the colleagues and the integrations of the space."""
        found = (await self._space.read("integrations")).objects("integrations")
        return Choices(await self._space.users(), tuple(one.text("name") for one in found))

    async def update(self, client_id: str, fields: Mapping[str, str]) -> None:
        """Overwrite just these fields."""
        await self._space.update(client_id, fields)

    async def delete(self, client_id: str) -> None:
        """Delete a draft, archived or lost client."""
        await self._space.delete(client_id)

    async def invite(self, client_id: str, key: str) -> None:
        """Send the invitation."""
        await self._space.invite(client_id, key)

    async def configurations(self) -> tuple[ConfigurationTemplate, ...]:
        """Return the configuration templates."""
        answer = await self._space.read("configurations")
        return tuple(map(_configuration, answer.objects("configurationTemplates")))

    async def create_configuration(self, configuration: ConfigurationTemplate) -> None:
        """Create a configuration template."""
        document = {
            "name": configuration.name,
            "description": configuration.description,
            "users": list(configuration.users),
            "integrations": list(configuration.integrations),
            "default": configuration.default,
        }
        raise_for_rejection(await self._space.call("POST", "configurations", json=document))

    async def delete_configuration(self, name: str) -> None:
        """Delete a configuration template."""
        raise_for_rejection(await self._space.call("DELETE", "configuration", name=name))

    async def close(self) -> None:
        """Close the session."""
        await self._space.http.close()


def _configuration(document: JsonDocument) -> ConfigurationTemplate:
    return ConfigurationTemplate(
        document.id("name"),
        document.text("description"),
        document.texts("users"),
        document.texts("integrations"),
        default=document.content.get("default") is True,
    )


def connector(
    schema: PlatformSchema, connection: Connection, secret: str, clock: Clock, timeout: float
) -> BanqupPartner:
    """Return the connector of one Partner Space; nothing is asked yet."""
    return BanqupPartner(banqup_client(schema, connection, secret, clock, timeout), schema.name)
