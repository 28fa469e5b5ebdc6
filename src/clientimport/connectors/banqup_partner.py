"""Banqup Partner Space: clients with several contacts, configuration templates, and the public company register."""

from __future__ import annotations

from collections.abc import Mapping

from clientimport.connectors.banqup_common import CONTACT, BanqupClient
from clientimport.connectors.http.error_response import raise_for_rejection, require_added_contact
from clientimport.connectors.http.json_document import JsonDocument
from clientimport.model.client import Client, Identity
from clientimport.model.remote import Choices, ConfigurationTemplate, PushOptions, ReferenceLists

_COMPANY = {
    "name": "legal_name",
    "street": "street",
    "houseNumber": "house_number",
    "box": "box",
    "postalCode": "postal_code",
    "city": "city",
    "country": "country",
}


class BanqupPartner(BanqupClient):
    """The Connector of one Partner Space."""

    async def lists(self) -> ReferenceLists:
        """Return the configuration templates and the colleagues."""
        templates = await self.configurations()
        default = next((template.name for template in templates if template.default), None)
        return ReferenceLists(tuple(template.name for template in templates), default, users=await self.users())

    async def company_details(self, identity: Identity) -> Mapping[str, str]:
        """Return name and address of a Belgian company, by its number or VAT number."""
        if identity.kind not in ("company_number", "vat_number"):
            return {}
        response = await self.read("companies", {"number": identity.value.removeprefix("BE")})
        company = next(iter(response.objects("companies")), None)
        details = {field: company.text(name) for name, field in _COMPANY.items()} if company else {}
        return {field: value for field, value in details.items() if value}

    async def create(self, client: Client, options: PushOptions, key: str) -> str:  # noqa: ARG002 -- none of them is known here
        """Create a draft."""
        return await self.create_client(client.fields, {}, key)

    async def add_contact(self, client_id: str, contact: Mapping[str, str], key: str) -> None:
        """Add a further contact person."""
        document = CONTACT.to_json({field: value for field, value in contact.items() if value})
        require_added_contact(
            await self.call("POST", "contacts", key=key, json=document, client_id=client_id), "email", contact
        )

    async def remove_contact(self, client_id: str, email: str) -> None:
        """Remove a further contact person."""
        raise_for_rejection(await self.call("DELETE", "contact", client_id=client_id, email=email))

    async def choices(self) -> Choices:
        """Return the colleagues and the integrations of the space."""
        integrations = (await self.read("integrations")).objects("integrations")
        return Choices(await self.users(), tuple(integration.text("name") for integration in integrations))

    async def assign(self, client_id: str, users: tuple[str, ...] | None, integrations: tuple[str, ...] | None) -> None:
        """Change the colleagues and integrations."""
        lists = {"users": users, "integrations": integrations}
        await self.patch(client_id, {name: list(value) for name, value in lists.items() if value is not None})

    async def configurations(self) -> tuple[ConfigurationTemplate, ...]:
        """Return the configuration templates."""
        response = await self.read("configurations")
        return tuple(map(_configuration, response.objects("configurationTemplates")))

    async def create_configuration(self, configuration: ConfigurationTemplate) -> None:
        """Create a configuration template."""
        document = {
            "name": configuration.name,
            "description": configuration.description,
            "users": list(configuration.users),
            "integrations": list(configuration.integrations),
            "default": configuration.default,
        }
        raise_for_rejection(await self.call("POST", "configurations", json=document))

    async def delete_configuration(self, name: str) -> None:
        """Delete a configuration template."""
        raise_for_rejection(await self.call("DELETE", "configuration", name=name))


def _configuration(document: JsonDocument) -> ConfigurationTemplate:
    return ConfigurationTemplate(
        document.id("name"),
        document.text("description"),
        document.texts("users"),
        document.texts("integrations"),
        default=document.content.get("default") is True,
    )


CONNECTOR = BanqupPartner
