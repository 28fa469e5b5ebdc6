"""Banqup's Partner Space: beside Banqup's endpoints further contacts, configuration templates, the company register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from clientimport.sandbox.api_error import ApiError, FieldError, invalid, not_found
from clientimport.sandbox.attribute import BLANK, Attribute, Body, invalid_values, unknown_names
from clientimport.sandbox.banqup.partner_rules import CONTACT, PARTNER
from clientimport.sandbox.banqup.routes import SPACE, BanqupRoutes
from clientimport.sandbox.client_service import ClientService
from clientimport.sandbox.idempotency import run_once
from clientimport.sandbox.request_parsing import json_body
from clientimport.sandbox.rules.contacts import email
from clientimport.sandbox.server_state import OFFICES, ServerState, account_key

COMPANIES = tuple(
    dict(zip(("number", "name", "street", "houseNumber", "box", "postalCode", "city", "country"), company, strict=True))
    for company in (
        ("0202239951", "Proximus", "Koning Albert II-laan", "27", "", "1030", "Schaarbeek", "BE"),
        ("0214596464", "bpost", "Anspachlaan", "1", "1", "1000", "Brussel", "BE"),
        ("0400378485", "Colruyt Group", "Edingensesteenweg", "196", "", "1500", "Halle", "BE"),
        ("0403019261", "Voorbeeld Holding", "Wetstraat", "16", "", "1000", "Brussel", "BE"),
    )
)
"""A few entries of the Belgian register; the last is made up."""

_TEMPLATE = (
    Attribute("name", "", required=True),
    Attribute("description", ""),
    Attribute("users", "", email, shape=list),
    Attribute("integrations", "", shape=list),
    Attribute("default", "", shape=bool),
)


def template(body: Body) -> dict[str, Any]:
    """Return a configuration template with all its attributes."""
    return {"name": "", "description": "", "users": [], "integrations": [], "default": False, **body}


def seed_templates(state: ServerState) -> None:
    """Give every office the configuration templates of the seed data."""
    names = state.seed_data.configurations
    templates = {name: template({"name": name, "default": name == names[0]}) for name in names}
    with state.store.transaction():
        for office in OFFICES:
            state.store.replace_configurations(account_key(PARTNER.id, office), templates)


@dataclass(frozen=True, slots=True)
class PartnerRoutes:
    """The endpoints of the Partner Space: Banqup's and its own."""

    banqup: BanqupRoutes

    def routes(self) -> list[Route]:
        """Return the endpoints."""
        return [
            *self.banqup.routes(),
            Route(f"{SPACE}/clients/{{id}}/contacts", self.add_contact, methods=["POST"]),
            Route(f"{SPACE}/clients/{{id}}/contacts/{{email}}", self.remove_contact, methods=["DELETE"]),
            Route(f"{SPACE}/integrations", self.integrations),
            Route(f"{SPACE}/configuration-templates", self.templates),
            Route(f"{SPACE}/configuration-templates", self.create_template, methods=["POST"]),
            Route(f"{SPACE}/configuration-templates/{{name}}", self.delete_template, methods=["DELETE"]),
            Route(f"{SPACE}/companies", self.companies),
        ]

    def error_response(self, request: Request, error: ApiError) -> Response:
        """Return an error in Banqup's shape."""
        return self.banqup.error_response(request, error)

    async def add_contact(self, request: Request) -> Response:
        """Add a further contact person to a client."""
        service, contact = self.banqup.client_service(request), await json_body(request)

        def act() -> dict[str, Any]:
            _require_valid(CONTACT, contact)
            service.add_contact(request.path_params["id"], contact)
            return dict(contact)

        return await run_once(request, service, 201, act)

    async def remove_contact(self, request: Request) -> Response:
        """Remove a further contact person of a client."""
        service = self.banqup.client_service(request)
        with service.state.store.transaction():
            service.remove_contact(request.path_params["id"], request.path_params["email"])
        return Response(status_code=204)

    async def integrations(self, request: Request) -> Response:
        """List the programs that a client can be connected to."""
        names = self.banqup.client_service(request).state.seed_data.integrations
        return JSONResponse({"integrations": [{"name": name} for name in names]})

    async def templates(self, request: Request) -> Response:
        """List the configuration templates."""
        service = self.banqup.client_service(request)
        return JSONResponse({"configurationTemplates": list(_templates(service).values())})

    async def create_template(self, request: Request) -> Response:
        """Add a configuration template; a new default replaces the earlier one."""
        service = self.banqup.client_service(request)
        body = {name: value for name, value in (await json_body(request)).items() if value != ""}

        def act() -> dict[str, Any]:
            _require_valid(_TEMPLATE, body)
            templates, new = _templates(service), template(body)
            if new["name"] in templates:
                raise ApiError(409, "CONFIGURATION_ALREADY_EXISTS", f"{new['name']} exists already")
            others = {
                name: {**other, "default": other["default"] and not new["default"]} for name, other in templates.items()
            }
            service.state.store.replace_configurations(service.account, {**others, new["name"]: new})
            return new

        return await run_once(request, service, 201, act)

    async def delete_template(self, request: Request) -> Response:
        """Delete a configuration template; clients made with it keep its name."""
        service, name = self.banqup.client_service(request), request.path_params["name"]
        with service.state.store.transaction():
            templates = _templates(service)
            if name not in templates:
                raise not_found("Configuration template")
            others = {other: settings for other, settings in templates.items() if other != name}
            service.state.store.replace_configurations(service.account, others)
        return Response(status_code=204)

    async def companies(self, request: Request) -> Response:
        """List the companies of the public register with a number."""
        self.banqup.client_service(request)
        number = request.query_params.get("number")
        if number is None:
            raise invalid(FieldError("number", BLANK))
        return JSONResponse({"companies": [company for company in COMPANIES if company["number"] == number]})


def _templates(service: ClientService) -> dict[str, dict[str, Any]]:
    return service.state.store.configurations(service.account)


def _require_valid(attributes: tuple[Attribute, ...], body: Body) -> None:
    names = {attribute.name for attribute in attributes}
    if errors := (*unknown_names(names, body), *invalid_values(attributes, body)):
        raise invalid(*errors)
